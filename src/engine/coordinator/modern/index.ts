/** Consumer groups of the new protocol as one part: importing it registers ConsumerGroupHeartbeat and the replay of its records. */
import '../../broker/api/68-consumer-group-heartbeat.ts';
import './cleanup.ts';
import './replay.ts';

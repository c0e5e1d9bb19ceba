/** Share groups on brokers as one part: importing it registers their APIs, timers, and what they hear from their broker. */
import '../coordinator/index.ts';
import '../broker/api/76-share-group-heartbeat.ts';
import '../broker/api/78-share-fetch.ts';
import '../broker/api/79-share-acknowledge.ts';
import '../broker/api/83-initialize-share-group-state.ts';
import '../broker/api/84-read-share-group-state.ts';
import '../broker/api/85-write-share-group-state.ts';
import '../broker/api/86-delete-share-group-state.ts';
import '../broker/api/87-read-share-group-state-summary.ts';
import './hooks.ts';

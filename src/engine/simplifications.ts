/**
 * Where the engine knowingly does less than Kafka. Published in the README; a line goes when its gap closes. One sentence
 * each: what is left out, and what one would notice.
 */
export const SIMPLIFICATIONS: readonly string[] = [
  'One controller acts; further controllers of a scenario stand idle, and there are no votes. Combined roles (controllers: 0) get a controller node of their own.',
  'Of groups the classic protocol, KIP-848 and share groups are simulated; transactions are parsed and refused in words.',
  'Share groups: a leader reads and acquires in one step; share coordinators neither prune __share_group_state nor snapshot idle partitions; nobody asks for share offsets (Describe, Alter, DeleteShareGroupOffsets).',
  'A member with group.protocol=consumer calls poll() with 100 ms, and its callbacks take no time; its background thread sees to each poll event before poll() takes records (in 4.3.1 the two race, and an automatic commit sometimes covers what is just being handed out); under a pattern it asks for metadata by name, not by topic id; an assignment that was overtaken while it waited for poll() is not applied.',
  'A consumer group’s metadata hash is this engine’s own number, not XXH3; looking up the topics of its patterns takes 1 ms.',
  'A group coordinator loads a partition in 1 ms and a microsecond for each batch; FindCoordinator knows groups and share partitions.',
  'Whoever of a group’s members leads after its leader has gone follows the order of a Java HashMap of those present, whatever the map has grown to before.',
  'Every node and client behaves as 4.3, whatever version the scenario names.',
  'A consumer that closes does not end its fetch sessions: the broker keeps them until others drive them out.',
  'Cleaning a compacted log takes no time: no throttle, no limit of keys a round, one cleaner thread. A deleted segment’s file is gone at once.',
  'Apart from compression, handling a request takes no time of its own: latency comes from the network, from waiting and from order. A flush takes none either.',
  'A broker needs 3 s from its start to its registration, whatever lies in its logs; a controller 2 s until it is active.',
  'A leader that hears of its successor steps down 10 ms later, a fixed figure taken from real runs.',
  'The tools (create topic, change a value, elect) talk to the controller directly, as with --bootstrap-controller.',
  'Producer ids come in blocks of 1000 as in Kafka, without the prefetch at 90 %.',
  'TCP is modelled by message: order, retransmission after 200 ms doubling, resets; no windows and no congestion.',
  'A producer compresses a batch as a whole when it may leave, one after the other on one thread beside the application (Kafka: while records are appended, the rest when the batch closes); its request leaves after that. poll() unpacks what it is about to return first. How long that takes is a table of measured figures for each codec’s default level.',
  'A leader is busy while it looks through and repacks compressed batches, by the same table, one batch of a partition after the other and all of a request before it appends; how many request threads it has is not counted. What a coordinator or the cleaner packs takes no time.',
];

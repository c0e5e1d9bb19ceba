/** The glossary and the first-visit hints. */
export const glossary = {
  'glossary.title': 'Glossary',
  'glossary.find': 'Find a word',
  'glossary.none': 'No entry has “{text}”. Try a shorter piece of it.',
  'glossary.count': '{count} {count|plural|entry|entries}',
  'glossary.all': 'All words',
  'glossary.list': 'Words',
  'glossary.see': 'Show it on the stage',
  'glossary.see.parameter': 'Show its parameters',
  'glossary.see.ledger': 'Open its list of records',
  'glossary.see.nothing': 'This cluster has none at the moment.',
  'glossary.related': 'Goes with',
  'glossary.in-kafka': 'In Kafka',
  'glossary.what': 'What “{name}” means',
  'glossary.group.log': 'Records and logs',
  'glossary.group.replication': 'Copies',
  'glossary.group.cluster': 'Brokers and controller',
  'glossary.group.producer': 'Producers',
  'glossary.group.reader': 'Readers and groups',
  'glossary.group.wire': 'Requests',
  'glossary.group.ledger': 'The numbers below',
  'glossary.group.parameters': 'Groups of parameters',
  'glossary.group.page': 'This page',

  'term.record': 'Record',
  'term.record.says':
    'What a producer sends: a value, and often a key. Its colour is its key, on the whole page. A record that was read is not deleted; others can read it again.',
  'term.key': 'Key',
  'term.key.says':
    'Decides the partition: the same key always goes to the same one, as long as the number of partitions stays. So the order of one key is kept. Without a key the producer chooses.',
  'term.topic': 'Topic',
  'term.topic.says':
    'A name under which records are kept, such as orders. It is cut into partitions, and each is copied to several brokers.',
  'term.partition': 'Partition',
  'term.partition.says':
    'One log of a topic: a column on the stage. Order holds within one partition, not between two. One member of a group reads it at a time.',
  'term.offset': 'Offset',
  'term.offset.says':
    'A record’s number in its partition. The first is 0. A leader never gives a number twice in one history; after a truncation the same number can hold another record.',
  'term.log-start': 'Log start offset',
  'term.log-start.says':
    'The first offset that can still be read. Retention and DeleteRecords raise it. Who asks for less gets OFFSET_OUT_OF_RANGE.',
  'term.segment': 'Segment',
  'term.segment.says':
    'A log is a row of files; each is a segment. Only the newest is written. Old ones are deleted whole, which is why deletion comes in steps.',
  'term.retention': 'Retention',
  'term.retention.says':
    'How long or how much a log keeps: retention.ms, retention.bytes. It counts by time and size. Whether anybody has read a record does not matter.',
  'term.batch': 'Batch',
  'term.batch.says':
    'Records of one partition that travel and are stored together. linger.ms and batch.size say when it leaves. A checksum covers it as a whole.',
  'term.page-cache': 'Page cache',
  'term.page-cache.says':
    'A broker writes into the machine’s memory; the system brings it to the disk later. A killed process loses nothing of it, a power loss does. Kafka relies on copies, not on flushing.',
  'term.recovery-point': 'Recovery point',
  'term.recovery-point.says':
    'Up to here the log was surely flushed to disk. After an unclean stop everything above is checked again, batch by batch.',

  'term.replica': 'Replica: copy',
  'term.replica.says':
    'One broker’s copy of a partition. One copy leads, the others follow it. A partition has as many as its replication factor says.',
  'term.replication-factor': 'Replication factor',
  'term.replication-factor.says':
    'How many brokers keep a copy. With 3, two may fail and the records are still somewhere. It says nothing about how many must answer: that is min.insync.replicas.',
  'term.leader': 'Leader',
  'term.leader.says':
    'The copy that takes what is written and serves what is read. The controller decides which broker leads a partition. While none does, producers and readers wait.',
  'term.follower': 'Follower',
  'term.follower.says':
    'A copy that asks the leader for what it does not have yet. The leader sends nothing unasked: what rises is a question, what falls is the answer.',
  'term.isr': 'ISR: in sync',
  'term.isr.says':
    'The copies that keep up with the leader. They lead next, and acks=all waits for each of them. Who has not caught up for replica.lag.time.max.ms leaves.',
  'term.elr': 'ELR: eligible leader replicas',
  'term.elr.says':
    'Copies that left the ISR while it was at its minimum, and surely have everything committed. They may lead when nobody in sync is alive. An unclean restart ends that right.',
  'term.min-isr': 'min.insync.replicas',
  'term.min-isr.says':
    'With fewer copies in sync than this, acks=all is refused with NOT_ENOUGH_REPLICAS and the high watermark stands still. acks=1 goes on.',
  'term.hw': 'HW: high watermark',
  'term.hw.says':
    'Every in-sync copy has the records below it. Readers see nothing at or above it. On the stage it is the teal line; a follower’s own mark comes one fetch later.',
  'term.leo': 'LEO: log end offset',
  'term.leo.says':
    'The offset that the next record of this copy will get. Copies differ in it while they catch up; the high watermark is the least among those in sync.',
  'term.lso': 'LSO: last stable offset',
  'term.lso.says':
    'Below it no transaction is still open. Readers with isolation.level=read_committed stop here; without transactions it equals the high watermark.',
  'term.epoch': 'Leader epoch',
  'term.epoch.says':
    'A number that rises with each change of leader; each batch carries it. Who comes back with an older one asks where its log parts from the leader’s, and cuts there.',
  'term.truncation': 'Truncation',
  'term.truncation.says':
    'A copy cuts off the end of its log that the leader does not have. What was acknowledged there and is nowhere else is lost now.',
  'term.election': 'Election',
  'term.election.says':
    'The controller names a new leader: the first in the list of copies that lives and is in sync. Nobody votes. It follows a lost session, a clean stop or a request.',
  'term.preferred-leader': 'Preferred leader',
  'term.preferred-leader.says':
    'The first in a partition’s list of copies. When it is in sync again, leadership can go back to it, so that the load spreads as planned.',
  'term.unclean': 'Unclean election',
  'term.unclean.says':
    'A copy that is not in sync becomes leader, because no other lives. The partition works again, and what that copy did not have is lost. Off unless it is allowed.',
  'term.reassignment': 'Reassignment',
  'term.reassignment.says':
    'A partition’s copies move to other brokers. New ones copy first; only when they are in sync do the old ones leave.',

  'term.broker': 'Broker',
  'term.broker.says':
    'A server of the cluster: a row on the stage. It leads some partitions and follows others. All are equal; which leads what is the controller’s decision.',
  'term.controller': 'Controller',
  'term.controller.says':
    'Keeps the cluster’s metadata: who lives, who leads, who is in sync. It writes each change to a log that every broker follows.',
  'term.metadata': 'Metadata',
  'term.metadata.says':
    'What a client knows of the cluster: brokers, partitions, leaders. It is asked for, kept, and can be old. NOT_LEADER_OR_FOLLOWER tells a client to ask again.',
  'term.metadata-log': 'Metadata log',
  'term.metadata-log.says':
    'The controller’s decisions as records, in order. Each broker reads them and acts. A broker that is behind in it still believes the old state.',
  'term.session': 'Broker session',
  'term.session.says':
    'A broker sends heartbeats to the controller. When none arrives for broker.session.timeout.ms (9 s), the controller takes it for dead. Until then everybody waits: the ring beside the broker drains.',
  'term.heartbeat': 'Heartbeat',
  'term.heartbeat.says':
    'A short request that says: still here. Brokers send it to the controller every 2 s, members of a group to their coordinator every 3 s. Silence, not a message, is how a death is noticed.',
  'term.fenced': 'Fenced',
  'term.fenced.says':
    'The controller does not count on this broker: it leads nothing and is in no in-sync set until it is back. It may be alive and not know.',
  'term.rack': 'Rack',
  'term.rack.says':
    'Where a broker stands. Copies of a partition are spread over racks, so that one that goes dark does not take all of them.',
  'term.broker-epoch': 'Broker epoch',
  'term.broker-epoch.says':
    'A number that a broker gets with each registration. The controller refuses what comes from an earlier life of the same broker.',

  'term.producer': 'Producer',
  'term.producer.says':
    'The client that writes. send() only puts a record into a batch; a second thread sends the batches and hears the answers.',
  'term.acks': 'acks',
  'term.acks.says':
    'When a producer counts a record as stored. 0: when it is sent. 1: when the leader has it. all: when every in-sync copy has it.',
  'term.linger': 'Linger',
  'term.linger.says':
    'How long a batch waits for more records: linger.ms, 5 ms by default. A full batch does not wait. Longer means fewer, larger requests.',
  'term.buffer': 'Buffer',
  'term.buffer.says':
    'Where unsent batches wait, buffer.memory bytes in all. When it is full, send() blocks for at most max.block.ms and then fails.',
  'term.in-flight': 'In flight',
  'term.in-flight.says':
    'Requests sent and not answered. A producer has at most max.in.flight.requests.per.connection to one broker. Above 1 and without idempotence, a retry can change the order.',
  'term.retry': 'Retry',
  'term.retry.says':
    'A batch whose answer did not come, or was an error that passes, is sent again after a pause. If the first one was stored after all, the record is there twice unless the producer is idempotent.',
  'term.delivery-timeout': 'Delivery time-out',
  'term.delivery-timeout.says':
    'From send() to the last moment at which the producer still tries: delivery.timeout.ms, two minutes. Then it reports a failure, also for a batch that was stored and whose answer was lost.',
  'term.idempotence': 'Idempotence',
  'term.idempotence.says':
    'The producer numbers its batches, and a broker stores a repeated one only once. It holds for one partition and one life of the producer. It turns itself off when acks is not all.',
  'term.producer-id': 'Producer id',
  'term.producer-id.says':
    'A number the cluster gives a producer at its start. With epoch and sequence it tells a repeated batch from a new one. A restarted producer gets a new one, and repeats are no longer seen.',
  'term.sequence': 'Sequence',
  'term.sequence.says':
    'Counts a producer’s records in one partition. The broker takes only the next number; of the last five batches it knows which are repeats.',
  'term.partitioner': 'Partitioner',
  'term.partitioner.says':
    'Chooses the partition. With a key: its hash. Without one: one partition until about batch.size bytes are written, then another, and slow brokers get less.',

  'term.consumer': 'Consumer: reader',
  'term.consumer.says':
    'The client that reads. It asks leaders for records from its position on. Alone it names its partitions; in a group it is given them.',
  'term.poll': 'poll()',
  'term.poll.says':
    'The reader’s one call: it brings records, moves the position and tells the group that the application is alive. Slow work between two calls is what max.poll.interval.ms measures.',
  'term.position': 'Position',
  'term.position.says':
    'The offset that the reader will hand out next. It lives in the reader only. What survives a crash is the committed offset.',
  'term.lag': 'Lag: behind',
  'term.lag.says':
    'How many records a reader has not read, or a follower has not copied. It grows while writing is faster than reading, and shrinks again; that is what a queue is for.',
  'term.offset-reset': 'auto.offset.reset',
  'term.offset-reset.says':
    'Where a reader begins when it has no committed offset, or one that no longer exists. latest skips what is there, earliest reads all of it again.',
  'term.group': 'Consumer group',
  'term.group.says':
    'Readers with one group.id share a topic’s partitions: each goes to one member. Another group reads everything again. So one group is a queue, several are publish and subscribe.',
  'term.member': 'Member',
  'term.member.says':
    'One reader in a group. With more members than partitions some stand idle. Who joins, leaves or falls silent makes the group share anew.',
  'term.coordinator': 'Group coordinator',
  'term.coordinator.says':
    'The broker that keeps a group: members, generation, offsets. It leads the partition of __consumer_offsets that the group’s name hashes to. When it dies, its follower takes over.',
  'term.generation': 'Generation',
  'term.generation.says':
    'Rises with each rebalance. A commit or heartbeat with an older one is refused with ILLEGAL_GENERATION, so a member that missed the change cannot spoil it.',
  'term.rebalance': 'Rebalance',
  'term.rebalance.says':
    'A group shares its partitions out anew: members join, one of them computes, all are told. With the eager protocol nobody reads meanwhile. A change of members, topics or partitions triggers it.',
  'term.assignor': 'Assignor',
  'term.assignor.says':
    'The rule that shares partitions among members. range: topic by topic, neighbouring partitions together. The group’s leading member computes it in the classic protocol.',
  'term.group-leader': 'Leading member',
  'term.group-leader.says':
    'The member that computes the assignment, usually the first to join. It has nothing to do with the leader of a partition.',
  'term.commit': 'Commit',
  'term.commit.says':
    'The group notes how far it has read: the next offset to read. Commit before the work and a crash skips records; after it and a crash repeats some.',
  'term.offsets-topic': '__consumer_offsets',
  'term.offsets-topic.says':
    'An internal topic with 50 partitions. A commit is a record in it, with group, topic and partition as key. It is copied and elected like any other.',
  'term.member-session': 'Member session',
  'term.member-session.says':
    'Without a heartbeat for session.timeout.ms (45 s) the coordinator removes a member. Its partitions stand still until then.',
  'term.poll-interval': 'Poll interval',
  'term.poll-interval.says':
    'If poll() is not called for max.poll.interval.ms (5 min), the member leaves by itself although its heartbeats go on. The work was too slow, not the process dead.',
  'term.initial-delay': 'Initial delay',
  'term.initial-delay.says':
    'An empty group waits group.initial.rebalance.delay.ms (3 s) for more members before it shares out for the first time. It saves a rebalance for each that starts.',

  'term.request': 'Request',
  'term.request.says':
    'Kafka’s nodes talk only by requests and answers, each with an API key and a version. What is drawn as a capsule is one of them, with its real fields in the inspector.',
  'term.fetch': 'Fetch',
  'term.fetch.says':
    'Followers and readers ask the same way: from this offset on, please. A follower’s next question also says what it has, and that moves the high watermark.',
  'term.long-poll': 'Long poll',
  'term.long-poll.says':
    'A fetch that finds nothing is kept by the leader until fetch.min.bytes are there or fetch.max.wait.ms (500 ms) is over. So an idle reader does not ask all the time.',
  'term.purgatory': 'Purgatory',
  'term.purgatory.says':
    'Where a broker keeps requests that it cannot answer yet: a write with acks=all until the copies have it, a fetch until there are bytes. A time-out ends the wait.',
  'term.connection': 'Connection',
  'term.connection.says':
    'One TCP connection from a client to a broker. Requests on it are answered in order. When the other side dies silently, only a time-out tells.',
  'term.request-timeout': 'Request time-out',
  'term.request-timeout.says':
    'How long a client waits for an answer: request.timeout.ms, 30 s. Then it closes the connection and tries again. The broker may have done the work all the same.',

  'term.sent': 'Sent',
  'term.sent.says': 'Records handed to send(). Each is counted once, however often the producer tries.',
  'term.acked': 'Acknowledged',
  'term.acked.says':
    'The producer was told: stored. What that promises depends on acks: with 0 nothing, with 1 one copy, with all every copy in sync.',
  'term.lost': 'Lost',
  'term.lost.says':
    'Acknowledged, and no longer in the leader’s log. This is the number that must stay 0. Each record has its story: who had it, who did not, and the moment that decided.',
  'term.at-risk': 'At risk',
  'term.at-risk.says':
    'Acknowledged, and not yet in every copy that counts as in sync. If the leader dies now, some of these are lost. It climbs also while a follower is dead: until its session ends it counts as in sync.',
  'term.delivered': 'Delivered',
  'term.delivered.says': 'Different records that readers have processed. Reading one twice does not count twice.',
  'term.behind': 'Behind',
  'term.behind.says': 'Safe to read and not read yet, over all readers: the lag.',
  'term.twice': 'Twice',
  'term.twice.says':
    'Extra copies: the same record stored again, because a retry followed a write whose answer was lost. Idempotence keeps it at 0.',
  'term.failed': 'Failed',
  'term.failed.says':
    'The producer was told: not stored. Some are stored all the same; the list says which. Who sends those again writes them twice.',
  'term.skipped': 'Skipped',
  'term.skipped.says':
    'Committed by a group and never processed: it committed first and died before the work was done. At most once.',
  'term.reprocessed': 'Reprocessed',
  'term.reprocessed.says':
    'Processed again by the same group: it died after the work and before the commit, or lost the partition in between. At least once.',

  'term.par-Durability': 'Parameters: durability',
  'term.par-Durability.says':
    'What it takes until a record counts as stored, and what survives a failure: acks, min.insync.replicas, unclean election, flushing. Safety here is paid for with waiting.',
  'term.par-Latency': 'Parameters: latency',
  'term.par-Latency.says':
    'How long something waits before it goes: linger, long polls, back-offs. Shorter means more and smaller requests.',
  'term.par-Throughput': 'Parameters: throughput',
  'term.par-Throughput.says':
    'How much goes at once: batch and buffer sizes, bytes in a fetch, requests in flight. Larger means fewer trips and more memory.',
  'term.par-Availability': 'Parameters: availability',
  'term.par-Availability.says':
    'How soon a failure is noticed and how long everybody keeps trying: sessions, time-outs, retries. Short ones react fast and take slow for dead.',
  'term.par-Replication': 'Parameters: replication',
  'term.par-Replication.says':
    'How copies follow: how often and how much they fetch, and for how long they may lag before they leave the ISR.',
  'term.par-Retention': 'Parameters: retention',
  'term.par-Retention.says': 'What a log keeps and when it throws away: time, size, segments, compaction.',
  'term.par-Records': 'Parameters: records',
  'term.par-Records.says': 'What a record may be: its greatest size, its timestamp, its compression.',
  'term.par-Reading': 'Parameters: reading',
  'term.par-Reading.says': 'Where a reader begins, how much it takes at once and what it may see.',
  'term.par-Groups': 'Parameters: groups',
  'term.par-Groups.says':
    'How a group shares its partitions, notices that a member is gone, and notes how far it has read.',
  'term.par-Transactions': 'Parameters: transactions',
  'term.par-Transactions.says': 'What is written together or not at all, and how repeats are recognised.',
  'term.par-Connections': 'Parameters: connections',
  'term.par-Connections.says':
    'How nodes find each other and how they come back after a failure: addresses, metadata, set-up, back-off.',

  'term.seed': 'Seed',
  'term.seed.says':
    'The number that all chance comes from: latencies, placement, choices. The same scenario, seed and commands give the same history, to the microsecond.',
  'term.branch': 'Branch',
  'term.branch.says':
    'Whoever changes something in the past gets a second history from there on; the first one stays. Both can be compared.',
  'term.scenario': 'Scenario',
  'term.scenario.says':
    'A file that says it all: cluster, topics, clients, settings, and what happens when. It can be saved, shared as a link and opened again.',

  // First-visit hints.
  'hint.play': 'This stops and starts time; the arrow beside it goes on by one request.',
  'hint.break': 'Here you break things. Kill a broker while it leads, and watch what was acknowledged.',
  'hint.value': 'Here a setting changes: choose a producer, then its acks. The same seconds run again.',
  'hint.ledger': 'What became of the records. Each number opens its list, each record its story.',
  'hint.done': 'Got it',
  'hint.none': 'No more hints',
  'hint.label': 'Hint {n} of {of}',
} as const satisfies Record<string, string>;

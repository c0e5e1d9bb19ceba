/** One sentence for each parameter that acts: what it does here. Key: `config.<scope>.<key>` (`sentenceKey` in kafka/config). */
export const config = {
  'config.producer.acks': 'Whose copy the answer waits for: 0 nobody’s, 1 the leader’s, all every in-sync copy’s.',
  'config.producer.enable.idempotence':
    'Numbers each batch so that a retry is stored once and in order. Needs acks=all; off by itself under acks=0 or 1.',
  'config.producer.retries':
    'How often a batch is sent again after an error that may pass. delivery.timeout.ms usually ends it first.',
  'config.producer.delivery.timeout.ms':
    'From send() to giving up: the callback gets TimeoutException. Must cover linger.ms and request.timeout.ms.',
  'config.producer.max.in.flight.requests.per.connection':
    'How many requests may be unanswered on one connection. Above 1 without idempotence a retry can change the order.',
  'config.producer.linger.ms': 'How long a batch waits for more records before it leaves.',
  'config.producer.request.timeout.ms':
    'How long an answer may take. Then the connection is dropped and the batch sent again.',
  'config.producer.retry.backoff.ms': 'The pause before the first retry; it doubles with each further one.',
  'config.producer.retry.backoff.max.ms': 'The longest pause between two retries.',
  'config.producer.max.block.ms': 'How long send() itself may wait, for metadata or room in the buffer.',
  'config.producer.batch.size': 'Where a batch is full. Larger batches: fewer requests, more records in one.',
  'config.producer.buffer.memory': 'Room for unanswered records. When it is full, send() waits.',
  'config.producer.max.request.size': 'The largest request, and the largest record send() accepts.',
  'config.producer.compression.type':
    'The codec of each batch. Batches get smaller on the wire, in logs and on every replica; packing takes the producer’s time.',
  'config.producer.compression.gzip.level':
    'How hard the producer packs into gzip: 1 quick, 9 small; -1 is gzip’s own 6.',
  'config.producer.compression.lz4.level': 'How hard the producer packs into lz4: 1 quick, 17 small.',
  'config.producer.compression.zstd.level':
    'How hard the producer packs into zstd: 1 quick, 22 small; below 0 is quicker still.',
  'config.producer.partitioner.ignore.keys':
    'true: the key does not decide the partition; records go where there is room.',
  'config.producer.partitioner.adaptive.partitioning.enable':
    'Keyless records go more often to partitions whose queue is short.',
  'config.producer.partitioner.availability.timeout.ms':
    'A broker that has taken nothing for this long gets no keyless records. 0: never excluded.',
  'config.producer.metadata.max.age.ms': 'Asks who leads at least this often, without any error.',
  'config.producer.reconnect.backoff.ms':
    'The pause before a broken connection is tried again; it doubles with each failure.',
  'config.producer.reconnect.backoff.max.ms': 'The longest pause between two tries to connect.',
  'config.producer.socket.connection.setup.timeout.ms':
    'How long a connection may take to come about; a paused broker accepts and does not answer.',
  'config.producer.socket.connection.setup.timeout.max.ms':
    'The longest of those waits; it doubles with each failure in a row.',
  'config.consumer.auto.offset.reset': 'Where to read when there is no valid position: earliest, latest, or an error.',
  'config.consumer.group.id':
    'The group that it reads and commits for. Members of one group share the partitions out among themselves.',
  'config.consumer.group.protocol':
    'Who shares the partitions out: classic, where one member does it for all and everybody rejoins; or consumer (KIP-848), where the coordinator does it and tells each member by its heartbeat.',
  'config.consumer.group.remote.assignor':
    'With group.protocol=consumer: the assignor of the coordinator that this member asks for, uniform or range. Most votes win.',
  'config.consumer.group.instance.id':
    'A name that outlives its process: back within its session, it gets its partitions again and nobody else has to rejoin.',
  'config.consumer.partition.assignment.strategy':
    'How the leader of the group shares out partitions. All members offer their list; the first that all support is taken.',
  'config.consumer.session.timeout.ms':
    'Without a heartbeat for this long the coordinator takes the member out and gives its partitions to others.',
  'config.consumer.heartbeat.interval.ms':
    'How often the member says that it lives. It learns of a rebalance from the answer, so this is also how long the others wait for it.',
  'config.consumer.max.poll.interval.ms':
    'If the application does not call poll() for this long, the member leaves by itself. A rebalance waits this long for its members.',
  'config.consumer.enable.auto.commit':
    'poll() commits by itself what it has handed out before. Off: the application commits, or nobody does.',
  'config.consumer.auto.commit.interval.ms':
    'At least this long between two commits that poll() makes by itself. After a crash everything since the last one is read again.',
  'config.consumer.exclude.internal.topics': 'A pattern matches no internal topics, __consumer_offsets for one.',
  'config.consumer.default.api.timeout.ms': 'How long commitSync() keeps trying before it throws TimeoutException.',
  'config.consumer.max.poll.records': 'The most records that one poll() hands over; the rest waits in the client.',
  'config.consumer.fetch.min.bytes': 'The leader answers when it has this much to give, or fetch.max.wait.ms is over.',
  'config.consumer.fetch.max.bytes':
    'The most that one answer holds; the first batch comes whole even if it is larger.',
  'config.consumer.max.partition.fetch.bytes': 'The most of one partition in an answer.',
  'config.consumer.fetch.max.wait.ms':
    'How long a question for records may wait at the leader when there is nothing new.',
  'config.consumer.request.timeout.ms':
    'How long an answer may take. Then the connection is dropped and the question asked again.',
  'config.consumer.retry.backoff.ms': 'The pause before the first retry; it doubles with each further one.',
  'config.consumer.retry.backoff.max.ms': 'The longest pause between two retries.',
  'config.consumer.metadata.max.age.ms': 'Asks who leads at least this often, without any error.',
  'config.consumer.reconnect.backoff.ms':
    'The pause before a broken connection is tried again; it doubles with each failure.',
  'config.consumer.reconnect.backoff.max.ms': 'The longest pause between two tries to connect.',
  'config.consumer.socket.connection.setup.timeout.ms':
    'How long a connection may take to come about; a paused broker accepts and does not answer.',
  'config.consumer.socket.connection.setup.timeout.max.ms':
    'The longest of those waits; it doubles with each failure in a row.',
  'config.topic.min.insync.replicas':
    'acks=all is refused with fewer copies in sync than this, and the high watermark stands still.',
  'config.topic.unclean.leader.election.enable':
    'May a copy that is not in sync lead when nobody else can? true: open again, what only others had is lost.',
  'config.topic.flush.messages':
    'Writes to disk after so many records. By default never: copies protect, not the disk.',
  'config.topic.flush.ms': 'Writes to disk at the latest after this time. By default never.',
  'config.topic.max.message.bytes': 'The largest batch the leader accepts; a larger one gets MESSAGE_TOO_LARGE.',
  'config.topic.compression.type':
    'The codec of this log. producer: as it came. Any other: the leader packs anew what came in another codec.',
  'config.topic.compression.gzip.level': 'How hard the leader works when it packs into gzip; -1 is gzip’s own 6.',
  'config.topic.compression.lz4.level': 'How hard the leader works when it packs into lz4.',
  'config.topic.compression.zstd.level': 'How hard the leader works when it packs into zstd; below 0 is faster still.',
  'config.topic.message.timestamp.type':
    'Whose clock a record carries: the producer’s (CreateTime) or the leader’s (LogAppendTime).',
  'config.topic.message.timestamp.before.max.ms':
    'How far a record’s time may lie in the past; older gets INVALID_TIMESTAMP.',
  'config.topic.message.timestamp.after.max.ms':
    'How far a record’s time may lie in the future; later gets INVALID_TIMESTAMP.',
  'config.broker.min.insync.replicas': 'The default of topics: acks=all is refused with fewer copies in sync.',
  'config.broker.unclean.leader.election.enable':
    'The default of topics: may a copy that is not in sync lead when nobody else can?',
  'config.broker.unclean.leader.election.interval.ms':
    'How often the controller looks for leaderless partitions that may be elected uncleanly.',
  'config.broker.log.flush.interval.messages': 'The default of topics: writes to disk after so many records.',
  'config.broker.log.flush.interval.ms': 'The default of topics: writes to disk at the latest after this time.',
  'config.broker.log.flush.scheduler.interval.ms':
    'How often the broker looks which logs are due to be written to disk.',
  'config.broker.log.flush.offset.checkpoint.interval.ms':
    'How often it notes up to where a log is surely on disk; recovery after a crash starts there.',
  'config.broker.compression.type':
    'The default of topics. producer: batches stay as they came. Any other codec: the leader packs anew.',
  'config.broker.compression.gzip.level': 'The default of topics: how hard a leader packs into gzip.',
  'config.broker.compression.lz4.level': 'The default of topics: how hard a leader packs into lz4.',
  'config.broker.compression.zstd.level': 'The default of topics: how hard a leader packs into zstd.',
  'config.broker.offsets.topic.compression.codec':
    'By which codec a coordinator packs what it writes: 0 none, 1 gzip, 2 snappy, 3 lz4, 4 zstd.',
  'config.broker.offsets.topic.num.partitions':
    'Partitions of __consumer_offsets when it is made. A group’s coordinator is the leader of the one its id hashes to.',
  'config.broker.offsets.topic.replication.factor':
    'Copies of __consumer_offsets. With one copy a group’s offsets die with their broker.',
  'config.broker.group.initial.rebalance.delay.ms':
    'How long the coordinator waits for more members when an empty group gets its first one.',
  'config.broker.group.min.session.timeout.ms':
    'The shortest session a member may ask for; below it JoinGroup is refused.',
  'config.broker.group.max.session.timeout.ms':
    'The longest session a member may ask for; above it JoinGroup is refused.',
  'config.broker.group.max.size': 'The most members a group may have; who comes later is refused.',
  'config.group.consumer.session.timeout.ms':
    'How long a member of this group may be silent before its coordinator fences it.',
  'config.group.consumer.heartbeat.interval.ms':
    'How often members of this group send heartbeats: the coordinator tells them with each answer.',
  'config.group.consumer.assignment.interval.ms':
    'The least time between two targets that the coordinator computes for this group; until then the last one holds.',
  'config.broker.group.consumer.session.timeout.ms':
    'How long a member of a consumer group (KIP-848) may be silent before its coordinator fences it.',
  'config.broker.group.consumer.heartbeat.interval.ms':
    'How often members of consumer groups send heartbeats: the coordinator tells them with each answer.',
  'config.broker.group.consumer.assignment.interval.ms':
    'The least time between two targets that the coordinator computes for a consumer group; until then the last one holds.',
  'config.broker.group.consumer.min.session.timeout.ms':
    'The shortest session time-out that a consumer group may be given.',
  'config.broker.group.consumer.max.session.timeout.ms':
    'The longest session time-out that a consumer group may be given.',
  'config.broker.group.consumer.min.heartbeat.interval.ms':
    'The shortest heartbeat interval that a consumer group may be given.',
  'config.broker.group.consumer.max.heartbeat.interval.ms':
    'The longest heartbeat interval that a consumer group may be given.',
  'config.broker.group.consumer.min.assignment.interval.ms':
    'The shortest assignment interval that a consumer group may be given.',
  'config.broker.group.consumer.max.assignment.interval.ms':
    'The longest assignment interval that a consumer group may be given.',
  'config.broker.group.consumer.max.size':
    'How many members a consumer group may have; one more is refused with GROUP_MAX_SIZE_REACHED.',
  'config.broker.group.consumer.assignors':
    'The assignors that the coordinator has for consumer groups. The first is used where no member asks for another.',
  'config.broker.group.consumer.migration.policy':
    'Whether groups may change between the classic and the consumer protocol while they run: up, down, both or not at all.',
  'config.broker.group.consumer.regex.refresh.interval.ms':
    'How often at the latest the coordinator looks up again which topics a group’s patterns match.',
  'config.broker.offsets.commit.timeout.ms':
    'How long a commit may wait for the copies of __consumer_offsets before it fails.',
  'config.broker.offsets.retention.minutes':
    'Committed offsets of topics that nobody subscribes to are forgotten after this long.',
  'config.broker.offsets.retention.check.interval.ms': 'How often the coordinator looks for offsets that have expired.',
  'config.broker.offsets.topic.segment.bytes':
    'Size at which __consumer_offsets begins a new segment; set when the topic is made.',
  'config.broker.broker.session.timeout.ms':
    'So long after its last heartbeat the controller fences a silent broker and elects other leaders.',
  'config.broker.broker.heartbeat.interval.ms': 'How often a broker tells the controller that it lives.',
  'config.broker.controlled.shutdown.enable':
    'broker.stop moves its leaders away first; off: it just ends, like a kill that flushes.',
  'config.broker.auto.leader.rebalance.enable':
    'The controller gives leadership back to the first replica in order when it is in sync.',
  'config.broker.leader.imbalance.check.interval.seconds': 'How often the controller looks for leaders to give back.',
  'config.broker.initial.broker.registration.timeout.ms':
    'How long a starting broker tries to register before it gives up.',
  'config.broker.replica.lag.time.max.ms':
    'A follower that has not caught up for this long leaves the in-sync set (noticed after 1 to 1.5 times it).',
  'config.broker.replica.fetch.wait.max.ms':
    'How long a follower’s question may wait at the leader when there is nothing new.',
  'config.broker.replica.fetch.min.bytes': 'The leader answers a follower when it has this much to give.',
  'config.broker.replica.fetch.max.bytes': 'The most of one partition in an answer to a follower.',
  'config.broker.replica.fetch.response.max.bytes': 'The most that one answer to a follower holds.',
  'config.broker.replica.fetch.backoff.ms': 'The pause of a follower after an error of its fetch.',
  'config.broker.replica.high.watermark.checkpoint.interval.ms':
    'How often the high watermark is written to disk; a restarted replica begins there.',
  'config.broker.replica.socket.timeout.ms': 'How long a follower tries to connect to its leader.',
  'config.broker.default.replication.factor': 'Copies of a partition whose topic is created without saying how many.',
  'config.broker.num.partitions': 'Partitions of a topic that is created without saying how many.',
  'config.broker.auto.create.topics.enable': 'Sending to a topic that does not exist creates it.',
  'config.broker.message.max.bytes': 'The default of topics: the largest batch the leader accepts.',
  'config.broker.log.message.timestamp.type': 'The default of topics: whose clock a record carries.',
  'config.broker.log.message.timestamp.before.max.ms':
    'The default of topics: how far a record’s time may lie in the past.',
  'config.broker.log.message.timestamp.after.max.ms':
    'The default of topics: how far a record’s time may lie in the future.',
  'config.broker.producer.id.expiration.ms':
    'How long a leader remembers an idempotent producer that sends nothing more.',
  'config.broker.producer.id.expiration.check.interval.ms':
    'How often producers that are due to be forgotten are looked for.',
  'config.broker.fetch.max.bytes': 'The most that any one fetch answer of this broker holds.',
  'config.broker.max.incremental.fetch.session.cache.slots':
    'How many clients’ fetch sessions the broker remembers. Who finds no slot (an eighth of them in each of 8 parts) names all its partitions every time.',
  'config.topic.cleanup.policy':
    'delete: retention takes old segments. compact: of each key the last record stays, older ones go when the cleaner comes.',
  'config.topic.retention.ms': 'A segment goes when its newest record is older than this. -1: never by age.',
  'config.topic.retention.bytes':
    'The oldest segments go while what is left is still this large, on each replica. -1: never by size.',
  'config.topic.segment.bytes': 'Where a segment is full and the next begins. Only whole segments can be deleted.',
  'config.topic.segment.ms': 'A segment ends when a record comes that is this much newer than its first, full or not.',
  'config.topic.segment.jitter.ms':
    'Takes up to this much off segment.ms, drawn for each segment, so that not all logs roll at once.',
  'config.topic.min.cleanable.dirty.ratio':
    'The cleaner comes when more than this share of a compacted log’s full segments has not been cleaned.',
  'config.topic.delete.retention.ms':
    'How long a tombstone stays after its first cleaning, so that readers still learn that the key is gone.',
  'config.topic.min.compaction.lag.ms': 'Records younger than this are not cleaned yet: every reader has that long.',
  'config.topic.max.compaction.lag.ms':
    'Dirty for longer than this, a log is cleaned whatever its share; segments end by then too.',
  'config.topic.segment.index.bytes': 'Room for a segment’s index: when it is full, the segment ends early.',
  'config.topic.index.interval.bytes':
    'An index entry after so many bytes. Small values fill the index and end segments early.',
  'config.broker.log.cleanup.policy':
    'The default of topics: whether retention deletes old segments or keys are compacted.',
  'config.broker.log.cleaner.enable': 'false: no compacted log is ever cleaned.',
  'config.broker.log.cleaner.backoff.ms': 'How long the cleaner sleeps when nothing was dirty enough.',
  'config.broker.log.cleaner.min.cleanable.ratio': 'The default of topics: the dirty share that brings the cleaner.',
  'config.broker.log.cleaner.delete.retention.ms':
    'The default of topics: how long a cleaned log keeps its tombstones.',
  'config.broker.log.cleaner.min.compaction.lag.ms': 'The default of topics: how old a record must be to be cleaned.',
  'config.broker.log.cleaner.max.compaction.lag.ms': 'The default of topics: how long something dirty may wait.',
  'config.broker.log.retention.ms': 'The default of topics: how old a segment may get. Beats minutes and hours.',
  'config.broker.log.retention.minutes': 'The same in minutes; counts only while log.retention.ms is not set.',
  'config.broker.log.retention.hours': 'The same in hours; counts only while neither ms nor minutes is set.',
  'config.broker.log.retention.bytes': 'The default of topics: how large one replica’s log may get.',
  'config.broker.log.retention.check.interval.ms':
    'How often the broker looks for segments to delete. Until then old records stay readable.',
  'config.broker.log.segment.bytes': 'The default of topics: where a segment is full.',
  'config.broker.log.roll.ms': 'The default of topics: how long a segment may grow. Beats log.roll.hours.',
  'config.broker.log.roll.hours': 'The same in hours; counts only while log.roll.ms is not set.',
  'config.broker.log.roll.jitter.ms': 'The default of topics: what is drawn off the time of each segment.',
  'config.broker.log.roll.jitter.hours': 'The same in hours; counts only while log.roll.jitter.ms is not set.',
  'config.broker.log.index.interval.bytes': 'The default of topics: bytes between two index entries.',
  'config.broker.log.index.size.max.bytes': 'The default of topics: room for a segment’s index.',
  'config.broker.log.initial.task.delay.ms':
    'How long a broker that has just started waits before its first look at retention.',
  'config.producer.connections.max.idle.ms':
    'Closes a connection that nothing used for this long; the next batch has to connect first.',
  'config.producer.metadata.max.idle.ms':
    'A topic that nobody sent to for this long is forgotten; the next send() waits for metadata again.',
  'config.producer.metadata.recovery.strategy':
    'When no known broker can be reached: rebootstrap starts over from bootstrap.servers, none keeps trying the known ones.',
  'config.producer.metadata.recovery.rebootstrap.trigger.ms':
    'How long asking for metadata may fail before it starts over from bootstrap.servers.',
  'config.producer.bootstrap.servers':
    'Whom it asks first: broker-1:9092 is broker 1. Other names stand for the whole cluster.',
  'config.consumer.connections.max.idle.ms': 'Closes a connection that nothing used for this long.',
  'config.consumer.metadata.recovery.strategy':
    'When no known broker can be reached: rebootstrap starts over from bootstrap.servers, none keeps trying the known ones.',
  'config.consumer.metadata.recovery.rebootstrap.trigger.ms':
    'How long asking for metadata may fail before it starts over from bootstrap.servers.',
  'config.consumer.bootstrap.servers':
    'Whom it asks first: broker-1:9092 is broker 1. Other names stand for the whole cluster.',
  'config.consumer.allow.auto.create.topics':
    'false: asking for a topic that does not exist creates nothing, whatever the brokers allow.',
  'config.broker.controller.quorum.request.timeout.ms':
    'How long a broker waits for the answer to its question for metadata records.',
  'config.broker.request.timeout.ms': 'How long a follower waits for its leader’s answer before it connects anew.',
  'config.broker.socket.connection.setup.timeout.ms':
    'How long a broker’s connection to another node may take to come about.',
  'config.broker.socket.connection.setup.timeout.max.ms':
    'The longest of those waits; it doubles with each failure in a row.',
  'config.broker.controller.socket.timeout.ms':
    'How long a broker waits for the controller’s answer before it connects anew.',
  'config.broker.connections.max.idle.ms': 'Closes a client’s connection that nothing used for this long.',
  'config.broker.socket.request.max.bytes':
    'The largest request a broker reads; at a larger one it closes the connection.',
  'config.broker.delete.topic.enable': 'false: the controller refuses to delete topics.',
  'config.broker.broker.rack': 'The rack it stands in: copies of a new partition are spread over racks.',
  'config.topic.internal.segment.bytes':
    'Where a segment is full, below the least that segment.bytes allows: made for tests.',
} as const satisfies Record<string, string>;

/** What is said around parameters: facts, the page of all keys, and what a value changes elsewhere (`config.elsewhere.<scope>.<key>`). */
export const parameters = {
  'config.page.none': 'none',
  'config.page.required': 'you must set it',
  'config.page.empty': 'empty',
  'config.page.comma': ', ',
  'config.page.until': '{value} until {version}',
  'config.page.since': '{value} since {version}',
  'config.page.always': '{value} in every version since it exists',
  'config.page.new-in': 'new in {version}',
  'config.page.type.boolean': 'true or false',
  'config.page.type.string': 'any text',
  'config.page.type.int': 'any whole number',
  'config.page.type.short': 'any whole number',
  'config.page.type.long': 'any whole number',
  'config.page.type.double': 'any number',
  'config.page.type.list': 'any list',
  'config.page.type.class': 'a Java class',
  'config.page.type.password': 'any text, kept secret',
  'config.page.kind.boolean': 'boolean',
  'config.page.kind.string': 'string',
  'config.page.kind.int': 'int, a whole number of 32 bits',
  'config.page.kind.short': 'short, a whole number of 16 bits',
  'config.page.kind.long': 'long, a whole number of 64 bits',
  'config.page.kind.double': 'double',
  'config.page.kind.list': 'list, commas between',
  'config.page.kind.class': 'name of a Java class',
  'config.page.kind.password': 'password',
  'config.page.unit.ms': 'in milliseconds',
  'config.page.unit.seconds': 'in seconds',
  'config.page.unit.minutes': 'in minutes',
  'config.page.unit.hours': 'in hours',
  'config.page.unit.bytes': 'in bytes',
  'config.page.unit.bytes-per-second': 'in bytes a second',
  'config.page.internal': 'internal: not in Kafka’s documentation',
  'config.page.deprecated': 'deprecated',
  'config.page.sensitive': 'sensitive: Kafka never shows its value',
  'config.page.between': '{min} to {max}',
  'config.page.between-or': '{min} to {max}, or {or}',
  'config.page.at-least': '{min} or more',
  'config.page.at-most': '{max} or less',
  'config.page.any-case': '{values}, in any case',
  'config.page.list-of': 'a list of {values}',
  'config.page.list-not-empty': 'a list that is not empty',
  'config.page.not-empty': 'any text that is not empty',
  'config.page.throttled': '*, or a list of partition:broker',
  'config.page.takes-effect': 'Takes effect',
  'config.page.mode.read-only': 'when the broker restarts; kafka-configs.sh cannot change it',
  'config.page.mode.per-broker': 'at once, on this broker alone',
  'config.page.mode.cluster-wide': 'at once: for all brokers, or for this one alone',
  'config.page.mode.topic': 'at once, without any restart',
  'config.page.mode.group': 'at once, without any restart',
  'config.page.mode.client': 'when the client starts anew',
  'config.page.elsewhere': 'Changes elsewhere',
  'config.page.default': 'Default',
  'config.page.takes': 'Takes',
  'config.page.took': 'Took',
  'config.page.kind': 'Kind',
  'config.page.from-broker': 'Where it is not set, the first of these that its broker has set holds: {keys}.',
  'config.page.of-topics': 'Topics without a {key} of their own take it over.',
  'config.page.of-groups': 'Groups without a {key} of their own take it over.',
  'config.page.first-set': 'The first that is set counts: {keys}.',
  'config.page.show-facts': 'show the facts',
  'config.page.hide-facts': 'hide the facts',
  'config.page.acts-as': 'Acts as {value}.',
  'config.page.find': 'Find among all {count}…',
  'config.page.not-here': 'Not yet here',
  'config.page.not-here.count': '{count} more that Kafka has and that do nothing here yet',
  'config.page.hide-others': 'hide them',
  'config.page.open-all.broker': 'All {count} broker parameters, with every version',
  'config.page.open-all.topic': 'All {count} topic parameters, with every version',
  'config.page.open-all.producer': 'All {count} producer parameters, with every version',
  'config.page.open-all.consumer': 'All {count} consumer parameters, with every version',
  'config.page.open-all.group': 'All {count} group parameters, with every version',
  'config.page.open-all.admin': 'All {count} admin parameters, with every version',
  'config.keys.title': 'Kafka’s parameters',
  'config.keys.open': 'All parameters of Kafka',
  'config.keys.scope': 'Of',
  'config.keys.scope.producer': 'Producer ({count})',
  'config.keys.scope.consumer': 'Consumer ({count})',
  'config.keys.scope.broker': 'Broker ({count})',
  'config.keys.scope.topic': 'Topic ({count})',
  'config.keys.scope.group': 'Group ({count})',
  'config.keys.scope.admin': 'Admin client ({count})',
  'config.keys.show': 'Show',
  'config.keys.all': 'all',
  'config.keys.acts': 'act here',
  'config.keys.not-yet': 'not yet',
  'config.keys.version': 'As of',
  'config.keys.compare': 'Compared with',
  'config.keys.no-compare': '–',
  'config.keys.find': 'Find by name or word…',
  'config.keys.list': '{shown} of {all} parameters of {version}',
  'config.keys.changes': '{count} differ between {from} and {to}',
  'config.keys.same': 'Nothing differs between {from} and {to}.',
  'config.keys.nothing': 'No parameter matches.',
  'config.keys.change.new': 'New',
  'config.keys.change.gone': 'Gone',
  'config.keys.change.default': 'Another default',
  'config.keys.change.valid': 'Takes other values',
  'config.keys.change.mode': 'Takes effect differently',
  'config.keys.gone': 'gone since {version}',
  'config.keys.acts-here': 'acts here',
  'config.keys.note':
    'Defaults are read out of the released versions, one of each minor line. What acts here is what the engine simulates of 4.3.',
  'config.keys.arrow': '{from} → {to}',
  'config.elsewhere.producer.acks':
    '0 or 1 switches enable.idempotence off when that is not set, and is refused when it is set to true.',
  'config.elsewhere.producer.enable.idempotence':
    'Set to true it refuses acks other than all, retries = 0 and more than 5 requests in flight. Off, transactional.id is refused.',
  'config.elsewhere.producer.retries': '0 switches enable.idempotence off when that is not set.',
  'config.elsewhere.producer.max.in.flight.requests.per.connection':
    'Above 5 is refused while idempotence is on, even where acks = 1 would have switched it off.',
  'config.elsewhere.producer.linger.ms':
    'Raising it lifts the default of delivery.timeout.ms to linger.ms + request.timeout.ms where needed; a set delivery.timeout.ms is refused then.',
  'config.elsewhere.producer.request.timeout.ms':
    'Raising it lifts the default of delivery.timeout.ms to linger.ms + request.timeout.ms where needed; a set delivery.timeout.ms is refused then.',
  'config.elsewhere.producer.delivery.timeout.ms':
    'Ends retries before their number does: with the default of retries, this alone decides.',
  'config.elsewhere.producer.batch.size':
    '0 means 1: every record travels alone. A batch also leaves earlier when linger.ms is over.',
  'config.elsewhere.producer.buffer.memory': 'When it is full, send() waits up to max.block.ms and then fails.',
  'config.elsewhere.producer.reconnect.backoff.ms':
    'Set alone it also becomes reconnect.backoff.max.ms: the pauses no longer grow.',
  'config.elsewhere.producer.retry.backoff.ms': 'Above retry.backoff.max.ms every pause is that maximum.',
  'config.elsewhere.producer.socket.connection.setup.timeout.ms':
    'Above its maximum every attempt may take the maximum.',
  'config.elsewhere.producer.transactional.id': 'Needs enable.idempotence, and with it acks = all.',
  'config.elsewhere.producer.transaction.timeout.ms':
    'Longer than the broker’s transaction.max.timeout.ms is refused by the broker (INVALID_TRANSACTION_TIMEOUT).',
  'config.elsewhere.producer.compression.type':
    'A topic whose compression.type is not producer packs the batches anew at the broker.',
  'config.elsewhere.producer.partitioner.ignore.keys':
    'Records of one key may land in several partitions: their order is gone.',
  'config.elsewhere.producer.metadata.max.age.ms':
    'The same time is how long a partitioner may use an old leader without an error telling it.',
  'config.elsewhere.consumer.enable.auto.commit':
    'Off by itself without group.id; set to true without one it is refused.',
  'config.elsewhere.consumer.group.protocol':
    'consumer moves session and heartbeat times to the broker: session.timeout.ms, heartbeat.interval.ms and partition.assignment.strategy are refused.',
  'config.elsewhere.consumer.session.timeout.ms':
    'Outside the broker’s group.min/max.session.timeout.ms the join is refused (INVALID_SESSION_TIMEOUT); must stay above heartbeat.interval.ms.',
  'config.elsewhere.consumer.heartbeat.interval.ms':
    'Must stay below session.timeout.ms; members learn of a rebalance no sooner than with their next heartbeat.',
  'config.elsewhere.consumer.max.poll.interval.ms':
    'In the classic protocol it is also how long a rebalance waits for the slowest member.',
  'config.elsewhere.consumer.group.instance.id':
    'The group no longer rebalances when this member restarts within its session time-out.',
  'config.elsewhere.consumer.fetch.min.bytes':
    'Above 1 every quiet fetch waits up to fetch.max.wait.ms: records come later and in larger answers.',
  'config.elsewhere.consumer.fetch.max.wait.ms': 'As long as request.timeout.ms, an empty fetch ends as a time-out.',
  'config.elsewhere.consumer.max.partition.fetch.bytes':
    'A first batch that is larger comes all the same, so that reading goes on.',
  'config.elsewhere.consumer.reconnect.backoff.ms':
    'Set alone it also becomes reconnect.backoff.max.ms: the pauses no longer grow.',
  'config.elsewhere.consumer.retry.backoff.ms': 'Above retry.backoff.max.ms every pause is that maximum.',
  'config.elsewhere.consumer.socket.connection.setup.timeout.ms':
    'Above its maximum every attempt may take the maximum.',
  'config.elsewhere.consumer.auto.offset.reset':
    'Only used without a committed offset, or where that one is no longer in the log.',
  'config.elsewhere.topic.min.insync.replicas':
    'More than the partition has copies acts as that number. With ELR on, a change empties the eligible leader replicas.',
  'config.elsewhere.topic.unclean.leader.election.enable':
    'Turned on, a partition without a leader waits for the controller’s next look (unclean.leader.election.interval.ms).',
  'config.elsewhere.topic.message.timestamp.type':
    'LogAppendTime gives every record of a batch the leader’s time, and the two limits on times no longer refuse anything.',
  'config.elsewhere.topic.max.message.bytes':
    'Lower than the producer’s max.request.size: batches that the client lets through are refused here.',
  'config.elsewhere.topic.flush.messages':
    'Small values make a power loss harmless and every append wait for the disk.',
  'config.elsewhere.topic.cleanup.policy':
    'With compact alone nothing is deleted by time or size; records without a key are refused.',
  'config.elsewhere.topic.retention.ms':
    'Only closed segments go; the active one is rolled first when all of it is too old.',
  'config.elsewhere.topic.segment.bytes':
    'Fewer, larger segments keep old records longer: retention deletes whole segments.',
  'config.elsewhere.topic.segment.ms':
    'A segment rolls with the first append after this time; without appends it stays open.',
  'config.elsewhere.topic.min.compaction.lag.ms': 'Above max.compaction.lag.ms it is refused.',
  'config.elsewhere.topic.remote.storage.enable':
    'Needs remote.log.storage.system.enable on the brokers and cleanup.policy = delete.',
  'config.elsewhere.broker.replica.lag.time.max.ms':
    'Must not be shorter than replica.fetch.wait.max.ms. A late follower is looked for every half of it.',
  'config.elsewhere.broker.replica.fetch.wait.max.ms':
    'Refused above replica.lag.time.max.ms or replica.socket.timeout.ms.',
  'config.elsewhere.broker.replica.socket.timeout.ms': 'Must not be shorter than replica.fetch.wait.max.ms.',
  'config.elsewhere.broker.broker.session.timeout.ms':
    'Below twice broker.heartbeat.interval.ms one late heartbeat can fence a broker. A broker gives up a heartbeat after half of it.',
  'config.elsewhere.broker.broker.heartbeat.interval.ms':
    'A controlled shutdown and an unfencing end with a heartbeat, so both wait for it.',
  'config.elsewhere.broker.min.insync.replicas':
    'With ELR on it cannot be set for one broker, nor removed for the cluster.',
  'config.elsewhere.broker.log.flush.scheduler.interval.ms':
    'Without log.flush.interval.ms it is also the default of that.',
  'config.elsewhere.broker.log.retention.hours':
    'Only read where neither log.retention.ms nor log.retention.minutes is set.',
  'config.elsewhere.broker.log.retention.minutes':
    'Only read where log.retention.ms is not set; then log.retention.hours is not.',
  'config.elsewhere.broker.log.roll.hours': 'Only read where log.roll.ms is not set.',
  'config.elsewhere.broker.log.roll.jitter.hours': 'Only read where log.roll.jitter.ms is not set.',
  'config.elsewhere.broker.log.dirs': 'Where it is set, log.dir is not read.',
  'config.elsewhere.broker.auto.create.topics.enable':
    'A typing error in a topic’s name makes a new topic with num.partitions and default.replication.factor.',
  'config.elsewhere.broker.auto.leader.rebalance.enable': 'Every move of leadership makes clients ask anew who leads.',
  'config.elsewhere.broker.controlled.shutdown.enable':
    'Off, a stopped broker’s partitions wait for broker.session.timeout.ms like after a kill.',
  'config.elsewhere.broker.group.initial.rebalance.delay.ms':
    'A new group’s first assignment comes no sooner, however many members are there.',
  'config.elsewhere.broker.offsets.topic.num.partitions':
    'Decides which broker coordinates which group; changed later, groups lose their offsets.',
  'config.elsewhere.broker.group.min.session.timeout.ms':
    'A member of the classic protocol that asks for less is refused (INVALID_SESSION_TIMEOUT).',
  'config.elsewhere.broker.group.max.session.timeout.ms':
    'A member of the classic protocol that asks for more is refused (INVALID_SESSION_TIMEOUT).',
  'config.elsewhere.group.consumer.session.timeout.ms':
    'Must lie within the broker’s group.consumer.min/max.session.timeout.ms and above the heartbeat interval.',
  'config.elsewhere.group.consumer.heartbeat.interval.ms':
    'Must lie within the broker’s group.consumer.min/max.heartbeat.interval.ms and below the session time-out.',
  'config.elsewhere.admin.default.api.timeout.ms':
    'Refused below request.timeout.ms where it is set; the default rises to that by itself.',
  'config.elsewhere.admin.request.timeout.ms': 'Above default.api.timeout.ms it lifts that default.',
  'panel.model.group.modelled': 'classic protocol, range assignor, rebalances, commits, the coordinator’s log.',
  'panel.model.group.simplified': 'one coordinator shard a partition of __consumer_offsets, without threads.',
  'panel.model.group.not-yet': 'the consumer protocol, other assignors, share and streams groups.',
} as const satisfies Record<string, string>;

/**
 * What the parser says, by code, in English; messages-zh.ts holds the same in Chinese. Each sentence says what is wrong
 * and what would be right. `{name}` is a parameter; a parameter that begins with @ is a word of WORDS, since kinds of
 * values have other names in the other language.
 */
export const PROBLEMS = {
  // The text as JSON.
  'json-end': 'The text ends too early: {expected} is missing.',
  'json-unexpected': 'Unexpected {found}: here {expected} should stand.',
  'json-rest': 'The scenario ends here, yet more text follows: {found}.',
  'json-text': 'This text is not closed, or holds a line break or tab that must be written \\n or \\t.',
  'json-escape': 'The escape {found} is not one of JSON.',
  'json-number': '{found} is not a number as JSON writes it.',
  'json-repeated': 'The field {field} stands twice in one object; only one can count.',
  'json-deep': 'Nested deeper than {max} levels: no scenario is.',
  'forbidden-key': 'The name {field} is not allowed.',
  'file-too-large': 'The file has {size} bytes; the most is {max}.',
  // Shape.
  'not-a-scenario': 'This is not a Kafkascope scenario: it needs "kafkascope": 1 and a list of topics.',
  'wrong-version': 'This is a scenario of version {found}; this program reads version 1.',
  'wrong-type': 'Here {expected} should stand, not {kind}.',
  'config-not-text': 'Configuration values are text: write "{value}" in quotes.',
  'unknown-field': 'There is no field {field} here.',
  'missing-field': 'The field {field} is missing.',
  'not-one-of': '{found} is not known here; it is one of {values}.',
  'below-min': '{value} is too small: the least is {min}.',
  'above-max': '{value} is too large: the most is {max}.',
  'not-above-zero': '{value} is not a rate: it must be greater than 0.',
  'negative-time': '{value} ms lies before the start: times begin at 0.',
  'not-whole': '{value} is not a whole number.',
  'too-fine': '{value} ms is finer than a microsecond: three decimals are the most.',
  'empty-text': 'This is empty; it needs a value.',
  'too-long': 'This has {size} characters; the most is {max}.',
  'text-too-large': 'This text has {size} bytes; the most is {max} (8 MiB).',
  'no-lines': 'This text has no line, so no record could be made of it.',
  'empty-list': 'This list is empty; it needs at least one entry.',
  'too-many': '{size} entries are too many: the most is {max}.',
  'repeated-item': '{value} stands twice in this list.',
  // Names.
  'unknown-broker': 'There is no broker {id}; {known}.',
  'unknown-node': 'There is no node {id}; {known}.',
  'unknown-topic': 'No topic {name} is defined: neither in topics nor by a topic.create.',
  'unknown-partition': 'Topic {topic} has no partition {partition}; {known}.',
  'not-a-partition': '{name} is not a partition: write topic-number, such as orders-0.',
  'unknown-producer': 'No producer {name} is defined.',
  'unknown-consumer': 'No consumer {name} is defined.',
  'unknown-client': 'No producer or consumer {name} is defined.',
  'unknown-group': 'No consumer has the group.id {name}.',
  'unknown-verb': 'There is no verb {name}.',
  'repeated-id': 'The id {name} is taken already, at {first}.',
  'repeated-topic': 'The topic {name} is defined already, at {first}.',
  'colliding-topic':
    'Kafka takes {name} and {other} for the same: names must differ in more than dots and underscores.',
  'internal-topic': 'Kafka makes {name} itself; it cannot be defined here.',
  'topic-name':
    '{name} is no topic name: letters, digits, dot, underscore and dash, at most 249, and not . or .. alone.',
  // Rules between fields.
  'replication-above-brokers': 'A replication factor of {value} needs as many brokers; this cluster has {brokers}.',
  'partitions-against-assignment': 'partitions is {partitions}, yet assignment lists {assignment}. Give one of them.',
  'replication-against-assignment':
    'replicationFactor is {factor}, yet assignment gives {assignment} replicas. Give one of them.',
  'uneven-assignment':
    'Partition {partition} has {found} replicas and partition 0 has {first}: Kafka wants the same number for all.',
  'at-and-when': 'A step has atMs or when, not both.',
  'neither-at-nor-when': 'A step needs atMs or when.',
  'when-not-one': 'when names one event; here stand {found}.',
  'after-twice': 'afterMs stands here and at {other}; only one can count.',
  'nothing-previous': 'No step stands before this one, so previous never happens.',
  'both-sides': '{name} stands on both sides of between.',
  'no-source': 'The consumer reads nothing: give assign, subscribe or subscribePattern.',
  'two-sources':
    '{first} and {second} exclude each other: a consumer has one of assign, subscribe and subscribePattern.',
  'subscribe-to-what': 'consumer.subscribe needs topics or a pattern.',
  'subscribe-to-both': '{first} and {second} exclude each other: give one of them.',
  'share-pattern': 'A share consumer subscribes to topics by name: Kafka has no pattern for it.',
  'share-config': '{key} cannot be set when using a share group: Kafka answers ConfigException.',
  'share-implicit':
    'acknowledge tells records apart, and share.acknowledgement.mode=implicit accepts them all: Kafka answers IllegalStateException.',
  'acknowledge-without-share': 'acknowledge belongs to a share consumer: it needs "share": true.',
  'share-assign': 'A share group gives out partitions itself: assign does not go with share.',
  'subscribe-without-group': '{field} needs a group.id in config: Kafka answers InvalidGroupIdException.',
  'commit-without-group': 'commit {commit} needs a group.id in config: there is nowhere to commit to.',
  'commit-conflict':
    'commit is {commit}, which means enable.auto.commit={wanted}; config says {found}. Take one of them out.',
  'commit-conflict-default':
    'config says enable.auto.commit=false, and commit, which is not given, is auto. Say how to commit: sync, async, before or none.',
  'bad-pattern': '{value} is no regular expression.',
  'needs-transactional-id': 'recordsPerTransaction needs a transactional.id in the config of the producer.',
  'needs-records-per-transaction': 'abortEvery counts transactions: it needs recordsPerTransaction.',
  'feature-level': '{name} has the levels {min} to {max}, not {value}.',
  'more-racks-than-brokers': '{racks} racks for {brokers} brokers: there is nothing to put into the last ones.',
  'entity-scope': 'A config.set of scope {scope} needs an entity: {expected}.',
  'matcher-field': '{field} is not a matcher; a matcher has min, max, not, length or absent.',
  'matcher-absent': 'absent can only be true.',
  refused: '{reason} Kafka answers {exception}.',
  'unknown-config': '{reason}',
  'more-problems': '{count} more problems are not listed.',
  // Warnings: the scenario runs.
  'not-yet': '{what}: {why}',
  'config-not-yet': '{key} is set and does nothing here yet. {why}',
  'config-note': '{note}',
  'step-after-end': 'The run ends at {until} ms, before this step: it will not run.',
  'racks-repeat': '{racks} racks for {brokers} brokers: they are dealt out in turn.',
  'expect-root': 'A result has no part called {field}; this expectation will miss.',
} as const satisfies Readonly<Record<string, string>>;

export type ProblemCode = keyof typeof PROBLEMS;

/** What stands in a sentence's braces. */
export type ProblemParams = Readonly<Record<string, string | number>>;

/** Kinds of values, as they stand in sentences. */
export const WORDS = {
  object: 'an object',
  list: 'a list',
  text: 'a text',
  number: 'a number',
  whole: 'a whole number',
  boolean: 'true or false',
  null: 'null',
  nothing: 'nothing',
  value: 'a value',
  comma: 'a comma',
  colon: 'a colon',
  name: 'a name in quotes',
  'object-end': 'a comma or }',
  'list-end': 'a comma or ]',
  time: 'a time in milliseconds',
  'text-or-null': 'a text or null',
  between: 'two lists of node or client ids, such as [[1],[2,3]]',
  'id-list': 'a list of node or client ids',
  node: 'a node (a number) or a client (a text)',
  headers: 'an object of texts, or a list of [name, value] pairs',
  'seek-target': 'an offset, "beginning" or "end"',
  entity: 'a broker id, a topic, a client id or a group',
  'length-matcher': 'a number, or a matcher with min or max',
  'topic-entity': 'the name of a topic',
  'group-entity': 'a group.id',
  'producer-entity': 'the id of a producer',
  'consumer-entity': 'the id of a consumer',
  'one-broker': 'the only broker is 1',
  'some-brokers': 'brokers are 1 to {brokers}',
  'one-broker-and-controllers': 'there are broker 1 and controllers from 101 to {lastController}',
  'some-brokers-and-controllers': 'brokers are 1 to {brokers}, controllers 101 to {lastController}',
  'one-partition': 'the first one is 0',
  'some-partitions': 'they are 0 to {last}',
  'one-controller-acts': 'The first controller acts; it does not fail over yet.',
  'one-feature-acts': 'Only eligible.leader.replicas.version acts so far.',
  'end-of-text': 'the end of the text',
  other: 'something that JSON does not have',
} as const satisfies Readonly<Record<string, string>>;

export type Word = keyof typeof WORDS;

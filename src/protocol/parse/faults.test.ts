import { describe, expect, test } from 'vitest';
import { validateScenario } from '../parse-scenario.ts';
import { faultsOf, scenarioWith } from './testing.ts';

/** What is wrong | the fields of a right scenario that are changed | the one problem, its place and code. */
const TABLE = `
an unknown field | {"tpoics":[]} | tpoics: unknown-field
an unknown field inside | {"network":{"latencyMS":1}} | network.latencyMS: unknown-field
a wrong version | {"kafkascope":2} | kafkascope: wrong-version
a wrong type | {"title":3} | title: wrong-type
no brokers | {"cluster":{"brokers":0}} | cluster.brokers: below-min
too many brokers | {"cluster":{"brokers":31}} | cluster.brokers: above-max
too many controllers | {"cluster":{"controllers":10}} | cluster.controllers: above-max
half a broker | {"cluster":{"brokers":1.5}} | cluster.brokers: not-whole
more racks than brokers | {"cluster":{"racks":["a","b","c","d"]}} | cluster.racks: more-racks-than-brokers
an unknown feature | {"cluster":{"features":{"elr":1}}} | cluster.features.elr: unknown-field
a level that is not | {"cluster":{"features":{"group.version":3}}} | cluster.features["group.version"]: feature-level
an unknown version | {"cluster":{"version":"5.0"}} | cluster.version: not-one-of
a broker that is not | {"cluster":{"brokerConfig":{"4":{}}}} | cluster.brokerConfig["4"]: unknown-broker
a config key that is not | {"cluster":{"config":{"broker.sesion.timeout.ms":"1"}}} | cluster.config["broker.sesion.timeout.ms"]: unknown-config
a config that is no text | {"cluster":{"config":{"broker.session.timeout.ms":9000}}} | cluster.config["broker.session.timeout.ms"]: config-not-text
a config out of range | {"topics":[{"name":"orders","partitions":3,"config":{"segment.bytes":"20000"}}]} | topics[0].config["segment.bytes"]: refused
min ISR of one broker under ELR | {"cluster":{"brokerConfig":{"2":{"min.insync.replicas":"2"}}}} | cluster.brokerConfig["2"]["min.insync.replicas"]: refused
a fetch wait above the lag | {"cluster":{"config":{"replica.lag.time.max.ms":"100"}}} | cluster.config["replica.fetch.wait.max.ms"]: refused
301 partitions | {"topics":[{"name":"orders","partitions":301}]} | topics[0].partitions: above-max
a replication factor above brokers | {"topics":[{"name":"orders","partitions":3,"replicationFactor":4}]} | topics[0].replicationFactor: replication-above-brokers
partitions against assignment | {"topics":[{"name":"orders","partitions":3,"assignment":[[1],[2]]}]} | topics[0].partitions: partitions-against-assignment
an uneven assignment | {"topics":[{"name":"orders","assignment":[[1,2],[2]]}]} | topics[0].assignment[1]: uneven-assignment
a replica twice | {"topics":[{"name":"orders","assignment":[[1,1]]}]} | topics[0].assignment[0][1]: repeated-item
a replica on no broker | {"topics":[{"name":"orders","assignment":[[4]]}]} | topics[0].assignment[0][0]: unknown-broker
a topic twice | {"topics":[{"name":"orders","partitions":3},{"name":"orders"}]} | topics[1].name: repeated-topic
topics that collide | {"topics":[{"name":"orders","partitions":3},{"name":"a.b"},{"name":"a_b"}]} | topics[2].name: colliding-topic
a topic name that is none | {"topics":[{"name":"orders","partitions":3},{"name":"a b"}]} | topics[1].name: topic-name
an internal topic | {"topics":[{"name":"orders","partitions":3},{"name":"__consumer_offsets"}]} | topics[1].name: internal-topic
an id twice | {"consumers":[{"id":"p1","assign":["orders-0"]}]} | consumers[0].id: repeated-id
an empty id | {"producers":[{"id":""}]} | producers[0].id: empty-text
rate 0 | {"producers":[{"id":"p1","workload":{"topic":"orders","ratePerSecond":0}}]} | producers[0].workload.ratePerSecond: not-above-zero
a negative rate | {"producers":[{"id":"p1","workload":{"topic":"orders","ratePerSecond":-1}}]} | producers[0].workload.ratePerSecond: not-above-zero
a negative time | {"producers":[{"id":"p1","startMs":-1}]} | producers[0].startMs: negative-time
a field of another kind | {"producers":[{"id":"p1","workload":{"topic":"orders","keys":{"kind":"none","distinct":3}}}]} | producers[0].workload.keys.distinct: unknown-field
a kind that is not | {"producers":[{"id":"p1","workload":{"topic":"orders","values":{"kind":"random"}}}]} | producers[0].workload.values.kind: not-one-of
lines without a line | {"producers":[{"id":"p1","workload":{"topic":"orders","values":{"kind":"lines","text":""}}}]} | producers[0].workload.values.text: no-lines
transactions without an id | {"producers":[{"id":"p1","workload":{"topic":"orders","recordsPerTransaction":3}}]} | producers[0].workload.recordsPerTransaction: needs-transactional-id
acks against idempotence | {"producers":[{"id":"p1","config":{"acks":"1","enable.idempotence":"true"}}]} | producers[0].config.acks: refused
a consumer that reads nothing | {"consumers":[{"id":"c1"}]} | consumers[0]: no-source
assign with subscribe | {"consumers":[{"id":"c1","assign":["orders-0"],"subscribe":["orders"],"config":{"group.id":"g"}}]} | consumers[0].subscribe: two-sources
subscribe without a group | {"consumers":[{"id":"c1","subscribe":["orders"]}]} | consumers[0].subscribe: subscribe-without-group
a partition that is not | {"consumers":[{"id":"c1","assign":["orders-3"]}]} | consumers[0].assign[0]: unknown-partition
a text that is no partition | {"consumers":[{"id":"c1","assign":["orders"]}]} | consumers[0].assign[0]: not-a-partition
commit against the config | {"consumers":[{"id":"c1","assign":["orders-0"],"commit":"sync","config":{"group.id":"g","enable.auto.commit":"true"}}]} | consumers[0].config["enable.auto.commit"]: commit-conflict
the default commit against the config | {"consumers":[{"id":"c1","assign":["orders-0"],"config":{"group.id":"g","enable.auto.commit":"false"}}]} | consumers[0].config["enable.auto.commit"]: commit-conflict-default
commit without a group | {"consumers":[{"id":"c1","assign":["orders-0"],"commit":"sync"}]} | consumers[0].commit: commit-without-group
a pattern that is none | {"consumers":[{"id":"c1","subscribePattern":"(","config":{"group.id":"g"}}]} | consumers[0].subscribePattern: bad-pattern
a link to itself | {"network":{"links":[{"between":[[1],[1,2]]}]}} | network.links[0].between: both-sides
a link to nobody | {"network":{"links":[{"between":[[1],["p2"]]}]}} | network.links[0].between[1][0]: unknown-client
a link with one side | {"network":{"links":[{"between":[[1]]}]}} | network.links[0].between: wrong-type
more than all lost | {"network":{"links":[{"between":[[1],[2]],"lossPercent":101}]}} | network.links[0].lossPercent: above-max
four decimals | {"steps":[{"atMs":1.0005,"do":"broker.kill","broker":1}]} | steps[0].atMs: too-fine
a time before the start | {"steps":[{"atMs":-1,"do":"broker.kill","broker":1}]} | steps[0].atMs: negative-time
atMs and when | {"steps":[{"atMs":1,"when":{"acked":{"producer":"p1","count":1}},"do":"broker.kill","broker":1}]} | steps[0]: at-and-when
neither atMs nor when | {"steps":[{"do":"broker.kill","broker":1}]} | steps[0]: neither-at-nor-when
an unknown verb | {"steps":[{"atMs":1,"do":"broker.kil","broker":1}]} | steps[0].do: unknown-verb
no verb | {"steps":[{"atMs":1}]} | steps[0].do: missing-field
an unknown argument | {"steps":[{"atMs":1,"do":"broker.kill","broker":1,"force":true}]} | steps[0].force: unknown-field
a missing argument | {"steps":[{"atMs":1,"do":"broker.kill"}]} | steps[0].broker: missing-field
a node that is not | {"steps":[{"atMs":1,"do":"broker.kill","broker":7}]} | steps[0].broker: unknown-node
a partition of a send that is not | {"steps":[{"atMs":1,"do":"producer.send","producer":"p1","topic":"orders","partition":3}]} | steps[0].partition: unknown-partition
a producer that is a consumer | {"steps":[{"atMs":1,"do":"producer.flush","producer":"c1"}]} | steps[0].producer: unknown-producer
a config.set of no topic | {"steps":[{"atMs":1,"do":"config.set","scope":"topic","key":"flush.ms","value":"1"}]} | steps[0].entity: entity-scope
a config.set of a bad value | {"steps":[{"atMs":1,"do":"config.set","scope":"topic","entity":"orders","key":"flush.ms","value":"soon"}]} | steps[0].value: refused
a config.set of a bad key | {"steps":[{"atMs":1,"do":"config.set","scope":"topic","entity":"orders","key":"flush","value":"1"}]} | steps[0].key: unknown-config
a subscribe to nothing | {"steps":[{"atMs":1,"do":"consumer.subscribe","consumer":"c1"}]} | steps[0]: subscribe-to-what
a subscribe to both | {"steps":[{"atMs":1,"do":"consumer.subscribe","consumer":"c1","topics":["orders"],"pattern":"o.*"}]} | steps[0].pattern: subscribe-to-both
a subscribe to a bad pattern | {"steps":[{"atMs":1,"do":"consumer.subscribe","consumer":"c1","pattern":"o["}]} | steps[0].pattern: bad-pattern
previous of nothing | {"steps":[{"when":{"previous":true},"do":"broker.kill","broker":1}]} | steps[0].when.previous: nothing-previous
two events | {"steps":[{"when":{"acked":{"producer":"p1","count":1},"sent":{"producer":"p1","count":1}},"do":"broker.kill","broker":1}]} | steps[0].when: when-not-one
an unknown group | {"steps":[{"when":{"groupState":{"group":"g","is":"Stable"}},"do":"broker.kill","broker":1}]} | steps[0].when.groupState.group: unknown-group
a matcher with a slip | {"expect":{"records.lost":{"min":1,"maks":3}}} | expect["records.lost"].maks: matcher-field
a matcher of text | {"expect":{"records.lost":{"min":"1"}}} | expect["records.lost"].min: wrong-type`;

test.each(
  TABLE.trim()
    .split('\n')
    .map((line) => line.split(' | ')),
)('%s', (_, change, expected) => {
  expect(faultsOf(scenarioWith(JSON.parse(change ?? '')))).toEqual([expected]);
});

test('a text of more than 8 MiB, in bytes', () => {
  const withText = (text: string) =>
    faultsOf(
      scenarioWith({ producers: [{ id: 'p1', workload: { topic: 'orders', values: { kind: 'lines', text } } }] }),
    );
  expect(withText('é'.repeat(4_194_305))).toEqual(['producers[0].workload.values.text: text-too-large']);
  expect(withText('é'.repeat(4_194_304))).toEqual([]);
});

describe('as a whole', () => {
  test.each([null, 3, 'x', [], {}, [1], true])('%o is no scenario', (json) => {
    expect(faultsOf(json)).toEqual([': not-a-scenario']);
  });

  test('several faults are told at once', () => {
    const json = scenarioWith({ seed: -1, steps: [{ atMs: -1, do: 'broker.kill', broker: 9 }], what: 1 });
    expect(faultsOf(json)).toEqual([
      'what: unknown-field',
      'seed: below-min',
      'steps[0].atMs: negative-time',
      'steps[0].broker: unknown-node',
    ]);
  });

  test('a file of faults is told in part, and that it is in part', () => {
    const topics = Array.from({ length: 900 }, () => ({ nmae: 'x' }));
    const parsed = validateScenario({ kafkascope: 1, topics }, 'test.json');
    expect(parsed.ok).toBe(false);
    if (parsed.ok) return;
    expect(parsed.problems).toHaveLength(201);
    expect(parsed.problems.at(-1)?.message).toBe('1600 more problems are not listed.');
  });
});

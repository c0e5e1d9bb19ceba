import { formatProblem, type ParsedScenario, validateScenario } from '../parse-scenario.ts';

/** The scenario of CONTRACT.md, letter for letter. */
export const CONTRACT_EXAMPLE = `{ "kafkascope": 1, "title": "acks=1 loses", "note": "anything", "seed": 7, "untilMs": 20000,
  "cluster": { "version": "4.3", "brokers": 3, "controllers": 1, "racks": ["a", "b", "c"], "features": { "eligible.leader.replicas.version": 1 },
               "config": { "broker.session.timeout.ms": "9000" }, "brokerConfig": { "2": { } }, "brokerVersions": { "3": "3.9" } },
  "topics": [ { "name": "orders", "partitions": 3, "replicationFactor": 3, "assignment": [[1,2,3],[2,3,1],[3,1,2]],
                "config": { "min.insync.replicas": "1" } } ],
  "producers": [ { "id": "p1", "config": { "acks": "1" },
                   "workload": { "topic": "orders", "count": 1000, "ratePerSecond": 200, "startMs": 500,
                                 "keys": { "kind": "cycle", "values": ["a", "b"] },
                                 "values": { "kind": "lines", "text": "..." } } } ],
  "consumers": [ { "id": "c1", "joinMs": 1000, "config": { "group.id": "billing", "group.protocol": "classic" },
                   "subscribe": ["orders"], "processMs": 2, "commit": "auto" } ],
  "network": { "latencyMs": 1, "jitterMs": 0, "bandwidthMbps": 1000, "links": [ { "between": [[1],[2,3]], "latencyMs": 40 } ] },
  "disk": { "flushMs": 0, "throughputMBps": 500 },
  "steps": [ { "atMs": 4000, "do": "broker.kill", "broker": 1 } ],
  "expect": { "records.lost": 3, "records.acked": { "min": 200 }, "errors.NotEnoughReplicasException": { "min": 1 },
              "partitions.orders-0.isr": [2, 3], "groups.billing.state": "Stable" } }`;

/** A right scenario with one producer and one consumer, whose fields a test replaces. */
export function scenarioWith(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    kafkascope: 1,
    topics: [{ name: 'orders', partitions: 3 }],
    producers: [{ id: 'p1', workload: { topic: 'orders' } }],
    consumers: [{ id: 'c1', assign: ['orders-0'] }],
    ...change,
  };
}

/** The scenario, which must be right. */
export function rightly(json: unknown): Extract<ParsedScenario, { ok: true }> {
  const parsed = validateScenario(json, 'test.json');
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join('\n'));
  return parsed;
}

/** The problems as "place: code", to be read in a list. */
export function faultsOf(json: unknown): string[] {
  const parsed = validateScenario(json, 'test.json');
  return parsed.ok ? [] : parsed.problems.map((problem) => `${problem.place}: ${problem.code}`);
}

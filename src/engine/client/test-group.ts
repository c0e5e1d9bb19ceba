/** For tests of members against real brokers: short ways to build a group and to ask what its members sent and said. */
import { vectorGet, vectorLength } from '../../base/vector.ts';
import type { ScenarioConsumer } from '../../protocol/scenario.ts';
import type { LogLineFact } from '../kernel/world.ts';
import { type ClusterOptions, TestCluster } from '../test-cluster.ts';
import type { ConsumerState } from './consumer-state.ts';
import type { GroupMembership } from './group-membership.ts';

export const Api = { COMMIT: 8, OFFSETS: 9, FIND: 10, JOIN: 11, HEARTBEAT: 12, LEAVE: 13, SYNC: 14 } as const;

const CLASSES = {
  range: 'RangeAssignor',
  roundrobin: 'RoundRobinAssignor',
  sticky: 'StickyAssignor',
  cooperative: 'CooperativeStickyAssignor',
} as const;

/** partition.assignment.strategy of these assignors, in order. */
export function strategy(...names: (keyof typeof CLASSES)[]): Readonly<Record<string, string>> {
  const classes = names.map((name) => `org.apache.kafka.clients.consumer.${CLASSES[name]}`);
  return { 'partition.assignment.strategy': classes.join(',') };
}

/** A member of group g that reads topic t from its beginning; its session is 10 s. */
export function member(id: string, joinMs: number, rest: Partial<ScenarioConsumer> = {}): ScenarioConsumer {
  const config = {
    'group.id': 'g',
    'auto.offset.reset': 'earliest',
    'session.timeout.ms': '10000',
    ...rest.config,
  };
  const source = rest.subscribePattern === undefined ? { subscribe: ['t'] } : {};
  return { id, joinMs, ...source, ...rest, config };
}

export function groupCluster(consumers: ScenarioConsumer[], options: ClusterOptions = {}): TestCluster {
  return new TestCluster({ partitions: 4, producer: {}, consumers, ...options });
}

export function consumerOf(k: TestCluster, id: string): ConsumerState {
  return k.world.consumers.find((c) => c.id === id) as ConsumerState;
}

export function membershipOf(k: TestCluster, id: string): GroupMembership {
  return consumerOf(k, id).membership as GroupMembership;
}

/** Runs until all of these members are in one generation and nobody wants to join again. */
export function settle(k: TestCluster, ...ids: string[]): TestCluster {
  return k.until(() => {
    const generations = new Set(ids.map((id) => membershipOf(k, id).generation));
    return (
      generations.size === 1 &&
      ids.every((id) => {
        const { group, membership } = consumerOf(k, id);
        return membership?.state === 'stable' && group?.join === 'none' && !group.rejoinNeeded;
      })
    );
  }, 120_000);
}

/** Requests of one API (or their answers) that a member sent, oldest first. */
export function calls<T>(
  k: TestCluster,
  id: string,
  apiKey: number,
  toServer = true,
): { readonly atMs: number; readonly body: T }[] {
  const node = k.world.nodeById.get(id);
  return k.traffic
    .filter(({ message: m }) => m.apiKey === apiKey && m.toServer === toServer && (toServer ? m.from : m.to) === node)
    .map(({ message: m }) => ({ atMs: m.sentUs / 1000, body: m.body as T }));
}

export function told(k: TestCluster, key: string): LogLineFact[] {
  const lines = Array.from({ length: vectorLength(k.world.lines) }, (_, i) => vectorGet(k.world.lines, i));
  return lines.filter((line) => line.phrase.key === key);
}

/** "assigned t-0, t-1 gen 1" and the like, in order: what the rebalance listener of a member heard. */
export function callbacks(k: TestCluster, id: string): string[] {
  const names: Readonly<Record<string, string>> = {
    'log.member.assigned': 'assigned',
    'log.member.idle': 'assigned',
    'log.member.keeps': 'assigned',
    'log.member.revoked': 'revoked',
    'log.member.hands-over': 'revoked',
    'log.member.lost': 'lost',
  };
  const lines = Array.from({ length: vectorLength(k.world.lines) }, (_, i) => vectorGet(k.world.lines, i));
  return lines.flatMap(({ phrase: { key, params } }) => {
    const name = names[key];
    if (name === undefined || params.consumer !== id) return [];
    const which = key === 'log.member.keeps' || key === 'log.member.idle' ? '' : String(params.partitions);
    return [`${name}[${which}] gen ${params.generation}`];
  });
}

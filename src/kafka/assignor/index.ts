/** The client-side assignors by class and name. The algorithms come late (load.ts): what a configuration asks stands here. */
import { lateModule } from '../../base/late-module.ts';
import type { Assignor } from './assignor.ts';

export type { Assignor } from './assignor.ts';

export const lateAssignors = lateModule<typeof import('./all.ts')>('assignors');

interface Known {
  readonly name: string;
  readonly protocols: Assignor['protocols'];
}

const PACKAGE = 'org.apache.kafka.clients.consumer.';
const CLASSES: ReadonlyMap<string, Known> = new Map([
  ['RangeAssignor', { name: 'range', protocols: ['EAGER'] }],
  ['RoundRobinAssignor', { name: 'roundrobin', protocols: ['EAGER'] }],
  ['StickyAssignor', { name: 'sticky', protocols: ['EAGER'] }],
  ['CooperativeStickyAssignor', { name: 'cooperative-sticky', protocols: ['COOPERATIVE', 'EAGER'] }],
] as const satisfies readonly (readonly [string, Known])[]);

/** The entries of partition.assignment.strategy that are classes of Kafka's, in order. */
export function knownAssignors(classNames: readonly string[]): Known[] {
  return classNames.flatMap((name) => (name.startsWith(PACKAGE) && CLASSES.get(name.slice(PACKAGE.length))) || []);
}

export function assignorByName(name: string): Assignor | null {
  return lateAssignors.ASSIGNORS.get(name) ?? null;
}

/** The rebalance protocol of a consumer is the highest that all of its assignors support (rule 75). */
export function isCooperative(classNames: readonly string[]): boolean {
  const known = knownAssignors(classNames);
  return known.length > 0 && known.every(({ protocols }) => protocols.includes('COOPERATIVE'));
}

/** Whether a consumer with these assignors can be simulated: all are Kafka's own. */
export function canRun(classNames: readonly string[]): boolean {
  const known = knownAssignors(classNames);
  return known.length > 0 && known.length === classNames.length;
}

/** The client-side assignors by name. Those that partition.assignment.strategy knows and this project does not run yet are null. */
import type { Assignor } from './assignor.ts';
import { rangeAssignor } from './range.ts';

export type { Assignor } from './assignor.ts';

interface Known {
  readonly name: string;
  readonly protocols: Assignor['protocols'];
  readonly assignor: Assignor | null;
}

const CLASSES: ReadonlyMap<string, Known> = new Map([
  [
    'org.apache.kafka.clients.consumer.RangeAssignor',
    { name: 'range', protocols: rangeAssignor.protocols, assignor: rangeAssignor },
  ],
  [
    'org.apache.kafka.clients.consumer.RoundRobinAssignor',
    { name: 'roundrobin', protocols: ['EAGER'], assignor: null },
  ],
  ['org.apache.kafka.clients.consumer.StickyAssignor', { name: 'sticky', protocols: ['EAGER'], assignor: null }],
  [
    'org.apache.kafka.clients.consumer.CooperativeStickyAssignor',
    { name: 'cooperative-sticky', protocols: ['COOPERATIVE', 'EAGER'], assignor: null },
  ],
] as const satisfies readonly (readonly [string, Known])[]);

/** The entries of partition.assignment.strategy that are classes of Kafka's, in order. */
export function knownAssignors(classNames: readonly string[]): Known[] {
  return classNames.flatMap((name) => CLASSES.get(name) ?? []);
}

export function assignorByName(name: string): Assignor | null {
  for (const known of CLASSES.values()) if (known.name === name) return known.assignor;
  return null;
}

/**
 * Whether a consumer with these assignors can be simulated: it must follow the eager protocol (the highest that all of them
 * support), and the first one that is offered must be one that runs here.
 */
export function canRun(classNames: readonly string[]): boolean {
  const known = knownAssignors(classNames);
  const cooperative = known.length > 0 && known.every(({ protocols }) => protocols.includes('COOPERATIVE'));
  return !cooperative && known[0]?.assignor != null && known.length === classNames.length;
}

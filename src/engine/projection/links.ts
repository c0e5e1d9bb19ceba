import type { World } from '../kernel/world.ts';
import type { LinkState } from '../net/connection-state.ts';

/** The link between two brokers' hosts as it is, null where none was ever used. Reading makes none. */
export function linkOf(w: World, fromBroker: number, toBroker: number): LinkState | null {
  const from = w.brokerNode[fromBroker];
  const to = w.brokerNode[toBroker];
  return w.links.find((link) => link.from === from && link.to === to) ?? null;
}

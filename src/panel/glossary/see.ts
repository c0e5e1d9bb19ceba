/** Where a word can be seen in the cluster that is on the stage now. */
import type { DetailTab, Frame, PartitionView, ThingId } from '../../protocol/frame.ts';
import type { See, SeeThing } from './terms.ts';

const first = <T>(list: readonly T[], make: (item: T) => ThingId): ThingId | null =>
  list[0] === undefined ? null : make(list[0]);

/** The partition that is looked at, else the first: what is selected already shows the word best. */
function partitionOf(frame: Frame, selection: ThingId | null): PartitionView | null {
  const name = /^(?:partition:|replica:)(.+?)(?:@\d+)?$/.exec(selection ?? '')?.[1];
  return frame.partitions.find((partition) => partition.name === name) ?? frame.partitions[0] ?? null;
}

function replicaOf(partition: PartitionView | null, role: 'leader' | 'follower'): ThingId | null {
  const found =
    partition?.replicas.find((replica) => replica.role === role) ??
    partition?.replicas.find((replica) => (role === 'leader') === replica.wasLeader);
  return partition === null || found === undefined ? null : `replica:${partition.name}@${found.broker}`;
}

function thingOf(kind: SeeThing['kind'], frame: Frame, selection: ThingId | null): ThingId | null {
  const same = (prefix: string): ThingId | null => (selection?.startsWith(`${prefix}:`) === true ? selection : null);
  switch (kind) {
    case 'broker':
    case 'controller': {
      const list = kind === 'broker' ? frame.brokers : frame.controllers;
      // A broker may be the controller itself.
      const own = list.length > 0 ? list : frame.brokers.filter((broker) => broker.isController);
      return same(kind) ?? first(own, ({ id }) => (list.length > 0 ? `${kind}:${id}` : `broker:${id}`));
    }
    case 'producer':
      return same('producer') ?? first(frame.producers, ({ id }) => `producer:${id}`);
    case 'reader':
      return same('consumer') ?? first(frame.consumers, ({ id }) => `consumer:${id}`);
    case 'group':
      return same('group') ?? first(frame.groups, ({ id }) => `group:${id}`);
    case 'member':
      return first(
        frame.consumers.filter(({ group }) => group !== null),
        ({ id }) => `consumer:${id}`,
      );
    case 'topic':
      return same('topic') ?? first(frame.partitions, ({ topic }) => `topic:${topic}`);
    case 'partition':
      return first(
        [partitionOf(frame, selection)].filter((p) => p !== null),
        ({ name }) => `partition:${name}`,
      );
    case 'leader':
    case 'follower':
      return replicaOf(partitionOf(frame, selection), kind);
  }
}

/** The thing that shows a word and the tab it stands in; null when this cluster has none. */
export function seeIn(
  see: See,
  frame: Frame | null,
  selection: ThingId | null,
): { readonly thing: ThingId; readonly tab: DetailTab } | null {
  if ('ledger' in see || frame === null) return null;
  const thing = thingOf(see.kind, frame, selection);
  return thing === null ? null : { thing, tab: see.tab };
}

/** Racks as the sticky assignors look at them (Kafka: AbstractStickyAssignor.RackInfo, KIP-881). */
import type { Partitions, StickyMember } from './members.ts';

export interface RackInfo {
  /** Whether racks decide anything here. */
  readonly used: boolean;
  /** By member number; null: none, or racks are not used. */
  readonly memberRacks: readonly (string | null)[];
  /** By partition number; undefined for partitions that do not exist, and where racks are not used. */
  readonly partitionRacks: readonly (ReadonlySet<string> | undefined)[];
  /** How many members sit in a rack of the partition; null: no member has a rack. */
  readonly readersNearby: readonly number[] | null;
}

export function rackInfo(partitions: Partitions, members: readonly StickyMember[]): RackInfo {
  const inRack = new Map<string, number>();
  for (const { rack } of members) if (rack !== null) inRack.set(rack, (inRack.get(rack) ?? 0) + 1);
  const none: RackInfo = { used: false, memberRacks: members.map(() => null), partitionRacks: [], readersNearby: null };
  if (inRack.size === 0) return none;
  const racks = partitions.topics.flatMap(({ partitionRacks }) =>
    partitionRacks.map((list) => new Set(list.filter((rack) => rack !== null))),
  );
  const all = new Set(racks.flatMap((set) => [...set]));
  const readersNearby = racks.map((set) => [...set].reduce((sum, rack) => sum + (inRack.get(rack) ?? 0), 0));
  const shared = [...inRack.keys()].some((rack) => all.has(rack));
  // Where every partition has a replica in every rack, nothing can be gained.
  if (!shared || racks.every((set) => set.size === all.size)) return { ...none, readersNearby };
  return { used: true, memberRacks: members.map(({ rack }) => rack), partitionRacks: racks, readersNearby };
}

/** A reader without a rack is at home everywhere. */
export function racksMismatch(info: RackInfo, member: number, partition: number): boolean {
  const rack = info.memberRacks[member] ?? null;
  return rack !== null && !info.partitionRacks[partition]?.has(rack);
}

/** Partitions with few readers nearby come first. */
export function sortByReadersNearby(info: RackInfo, list: readonly number[]): number[] {
  const { readersNearby } = info;
  if (readersNearby === null || readersNearby.length === 0) return [...list];
  return [...list].sort((a, b) => (readersNearby[a] ?? 0) - (readersNearby[b] ?? 0));
}

/** The place in `list` of the next member, from `first` on and round, that sits in a rack of the partition; -1: none. */
export function nextInRack(info: RackInfo, partition: number, list: readonly number[], first: number): number {
  const racks = info.partitionRacks[partition];
  if (racks === undefined || racks.size === 0) return -1;
  for (let i = 0; i < list.length; i++) {
    const at = (first + i) % list.length;
    const rack = info.memberRacks[list[at] as number] ?? null;
    if (rack !== null && racks.has(rack)) return at;
  }
  return -1;
}

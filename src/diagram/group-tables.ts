/** A frame's groups with what their cells look up. */
import type { Frame, GroupPartitionView, GroupView } from '../protocol/frame.ts';

/** A group with what its cells look up, made once a frame. */
export interface GroupTable {
  readonly group: GroupView;
  readonly partitions: ReadonlyMap<string, GroupPartitionView>;
  readonly members: ReadonlyMap<string, number>;
  /** The first hue of its members: two groups beside each other do not share their first ones. */
  readonly hue: number;
}

export function groupTables(frame: Frame): GroupTable[] {
  let members = 0;
  const hueOf = (group: GroupView): number => {
    members += group.members.length;
    return members - group.members.length;
  };
  return frame.groups.map((group) => ({
    group,
    hue: hueOf(group),
    partitions: new Map(group.partitions.map((p) => [p.partition, p])),
    members: new Map(group.members.map((m, i) => [m.consumer, i])),
  }));
}

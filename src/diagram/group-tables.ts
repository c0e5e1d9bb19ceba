/** A frame's groups with what their cells look up. */
import type { Frame, GroupPartitionView, GroupView } from '../protocol/frame.ts';

/** A group with what its cells look up, made once a frame. */
export interface GroupTable {
  readonly group: GroupView;
  readonly partitions: ReadonlyMap<string, GroupPartitionView>;
  readonly members: ReadonlyMap<string, number>;
}

export function groupTables(frame: Frame): GroupTable[] {
  return frame.groups.map((group) => ({
    group,
    partitions: new Map(group.partitions.map((p) => [p.partition, p])),
    members: new Map(group.members.map((m, i) => [m.consumer, i])),
  }));
}

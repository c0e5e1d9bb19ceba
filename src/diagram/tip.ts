/** The record under a pointer; what is said of it stands in tip-lines.ts. */
import type { Frame, ReplicaView } from '../protocol/frame.ts';
import { offsetAt } from './axis.ts';
import type { Layout } from './layout.ts';

export interface RecordAt {
  readonly partition: string;
  readonly replica: ReplicaView;
  readonly hw: number;
  readonly offset: number;
  readonly id: number;
}

/** `x`, `y`: in the content's coordinates. */
export function recordAt(
  frame: Frame,
  layout: Layout,
  bases: ReadonlyMap<string, number>,
  thing: string,
  x: number,
  y: number,
): RecordAt | null {
  const match = /^replica:(.+)@(\d+)$/.exec(thing);
  if (match === null) return null;
  const column = frame.partitions.findIndex((p) => p.name === match[1]);
  const partition = frame.partitions[column];
  const row = frame.brokers.findIndex((b) => b.id === Number(match[2]));
  const replica = partition?.replicas.find((r) => r.broker === Number(match[2]));
  if (partition === undefined || replica === undefined || row < 0) return null;
  const top = (layout.rowY[row] as number) + layout.cellY;
  if (y < top - 2 || y > top + layout.cellHeight + 2) return null;
  const axis = {
    base: bases.get(partition.name) ?? 0,
    slots: layout.slots,
    pitch: layout.pitch,
    cell: layout.cell,
    x0: layout.pad,
  };
  const offset = offsetAt(axis, x - (layout.columnX[column] as number));
  if (offset === null || offset >= replica.leo || offset < replica.logStart) return null;
  const i = offset - replica.log.base;
  if (replica.log.keys[i] === undefined) return null;
  return { partition: partition.name, replica, hw: partition.hw, offset, id: replica.log.ids[i] ?? -1 };
}

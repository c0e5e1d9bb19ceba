/** The record under a pointer, and what is said of it. */
import type { Frame, ReplicaView, WorldInfo } from '../protocol/frame.ts';
import { type Language, text } from '../text/index.ts';
import { offsetAt } from './axis.ts';
import { FLAG } from './cells.ts';
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

export function tipLines(at: RecordAt, info: WorldInfo, language: Language): string[] {
  const say = (key: string, params = {}): string => text(language, key, params);
  const i = at.offset - at.replica.log.base;
  const key = at.replica.log.keys[i] ?? -1;
  const flags = at.replica.log.flags[i] ?? 0;
  const lines = [say('stage.tip.offset', { offset: String(at.offset) })];
  if (key === -2) return [...lines, say('stage.tip.gap')];
  if ((flags & FLAG.control) !== 0) return [...lines, say('stage.tip.control')];
  lines.push(key < 0 ? say('stage.tip.noKey') : say('stage.tip.key', { key: info.keys[key] ?? '' }));
  const open = at.offset >= at.hw;
  const acked = (flags & FLAG.acked) !== 0;
  if ((flags & FLAG.lost) !== 0) lines.push(say('stage.tip.lost'));
  else lines.push(say(open ? (acked ? 'stage.tip.risk' : 'stage.tip.open') : 'stage.tip.safe'));
  if ((flags & FLAG.twice) !== 0) lines.push(say('stage.tip.twice'));
  if ((flags & FLAG.differs) !== 0 && (flags & FLAG.lost) === 0) lines.push(say('stage.tip.differs'));
  if ((flags & FLAG.delivered) !== 0) lines.push(say('stage.tip.delivered'));
  return lines;
}

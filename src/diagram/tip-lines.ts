/** What is said of the record under a pointer: loaded with the first that is pointed at. */
import type { WorldInfo } from '../protocol/frame.ts';
import { type Language, text } from '../text/index.ts';
import { FLAG } from './cells.ts';
import type { RecordAt } from './tip.ts';

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

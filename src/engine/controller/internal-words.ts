/**
 * Internal topics have fifty partitions that mostly share one fate: what befalls several of them in one moment is one line.
 * Observers only.
 */
import { vectorGet, vectorLength, vectorPush, vectorTruncate } from '../../base/vector.ts';
import { tell } from '../kernel/schedule.ts';
import type { LogLineFact, World } from '../kernel/world.ts';
import type { PartitionRegistration } from './metadata-image.ts';

/** One change of a partition says at most this many lines, so a like one of the partition before stands so near. */
const LOOK_BACK = 4;

type What = 'elected' | 'leaderless' | 'left' | 'joined';

export function tellInternal(w: World, what: What, about: { readonly topic: string; readonly broker: number }): void {
  const key = `log.internal.${what}`;
  const length = vectorLength(w.lines);
  for (let i = length - 1; i >= Math.max(0, length - LOOK_BACK); i--) {
    const line = vectorGet(w.lines, i);
    const { params } = line.phrase;
    if (line.atUs !== w.nowUs || line.phrase.key !== key) continue;
    if (params.broker !== about.broker || params.topic !== about.topic) continue;
    replace(w, i, { ...line, phrase: { key, params: { ...params, count: Number(params.count) + 1 } } });
    return;
  }
  tell(w, key, { ...about, count: 1 }, [`topic:${about.topic}`, `broker:${about.broker}`]);
}

function replace(w: World, at: number, line: LogLineFact): void {
  const after: LogLineFact[] = [];
  for (let i = at + 1; i < vectorLength(w.lines); i++) after.push(vectorGet(w.lines, i));
  vectorTruncate(w.lines, at, w.gen);
  for (const one of [line, ...after]) vectorPush(w.lines, one, w.gen);
}

export function tellInternalIsr(w: World, old: PartitionRegistration, now: PartitionRegistration): void {
  for (const broker of old.isr) if (!now.isr.includes(broker)) tellInternal(w, 'left', { topic: now.topic, broker });
  for (const broker of now.isr) if (!old.isr.includes(broker)) tellInternal(w, 'joined', { topic: now.topic, broker });
}

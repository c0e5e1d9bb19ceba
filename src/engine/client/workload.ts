/** The records of a scenario's workload: when record k is due and what is in it. */
import { nextInt } from '../../base/random.ts';
import type { Bytes } from '../../kafka/records/bytes.ts';
import type { ResolvedKeys, ResolvedValues, ResolvedWorkload } from '../../protocol/scenario.ts';
import { stream, type World } from '../kernel/world.ts';
import type { ProducerState } from './producer-state.ts';
import { sampleOrder } from './sample-orders.ts';

export const USUAL_VALUE_BYTES = 100;

/** Record k is due at startUs + floor(k * 1e6 / rate); Infinity once all are sent or without a workload. */
export function nextDueUs(p: ProducerState): number {
  const { workload, workloadNext: k } = p;
  if (workload === null || (workload.count !== null && k >= workload.count)) return Number.POSITIVE_INFINITY;
  return workload.startUs + Math.floor((k * 1e6) / workload.ratePerSecond);
}

export function workloadKey(w: World, id: string, keys: ResolvedKeys, k: number): Bytes {
  switch (keys.kind) {
    case 'none':
      return null;
    case 'cycle':
      return keys.values.length === 0 ? null : (keys.values[k % keys.values.length] as string);
    case 'lines':
      return keys.lines.length === 0 ? null : (keys.lines[k % keys.lines.length] as string | null);
    case 'random':
      return `key-${nextInt(stream(w, `workload:${id}`), keys.distinct)}`;
  }
}

export function workloadValue(values: ResolvedValues, k: number): Bytes {
  switch (values.kind) {
    case 'size':
      return sizedValue(values.bytes);
    case 'lines':
      return values.lines.length === 0 ? '' : (values.lines[k % values.lines.length] as string | null);
    case 'json':
      return sampleOrder(k);
  }
}

/** Values by size, made once: their content is always the same letters. No state: what is looked up equals what would be made. */
const sized = new Map<number, Uint8Array>();

export function sizedValue(bytes: number): Uint8Array {
  let value = sized.get(bytes);
  if (value === undefined) {
    value = new Uint8Array(bytes);
    for (let i = 0; i < bytes; i++) value[i] = 97 + (i % 26);
    sized.set(bytes, value);
  }
  return value;
}

/** The learner's own text in place of the workload's values; it takes effect with the next record. */
export function withLines(workload: ResolvedWorkload, lines: readonly string[]): ResolvedWorkload {
  return { ...workload, values: { kind: 'lines', lines: [...lines] } };
}

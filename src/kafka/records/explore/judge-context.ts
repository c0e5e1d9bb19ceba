/** What the judgement needs to know beside the bytes; whoever leaves a field out gets what is usual. */
import type { Fact, FieldReading, Testimony, Witness } from '../byte-field.ts';
import type { ProduceConfig } from '../convert/produced.ts';

export interface JudgeContext {
  /** The topic and the broker that the producer sends to; for formats v0 and v1 a broker of their time is asked. */
  readonly produce?: ProduceConfig;
  /** The brokers' clock, milliseconds since the epoch; absent: the batch's own largest timestamp. */
  readonly nowMs?: number | bigint;
  /** Where the segment begins; absent: at this batch. */
  readonly segmentBase?: number | bigint;
  /** The leader epoch that the follower fetches with; absent: that of the batch. */
  readonly fetchEpoch?: number;
}

/** What a witness saw, without what he would read. */
export type Sight = Omit<Testimony, 'reads'>;

export const NO_READINGS: readonly FieldReading[] = [];

export function says(witness: Witness, key: string, params: Fact['params'] = {}, rest: Partial<Sight> = {}): Sight {
  const message = { key: `byte-map.${witness}.${key}`, params };
  return { witness, config: null, notices: false, error: null, exception: null, why: null, ...rest, message };
}

/** What was thrown, by the name of its Java class and the reason as data, if it has one. */
export function thrownBy(error: unknown): { readonly exception: string; readonly why: Fact | null } {
  if (!(error instanceof Error)) throw error;
  const { exception, fact } = error as Error & { exception?: string; fact?: Fact };
  if (exception === undefined) throw error;
  return { exception, why: fact ?? null };
}

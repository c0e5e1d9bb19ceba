/** A lane: what something is, from one moment to the next, without holes. Plain bookkeeping; knows nothing of Kafka. */

export interface Span<T> {
  readonly fromUs: number;
  readonly untilUs: number;
  readonly value: T;
}

export interface Lane<T> {
  readonly done: Span<T>[];
  sinceUs: number;
  value: T;
}

export function newLane<T>(fromUs: number, value: T): Lane<T> {
  return { done: [], sinceUs: fromUs, value };
}

/** From now on it is something else. What lasted no microsecond leaves no span. */
export function changeTo<T>(lane: Lane<T>, atUs: number, value: T): void {
  if (atUs > lane.sinceUs) lane.done.push({ fromUs: lane.sinceUs, untilUs: atUs, value: lane.value });
  lane.sinceUs = atUs;
  lane.value = value;
}

/** All spans up to `untilUs`; neighbours that are `same` are one. */
export function spansUntil<T>(lane: Lane<T>, untilUs: number, same: (a: T, b: T) => boolean): Span<T>[] {
  const all = [...lane.done];
  if (untilUs > lane.sinceUs) all.push({ fromUs: lane.sinceUs, untilUs, value: lane.value });
  const merged: Span<T>[] = [];
  for (const span of all) {
    const last = merged.at(-1);
    if (last !== undefined && last.untilUs === span.fromUs && same(last.value, span.value))
      merged[merged.length - 1] = { ...last, untilUs: span.untilUs };
    else merged.push(span);
  }
  return merged;
}

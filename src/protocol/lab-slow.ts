/** The slowest member of a lab's group. */
import type { Words } from './frame.ts';
import { labWords } from './lab-triggers.ts';
import type { ScenarioConsumer } from './scenario.ts';
import { usToMs } from './time.ts';

/** So many records make a poll of the slowest member at most. */
const SLOW_RECORDS = 10;

/**
 * The last member takes `slowestMs` for the records of one poll: as many as surely lie ready each time (at most ten, at
 * least one), each an equal part of it.
 */
export function slow(
  members: readonly ScenarioConsumer[],
  slowestMs: number,
  recordsPerSecond: number,
): { members: readonly ScenarioConsumer[]; words: Words | null } {
  const last = members.at(-1);
  if (slowestMs <= 0 || last === undefined) return { members, words: null };
  const ready = Math.floor((recordsPerSecond * slowestMs) / 2000);
  const records = Math.max(1, Math.min(SLOW_RECORDS, ready));
  const recordUs = Math.round((slowestMs * 1000) / records);
  const slowed = {
    ...last,
    processMs: usToMs(recordUs),
    config: { ...last.config, 'max.poll.records': String(records) },
  };
  const words = labWords('setup.slow', { consumer: last.id, records, recordUs, batchUs: recordUs * records });
  return { members: [...members.slice(0, -1), slowed], words };
}

/** Puts the engine's timeline rows together; pure. */
import type { TimelineDelta } from '../protocol/frame.ts';
import type { TimelineState } from './model.ts';

export const EMPTY_TIMELINE: TimelineState = {
  bucketUs: 100_000,
  requests: [],
  atRisk: [],
  marks: [],
  lines: [],
  commands: [],
  branches: [],
};

/** Rows with a known id take the old one's place, others are appended in the order they come. */
function upsert<T extends { readonly id: number }>(old: readonly T[], rows: readonly T[]): readonly T[] {
  if (rows.length === 0) return old;
  const last = old.length === 0 ? -Infinity : old[old.length - 1]!.id;
  // The usual case, many times a second: only new rows with rising ids.
  if (rows[0]!.id > last && rows.every((row, i) => i === 0 || row.id > rows[i - 1]!.id)) return [...old, ...rows];
  const byId = new Map(old.map((row) => [row.id, row]));
  for (const row of rows) byId.set(row.id, row);
  return [...byId.values()];
}

function place(old: readonly number[], from: number, rows: readonly number[]): readonly number[] {
  if (rows.length === 0) return old;
  const next = old.slice(0, Math.max(from, old.length));
  while (next.length < from) next.push(0);
  for (const [i, row] of rows.entries()) next[from + i] = row;
  return next;
}

export function applyTimeline(old: TimelineState, delta: TimelineDelta): TimelineState {
  const base = delta.reset ? EMPTY_TIMELINE : old;
  const commands = upsert(base.commands, delta.commands);
  return {
    bucketUs: delta.bucketUs,
    requests: place(base.requests, delta.fromBucket, delta.requests),
    atRisk: place(base.atRisk, delta.fromBucket, delta.atRisk),
    marks: upsert(base.marks, delta.marks),
    lines: upsert(base.lines, delta.lines),
    commands: commands === base.commands ? commands : [...commands].sort((a, b) => a.atUs - b.atUs || a.id - b.id),
    // The list comes as a whole, since a branch may be taken away.
    branches: delta.branches.length > 0 ? delta.branches : base.branches,
  };
}

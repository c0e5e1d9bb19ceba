/** Lines, lane marks and buckets of the time strip, out of the world's facts; rows are numbered by their place. */
import { vectorGet, vectorLength } from '../../base/vector.ts';
import type { BranchView, CommandView, LaneMark, LogLine, Phrase, ThingId } from '../../protocol/frame.ts';
import type { Branch } from '../kernel/history/branch.ts';
import { BUCKET_US } from '../kernel/run.ts';
import type { LogLineFact, World } from '../kernel/world.ts';
import { lateTitles } from '../slots.ts';

export const TIMELINE_BUCKET_US = BUCKET_US;
/** Lines of one thing that the inspector lists, the newest ones. */
const MAX_LINES_ABOUT = 200;

export function linesFrom(w: World, from: number): LogLine[] {
  const lines: LogLine[] = [];
  for (let id = from; id < vectorLength(w.lines); id++) lines.push(lineOf(vectorGet(w.lines, id), id));
  return lines;
}

function lineOf({ atUs, phrase, about, tone }: LogLineFact, id: number): LogLine {
  return { id, atUs, phrase, about, tone };
}

export function marksFrom(w: World, from: number): LaneMark[] {
  const marks: LaneMark[] = [];
  for (let id = from; id < vectorLength(w.lines); id++) {
    const { atUs, phrase, about, lane, fromUs } = vectorGet(w.lines, id);
    if (lane === null) continue;
    const mark = { id, lane, atUs, phrase: shortPhrase(phrase), about };
    marks.push(fromUs === undefined ? mark : { ...mark, fromUs });
  }
  return marks;
}

/** What a lane says is as short as a label. */
const SHORT: readonly (readonly [start: string, mark: string])[] = [
  ['log.elected.unclean', 'mark.elected-unclean'],
  ['log.elected.last-known', 'mark.elected-unclean'],
  ['log.elected.', 'mark.elected'],
  ['log.leaderless.', 'mark.leaderless'],
  ['log.isr.shrunk.', 'mark.isr-shrunk'],
  ['log.isr.grew', 'mark.isr-grew'],
  ['log.isr.empty', 'mark.isr-empty'],
  ['log.elr.changed', 'mark.elr'],
  ['log.lost', 'mark.lost'],
  ['log.broker.power-lost', 'mark.power-lost'],
  ['log.truncated', 'mark.truncated'],
  ['log.broker.fenced', 'mark.fenced'],
  ['log.broker.unfenced', 'mark.unfenced'],
  ['log.producer.failed', 'mark.failed'],
  ['log.producer.expired', 'mark.failed'],
  ['log.duplicate', 'mark.duplicated'],
  ['log.hw.stands', 'mark.hw-stands'],
  ['log.group.stable', 'mark.group-stable'],
  ['log.group.preparing.', 'mark.group-preparing'],
  ['log.group.session-ended', 'mark.group-out'],
  ['log.group.not-rejoined', 'mark.group-out'],
  ['log.group.not-synced', 'mark.group-out'],
  ['log.group.left', 'mark.group-left'],
  ['log.group.empty', 'mark.group-empty'],
  ['log.group.loaded', 'mark.group-loaded'],
  ['log.group.offsets-expired', 'mark.group-expired'],
  ['log.modern.stable', 'mark.modern-stable'],
  ['log.modern.bumped.', 'mark.modern-bumped'],
  ['log.modern.fenced.', 'mark.group-out'],
  ['log.modern.left', 'mark.group-left'],
  ['log.modern.empty', 'mark.group-empty'],
  ['log.modern.loaded', 'mark.group-loaded'],
  ['log.modern.migrated.', 'mark.modern-migrated'],
];

function shortPhrase({ key, params }: Phrase): Phrase {
  for (const [start, mark] of SHORT)
    if (key.startsWith(start) && key !== 'log.truncated-none' && key !== 'log.duplicate-refused')
      return { key: mark, params };
  return { key, params };
}

export function linesAbout(w: World, thing: ThingId): LogLine[] {
  const lines: LogLine[] = [];
  for (let id = vectorLength(w.lines) - 1; id >= 0 && lines.length < MAX_LINES_ABOUT; id--) {
    const fact = vectorGet(w.lines, id);
    if (fact.about.some((about) => isAbout(about, thing))) lines.push(lineOf(fact, id));
  }
  return lines.reverse();
}

/** A topic's lines are those of its partitions, a replica's those of its partition and of its broker. */
function isAbout(about: ThingId, thing: ThingId): boolean {
  if (about === thing) return true;
  if (thing.startsWith('topic:'))
    return about.startsWith(`partition:${thing.slice(6)}-`) && /^[0-9]+$/.test(about.slice(thing.length + 5));
  if (thing.startsWith('replica:')) return about === `partition:${thing.slice(8, thing.lastIndexOf('@'))}`;
  return false;
}

export function bucketsFrom(w: World, from: number): { requests: number[]; atRisk: number[] } {
  const requests: number[] = [];
  const atRisk: number[] = [];
  for (let i = from; i < vectorLength(w.requestBuckets); i++) {
    requests.push(vectorGet(w.requestBuckets, i));
    atRisk.push(vectorGet(w.riskBuckets, i));
  }
  return { requests, atRisk };
}

export function commandViews(branch: Branch): CommandView[] {
  return branch.content.entries.map(({ id, atUs, command, off, origin }) => ({
    id,
    atUs,
    command,
    phrase: lateTitles.phraseOf(command),
    off,
    origin,
  }));
}

export function branchViews(branches: readonly Branch[], current: Branch): BranchView[] {
  return branches.map(({ id, parent, forkUs, title, what, name, note }) => {
    return { id, parent, forkUs, title, what, name, note, current: id === current.id };
  });
}

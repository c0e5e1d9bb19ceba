/** What came of it: the reveal by value, the 40 ms between answer and copy, and the same seconds with acks=all. */
import type { Answers } from '../../protocol/engine-client.ts';
import type { LessonAction, LessonWorld, RevealView } from '../../scenario/lesson-view.ts';
import { type LessonStep, phrase, predicted } from '../step.ts';
import { acksCard } from './cards.ts';
import { GOLDEN_A1 } from './golden.ts';
import {
  byValue,
  currentBranch,
  FIRST_FOLLOWER,
  figuresOf,
  LEADER,
  type LostRow,
  lostRows,
  memory,
  PARTITION,
  PRODUCER,
  remember,
  shorten,
} from './memory.ts';
import { AFTER_KILL, WITH_ALL } from './predictions.ts';

export const BADGE = phrase('lesson.lost.badge', {
  version: GOLDEN_A1.version,
  lost: GOLDEN_A1.lost,
  acked: GOLDEN_A1.acked,
  fromUs: GOLDEN_A1.electionUs[0],
  toUs: GOLDEN_A1.electionUs[1],
});

export const askSummary: Extract<LessonAction, { do: 'ask' }> = {
  do: 'ask',
  as: 'summary',
  question: (world) => ({ ask: 'summary', branch: currentBranch(world), atUs: world.frame.atUs }),
};
export const askLost: LessonAction = {
  do: 'ask',
  as: 'lost',
  question: () => ({ ask: 'records', which: 'lost', limit: 1000, from: 0 }),
};

const SHOWN = 3;

/** The lost by what they said, each a door to its story. */
export function revealLost(rows: readonly LostRow[]): RevealView[] {
  const values = byValue(rows);
  const shown: RevealView[] = values.slice(0, SHOWN).map(({ row, count }) => ({
    phrase: phrase(count === 1 ? 'lesson.lost.gone' : 'lesson.lost.gone-many', { value: shorten(row.value), count }),
    tone: 'harm',
    record: row.id,
  }));
  const rest = rows.length - values.slice(0, SHOWN).reduce((sum, { count }) => sum + count, 0);
  if (rest > 0) shown.push({ phrase: phrase('lesson.lost.gone-more', { count: rest }), tone: 'harm', record: null });
  return shown;
}

const killCommand = (world: LessonWorld) =>
  world.commands.findLast(({ command, off }) => !off && command.do === 'broker.kill' && command.broker === LEADER);

/** How long after an election two runs are compared. */
const AFTER_ELECTION_US = 1_500_000;
/** A retry starts this much later than the kill, so that it meets another moment. */
const LATER_US = 137_000;

export const reveal: LessonStep = {
  id: 'reveal',
  back: 'kill',
  prediction: { of: 'kill', is: AFTER_KILL },
  enter: () => ({ actions: [{ do: 'pause' }, askLost, askSummary] }),
  answered(as, answer) {
    if (as === 'lost') {
      return { data: remember({ lostRows: lostRows((answer as Answers['records']).rows) }) };
    }
    return { data: remember({ first: figuresOf(answer as Answers['summary']) }) };
  },
  show(_world, data) {
    const { first, lostRows: rows = [], atRiskAtKill = 0, killUs = 0, electedUs = 0 } = memory(data);
    if (first === undefined) return { title: phrase('lesson.lost.reveal.asking') };
    if (first.lost === 0) {
      return {
        title: phrase('lesson.lost.reveal.lucky'),
        body: [phrase('lesson.lost.reveal.lucky-body')],
        reveal: first.luck === null ? [] : [{ phrase: first.luck, tone: 'plain', record: null }],
        button: { label: phrase('lesson.lost.reveal.again'), enabled: true },
        quiet: [{ id: 'on', label: phrase('lesson.lost.reveal.on') }],
      };
    }
    return {
      title: phrase('lesson.lost.reveal.title', { count: first.lost }),
      body: [
        phrase('lesson.lost.reveal.body', {
          atRisk: Math.max(atRiskAtKill, first.lost),
          saved: Math.max(0, atRiskAtKill - first.lost),
          count: first.lost,
          waitUs: Math.max(0, electedUs - killUs),
          broker: FIRST_FOLLOWER,
        }),
      ],
      reveal: revealLost(rows),
      badge: BADGE,
      button: { label: phrase('lesson.lost.reveal.button'), enabled: true },
    };
  },
  press(world, data) {
    const { first, killUs = 0, attempt = 0 } = memory(data);
    if (first === undefined) return {};
    if (first.lost > 0) return { to: 'next' };
    const command = killCommand(world);
    return {
      to: 'kill',
      data: remember({ attempt: attempt + 1 }),
      actions: [
        ...(command === undefined ? [] : [{ do: 'delete-command', id: command.id } as const]),
        { do: 'seek', atUs: killUs + LATER_US * (attempt + 1) },
      ],
    };
  },
  // With nothing lost there is no gap to step back into.
  quiet: () => ({ to: 'all' }),
};

/** Step back: the record has its yes, its copy is on the way, the leader still lives. */
export const back: LessonStep = {
  id: 'back',
  back: 'kill',
  enter(_world, data) {
    const { lostRows: rows = [], killUs = 0 } = memory(data);
    const gapRow = rows.find(({ ackedUs }) => ackedUs < killUs) ?? rows[0] ?? null;
    if (gapRow === null) return {};
    return {
      data: remember({ gapRow }),
      actions: [
        { do: 'pause' },
        { do: 'seek', atUs: gapRow.ackedUs < killUs ? Math.round((gapRow.ackedUs + killUs) / 2) : killUs - 1 },
        { do: 'select', thing: `record:${gapRow.id}` },
        { do: 'emphasis', things: [`record:${gapRow.id}`, `partition:${PARTITION}`] },
      ],
    };
  },
  show({ frame }, data) {
    const { gapRow, killUs = 0 } = memory(data);
    if (gapRow == null)
      return { title: phrase('lesson.lost.back.title'), button: { label: phrase('lesson.next'), enabled: true } };
    // The answer may have been on its way when its sender died.
    const late = gapRow.ackedUs >= killUs;
    const firstUs = Math.min(gapRow.ackedUs, killUs);
    return {
      title: phrase('lesson.lost.back.title'),
      body: [
        phrase(late ? 'lesson.lost.back.late' : 'lesson.lost.back.body', {
          ackedUs: gapRow.ackedUs,
          killUs,
          gapUs: Math.abs(killUs - gapRow.ackedUs),
          offset: gapRow.offset,
          value: shorten(gapRow.value),
        }),
        phrase('lesson.lost.back.hint'),
      ],
      moments: [
        { at: gapRow.ackedUs, key: 'lesson.lost.back.acked', tone: 'risk' as const },
        { at: killUs, key: 'lesson.lost.back.killed', tone: 'harm' as const },
      ]
        .sort((a, b) => a.at - b.at)
        .map(({ at, key, tone }) => ({
          atUs: at,
          sinceUs: at - firstUs,
          phrase: phrase(key),
          tone,
          reached: frame.atUs >= at,
        })),
      button: { label: phrase('lesson.lost.back.button'), enabled: true },
    };
  },
};

/** The same seconds, the same kill, one setting changed: acks=all. */
export const all: LessonStep = {
  id: 'all',
  back: 'kill',
  prediction: { of: 'all', is: WITH_ALL },
  enter: (_world, data) => ({
    data: { all: undefined },
    actions: [
      { do: 'pause' },
      // Both runs are compared a little after the election, when checkout has found the new leader.
      { do: 'seek', atUs: (memory(data).electedUs ?? memory(data).first?.atUs ?? 0) + AFTER_ELECTION_US },
      { do: 'select', thing: `producer:${PRODUCER}` },
      { do: 'emphasis', things: [] },
    ],
  }),
  show(_world, data) {
    const { first, all: after } = memory(data);
    if (first === undefined || after === undefined) {
      return {
        title: phrase('lesson.lost.all.title'),
        body: [phrase('lesson.lost.all.body')],
        button: { label: phrase('lesson.lost.all.button'), enabled: predicted(data, 'all') !== null },
      };
    }
    return {
      title: phrase(after.lost === 0 ? 'lesson.lost.all.none' : 'lesson.lost.all.some', { count: after.lost }),
      body: [
        phrase(after.idempotent && !first.idempotent ? 'lesson.lost.all.after-idempotent' : 'lesson.lost.all.after', {
          lostBefore: first.lost,
          lost: after.lost,
          ackBeforeUs: first.ackHealthyUs,
          ackUs: after.ackHealthyUs,
          leaderlessUs: after.leaderlessUs,
        }),
      ],
      cards: [acksCard(first, after)],
      button: { label: phrase('lesson.lost.all.next'), enabled: true },
      quiet: [{ id: 'changed', label: phrase('lesson.all-changes') }],
    };
  },
  press(_world, data) {
    if (memory(data).all !== undefined) return { to: 'next' };
    return {
      actions: [
        { ...askSummary, as: 'before' },
        {
          do: 'configure',
          edits: [{ scope: 'producer', entity: PRODUCER, key: 'acks', value: 'all' }],
          from: 'start',
        },
        askSummary,
      ],
    };
  },
  answered(as, answer) {
    const figures = figuresOf(answer as Answers['summary']);
    return { data: remember(as === 'before' ? { first: figures } : { all: figures }) };
  },
  quiet(_id, _world, data) {
    const { first, all: after } = memory(data);
    if (first === undefined || after === undefined) return {};
    return { actions: [{ do: 'changed', from: first.branch, to: after.branch, atUs: after.atUs }] };
  },
};

/** The second half of the truth: acks=all with one copy in sync, a power cut, min.insync.replicas=2, and the way on. */
import type { Answers } from '../../protocol/engine-client.ts';
import type { LessonAction } from '../../scenario/lesson-view.ts';
import { isDone, type LessonStep, phrase, predicted } from '../step.ts';
import { acksCard, minIsrCard } from './cards.ts';
import { GOLDEN_POWER } from './golden.ts';
import {
  broker,
  currentBranch,
  figuresOf,
  LEADER,
  lostRows,
  memory,
  PARTITION,
  partition,
  remember,
} from './memory.ts';
import { POWER_CUT } from './predictions.ts';
import { askLost, askSummary, BADGE, revealLost } from './steps-lost.ts';

/** After both orderly stops and after a flush, so that everything from before them is on broker 1's disk. */
const ONE_COPY_AT_US = 12_400_000;
/** The scenario's own power cut and restarts are left out: the learner does them. */
const STOPS = 2;

/** Long enough for checkout to find its leader again, in this run and in the one it is compared with. */
const SETTLE_US = 2_000_000;

const POWER_BADGE = phrase('lesson.lost.power.badge', GOLDEN_POWER);

const REFUSED = 'NOT_ENOUGH_REPLICAS';
const askRefused: LessonAction = { do: 'ask', as: 'refused', question: () => ({ ask: 'result' }) };

/** One copy in sync: "all" is one. At risk says 0, and yet. */
export const one: LessonStep = {
  id: 'one',
  back: 'kill',
  prediction: { of: 'one', is: POWER_CUT },
  enter: (_world, data) => ({
    data: { one: undefined, two: undefined, oneRows: undefined, powerUs: undefined, backUs: undefined },
    actions: [
      {
        do: 'open',
        scenario: 'lesson-one-copy',
        atUs: ONE_COPY_AT_US,
        steps: STOPS,
        words: memory(data).words ?? null,
      },
      { do: 'select', thing: `partition:${PARTITION}` },
      { do: 'emphasis', things: [`broker:${LEADER}`, `partition:${PARTITION}`] },
      { do: 'play' },
    ],
  }),
  show({ frame }, data) {
    const bytes = broker(frame, LEADER)?.unflushedBytes ?? 0;
    return {
      title: phrase('lesson.lost.one.title'),
      body: [
        phrase('lesson.lost.one.body', { atRisk: frame.totals.atRisk }),
        phrase('lesson.lost.one.memory', { bytes }),
      ],
      figure: { label: phrase('lesson.lost.one.in-sync'), value: partition(frame)?.isr.length ?? 0, tone: 'plain' },
      button: { label: phrase('lesson.lost.one.button'), enabled: predicted(data, 'one') !== null },
    };
  },
  press: () => ({ actions: [{ do: 'command', command: { do: 'host.powerLoss', broker: LEADER } }, { do: 'play' }] }),
  done({ frame }) {
    const state = broker(frame, LEADER)?.state;
    return state === 'power-off' || state === 'down';
  },
  after: ({ frame }) => ({
    to: 'next',
    data: remember({
      powerUs: broker(frame, LEADER)?.sinceUs ?? frame.atUs,
      epochAtPower: partition(frame)?.leaderEpoch ?? 0,
    }),
  }),
};

/** Nobody else may lead: the partition waits for broker 1, which comes back with what its disk had. */
export const power: LessonStep = {
  id: 'power',
  back: 'one',
  prediction: { of: 'one', is: POWER_CUT },
  enter: () => ({ actions: [{ do: 'play' }] }),
  press({ frame }, data) {
    const { one: after, backUs } = memory(data);
    if (after !== undefined) return { to: 'next' };
    if (backUs !== undefined) return { actions: [{ do: 'skip' }, { do: 'play' }] };
    const start = (id: number): LessonAction => ({ do: 'command', command: { do: 'broker.start', broker: id } });
    return {
      data: remember({ backUs: frame.atUs }),
      actions: [start(2), start(3), start(LEADER), { do: 'play' }],
    };
  },
  done({ frame }, data) {
    const orders = partition(frame);
    const { epochAtPower, backUs } = memory(data);
    // Losing the leader is one epoch, the next leader another.
    return (
      backUs !== undefined &&
      orders !== undefined &&
      orders.leader > 0 &&
      orders.leaderEpoch > (epochAtPower ?? 0) &&
      orders.available
    );
  },
  after: ({ frame }) => ({
    actions: [{ do: 'pause' }, { do: 'seek', atUs: frame.atUs + SETTLE_US }, askLost, askRefused, askSummary],
  }),
  answered(as, answer, _world, data) {
    if (as === 'lost') return { data: remember({ oneRows: lostRows((answer as Answers['records']).rows) }) };
    if (as === 'refused') return { data: { oneRefused: (answer as Answers['result']).requestErrors[REFUSED] ?? 0 } };
    return { data: remember({ one: figuresOf(answer as Answers['summary'], Number(data.oneRefused ?? 0)) }) };
  },
  show({ frame }, data) {
    const { one: after, oneRows = [], backUs, epochAtPower } = memory(data);
    const orders = partition(frame);
    if (after !== undefined) {
      return {
        title: phrase(after.lost > 0 ? 'lesson.lost.power.gone' : 'lesson.lost.power.lucky', { count: after.lost }),
        body: [
          phrase(after.lost > 0 ? 'lesson.lost.power.why' : 'lesson.lost.power.why-not', { leo: orders?.leo ?? 0 }),
        ],
        reveal: revealLost(oneRows),
        badge: after.lost > 0 ? POWER_BADGE : null,
        button: { label: phrase('lesson.lost.power.next'), enabled: !isDone(data, 'power') || after !== undefined },
      };
    }
    const leaderless = orders?.leader === -1;
    if (backUs === undefined) {
      return {
        title: phrase('lesson.lost.power.title'),
        body: [phrase(leaderless ? 'lesson.lost.power.leaderless' : 'lesson.lost.power.dark')],
        button: { label: phrase('lesson.lost.power.start'), enabled: true },
      };
    }
    const others = leaderless || (orders?.leaderEpoch ?? 0) > (epochAtPower ?? 0);
    return {
      title: phrase('lesson.lost.power.title'),
      body: [phrase(others ? 'lesson.lost.power.others-wait' : 'lesson.lost.power.refused-return')],
      button: { label: phrase('lesson.skip-wait'), enabled: true },
    };
  },
};

/** The same seconds with min.insync.replicas=2: no yes that one broker alone stands for. */
export const refuse: LessonStep = {
  id: 'refuse',
  back: 'one',
  enter: () => ({
    data: { two: undefined },
    actions: [
      { do: 'pause' },
      { do: 'select', thing: 'topic:orders' },
      { do: 'emphasis', things: [] },
      {
        do: 'configure',
        edits: [{ scope: 'topic', entity: 'orders', key: 'min.insync.replicas', value: '2' }],
        from: 'start',
      },
      askRefused,
      askSummary,
    ],
  }),
  answered(as, answer, _world, data) {
    if (as === 'refused') return { data: { twoRefused: (answer as Answers['result']).requestErrors[REFUSED] ?? 0 } };
    return { data: remember({ two: figuresOf(answer as Answers['summary'], Number(data.twoRefused ?? 0)) }) };
  },
  show({ frame }, data) {
    const { one: before, two: after } = memory(data);
    if (before === undefined || after === undefined) return { title: phrase('lesson.lost.refuse.replaying') };
    return {
      title: phrase(after.lost === 0 ? 'lesson.lost.refuse.title' : 'lesson.lost.refuse.some', { count: after.lost }),
      body: [
        phrase('lesson.lost.refuse.body', { refused: after.refused ?? 0 }),
        phrase('lesson.lost.refuse.leader', { leader: partition(frame)?.leader ?? 0 }),
      ],
      cards: [minIsrCard(before, after)],
      button: { label: phrase('lesson.lost.refuse.button'), enabled: true },
      quiet: [{ id: 'changed', label: phrase('lesson.all-changes') }],
    };
  },
  quiet(_id, world, data) {
    const { one: before, two: after } = memory(data);
    if (before === undefined || after === undefined) return {};
    return { actions: [{ do: 'changed', from: before.branch, to: currentBranch(world), atUs: after.atUs }] };
  },
};

/** What was changed and what it did; what a real cluster did; three doors. */
export const changed: LessonStep = {
  id: 'changed',
  back: 'one',
  enter: () => ({
    actions: [
      { do: 'select', thing: null },
      { do: 'emphasis', things: [] },
    ],
  }),
  show(_world, data) {
    const { first, all, one: before, two: after } = memory(data);
    return {
      title: phrase('lesson.lost.changed.title'),
      body: [phrase('lesson.lost.changed.body')],
      cards: [
        ...(first === undefined || all === undefined ? [] : [acksCard(first, all)]),
        ...(before === undefined || after === undefined ? [] : [minIsrCard(before, after)]),
      ],
      badge: BADGE,
      doors: ['next', 'labs', 'free'].map((id) => ({
        id,
        title: phrase(`lesson.lost.door.${id}`),
        note: phrase(`lesson.lost.door.${id}-note`),
      })),
    };
  },
  quiet(id) {
    if (id === 'next') {
      return {
        actions: [
          { do: 'open', scenario: 'd1-no-idempotence-retries', atUs: 1_500_000 },
          { do: 'play' },
          { do: 'fold' },
        ],
      };
    }
    if (id === 'labs') return { actions: [{ do: 'labs' }] };
    return { actions: [{ do: 'fold' }, { do: 'play' }] };
  },
};

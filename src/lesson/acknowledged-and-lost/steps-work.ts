/** The first half: a cluster at work, one record followed, your own words, the kill and the wait. */
import type { Answers } from '../../protocol/engine-client.ts';
import { DEFAULT_AT_US } from '../../scenario/default.ts';
import type { LessonAction } from '../../scenario/lesson-view.ts';
import { text } from '../../text/index.ts';
import { isDone, type LessonStep, phrase, predicted } from '../step.ts';
import {
  broker,
  FIRST_FOLLOWER,
  isShopAtWork,
  LEADER,
  memory,
  PARTITION,
  PRODUCER,
  partition,
  remember,
  shorten,
} from './memory.ts';
import { AFTER_KILL } from './predictions.ts';

const OPEN_SHOP: LessonAction = { do: 'open', scenario: 'default', atUs: DEFAULT_AT_US };

/** A cluster at work: who writes, who keeps, who copies, who reads. */
export const work: LessonStep = {
  id: 'work',
  enter: (world) => ({
    actions: [
      ...(isShopAtWork(world.frame) ? [] : [OPEN_SHOP]),
      { do: 'select', thing: null },
      { do: 'emphasis', things: [] },
      { do: 'play' },
    ],
  }),
  show({ frame }) {
    // A link or a file came first: it stays until the learner wants the lesson.
    if (!isShopAtWork(frame)) {
      return {
        title: phrase('lesson.lost.name'),
        body: [phrase('lesson.lost.work.elsewhere')],
        button: { label: phrase('lesson.lost.work.begin'), enabled: true },
      };
    }
    return {
      title: phrase('lesson.lost.work.title'),
      body: [
        phrase('lesson.lost.work.body'),
        phrase('lesson.lost.work.so-far', { sent: frame.totals.sent, delivered: frame.totals.delivered }),
      ],
      button: { label: phrase('lesson.lost.work.button'), enabled: true },
    };
  },
  press: ({ frame }) => (isShopAtWork(frame) ? { to: 'next' } : { actions: [OPEN_SHOP, { do: 'play' }] }),
};

const RECENT = 400;

/** One record from send() to copy, acknowledgement and read. The story is one that the engine has already told to its end. */
export const follow: LessonStep = {
  id: 'follow',
  enter: () => ({
    data: remember({ followed: null }),
    actions: [
      { do: 'pause' },
      {
        do: 'ask',
        as: 'records',
        question: ({ frame }) => ({
          ask: 'records',
          which: 'delivered',
          limit: RECENT,
          from: Math.max(0, frame.totals.delivered - RECENT),
        }),
      },
    ],
  }),
  answered(as, answer, _world, data) {
    if (as === 'records') {
      const { rows } = answer as Answers['records'];
      const whole = rows.filter((row) => row.partition === PARTITION && row.fate === 'safe' && row.ackedUs !== null);
      const row = whole.at(-1) ?? rows.at(-1);
      if (row === undefined) return {};
      return {
        data: { rowAckedUs: row.ackedUs },
        actions: [{ do: 'ask', as: 'story', question: () => ({ ask: 'story', id: row.id }) }],
      };
    }
    const story = answer as Answers['story'];
    const sentUs = story?.moments[0]?.atUs;
    if (story === null || sentUs === undefined) return {};
    const at = (key: string): number | null => story.moments.find(({ phrase: said }) => said.key === key)?.atUs ?? null;
    const followed = {
      id: story.id,
      value: story.value ?? '',
      offset: story.offset ?? 0,
      sentUs,
      ackedUs: typeof data.rowAckedUs === 'number' ? data.rowAckedUs : null,
      safeUs: at('story.fetched-all') ?? at('story.safe'),
      moments: story.moments,
    };
    return {
      data: remember({ followed }),
      actions: [
        { do: 'seek', atUs: Math.max(0, sentUs - 2000) },
        { do: 'select', thing: `record:${story.id}` },
        { do: 'emphasis', things: [`record:${story.id}`, `partition:${PARTITION}`] },
        { do: 'play' },
      ],
    };
  },
  done({ frame }, data) {
    const last = memory(data).followed?.moments.at(-1);
    return last !== undefined && frame.atUs >= last.atUs;
  },
  show({ frame }, data) {
    const { followed } = memory(data);
    const value = shorten(followed?.value ?? '');
    const over = isDone(data, 'follow');
    const gap =
      followed?.ackedUs == null || followed.safeUs == null || followed.safeUs <= followed.ackedUs
        ? null
        : phrase('lesson.lost.follow.gap', {
            ackUs: followed.ackedUs - followed.sentUs,
            gapUs: followed.safeUs - followed.ackedUs,
          });
    return {
      title: phrase('lesson.lost.follow.title'),
      body: [phrase('lesson.lost.follow.body', { value })],
      moments: (followed?.moments ?? []).map((moment) => ({
        atUs: moment.atUs,
        sinceUs: moment.atUs - (followed?.sentUs ?? 0),
        phrase: moment.phrase,
        tone: moment.tone,
        reached: over || moment.atUs <= frame.atUs,
      })),
      reveal: over && gap !== null ? [{ phrase: gap, tone: 'risk', record: null }] : [],
      button: { label: phrase('lesson.next'), enabled: over || followed === null },
      quiet: over ? [] : [{ id: 'to-end', label: phrase('lesson.skip') }],
    };
  },
  quiet(_id, _world, data) {
    const last = memory(data).followed?.moments.at(-1);
    return last === undefined ? { to: 'next' } : { actions: [{ do: 'pause' }, { do: 'seek', atUs: last.atUs }] };
  },
};

const LINES = ['lesson.lost.words.line1', 'lesson.lost.words.line2', 'lesson.lost.words.line3'];

/** Three lines are there; change them, and they are what flows, from the start. */
export const words: LessonStep = {
  id: 'words',
  enter: () => ({
    actions: [{ do: 'pause' }, { do: 'select', thing: `producer:${PRODUCER}` }, { do: 'emphasis', things: [] }],
  }),
  show: (_world, data) => ({
    title: phrase('lesson.lost.words.title'),
    body: [phrase('lesson.lost.words.body')],
    input: {
      label: phrase('lesson.lost.words.label'),
      lines:
        memory(data)
          .words?.split('\n')
          .map((line) => phrase('lesson.raw', { text: line })) ?? LINES.map((key) => phrase(key)),
    },
    button: { label: phrase('lesson.lost.words.button'), enabled: true },
    quiet: [{ id: 'keep', label: phrase('lesson.lost.words.keep') }],
  }),
  press({ language }, data, input) {
    const mine = input
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .join('\n');
    const before = memory(data).words ?? LINES.map((key) => text(language, key)).join('\n');
    if (mine === '' || mine === before) return { to: 'next' };
    return {
      to: 'next',
      data: remember({ words: mine }),
      actions: [{ do: 'workload', producer: PRODUCER, text: mine }],
    };
  },
  quiet: () => ({ to: 'next' }),
};

/** At risk now: n. A prediction, then the one big button. The broker may as well be killed from its own menu. */
export const kill: LessonStep = {
  id: 'kill',
  prediction: { of: 'kill', is: AFTER_KILL },
  enter: ({ frame }, data) => ({
    data: { first: undefined, all: undefined, lostRows: undefined, killUs: undefined, electedUs: undefined },
    actions: [
      // Gone back to from later: the shop anew, with the learner's lines.
      ...(isShopAtWork(frame) ? [] : [{ ...OPEN_SHOP, words: memory(data).words ?? null }]),
      { do: 'select', thing: `partition:${PARTITION}` },
      { do: 'emphasis', things: [`partition:${PARTITION}`, `link:${LEADER}>${FIRST_FOLLOWER}`] },
      { do: 'play' },
    ],
  }),
  show({ frame }, data) {
    const atRisk = partition(frame)?.atRisk ?? frame.totals.atRisk;
    const link = frame.links.find(({ from, to }) => from === `broker:${LEADER}` && to === `broker:${FIRST_FOLLOWER}`);
    return {
      title: phrase('lesson.lost.kill.title'),
      body: [
        link === undefined
          ? phrase('lesson.lost.kill.body')
          : phrase('lesson.lost.kill.body-slow', { latencyUs: link.latencyUs }),
      ],
      figure: { label: phrase('lesson.lost.kill.at-risk'), value: atRisk, tone: atRisk > 0 ? 'risk' : 'plain' },
      button: { label: phrase('lesson.lost.kill.button'), enabled: predicted(data, 'kill') !== null },
    };
  },
  press: () => ({ actions: [{ do: 'command', command: { do: 'broker.kill', broker: LEADER } }, { do: 'play' }] }),
  done({ frame }) {
    const state = broker(frame, LEADER)?.state;
    return state === 'down' || state === 'power-off';
  },
  after: ({ frame }) => ({
    to: 'next',
    data: remember({
      killUs: broker(frame, LEADER)?.sinceUs ?? frame.atUs,
      atRiskAtKill: partition(frame)?.atRisk ?? frame.totals.atRisk,
    }),
  }),
};

/** The controller waits for broker 1's session; the ring says how long. Ends with the election. */
export const wait: LessonStep = {
  id: 'wait',
  back: 'kill',
  enter: () => ({
    actions: [
      { do: 'select', thing: `partition:${PARTITION}` },
      { do: 'emphasis', things: [`broker:${LEADER}`, `partition:${PARTITION}`] },
      { do: 'play' },
    ],
  }),
  done({ frame }) {
    // Elected is not enough: what is lost shows when the new leader has heard of it and its log counts.
    const orders = partition(frame);
    const leader = orders?.leader;
    if (orders === undefined || leader === undefined || leader === LEADER || leader === -1) return false;
    return (orders.replicas.find(({ broker: id }) => id === leader)?.leaderEpoch ?? -1) >= orders.leaderEpoch;
  },
  after: ({ frame }) => ({
    to: 'next',
    data: remember({ electedUs: frame.atUs }),
    actions: [{ do: 'pause' }],
  }),
  show({ frame }, data) {
    const dead = broker(frame, LEADER);
    const lastUs = dead?.lastHeartbeatUs ?? memory(data).killUs ?? frame.atUs;
    const endsUs = dead?.sessionEndsUs ?? null;
    const gone = partition(frame)?.leader === -1;
    const body =
      gone || endsUs === null || frame.atUs >= endsUs
        ? [phrase(gone ? 'lesson.lost.wait.leaderless' : 'lesson.lost.wait.soon')]
        : [
            phrase('lesson.lost.wait.body', { silentUs: Math.max(0, frame.atUs - lastUs), sessionUs: endsUs - lastUs }),
            phrase('lesson.lost.wait.meanwhile', { atRisk: memory(data).atRiskAtKill ?? 0 }),
          ];
    return {
      title: phrase('lesson.lost.wait.title'),
      body,
      ring:
        endsUs === null
          ? null
          : {
              startUs: lastUs,
              endUs: endsUs,
              nowUs: frame.atUs,
              label: phrase('lesson.lost.wait.ring', { remainingUs: Math.max(0, endsUs - frame.atUs) }),
            },
      button: { label: phrase('lesson.skip-wait'), enabled: true },
    };
  },
  press: () => ({ actions: [{ do: 'skip' }, { do: 'play' }] }),
};

/** The lesson's steps against small hand-made frames: what ends a step, what it asks, what it says. */
import { describe, expect, test } from 'vitest';
import type { BranchSummary, RecordRow, RecordStory } from '../../protocol/frame.ts';
import type { LessonData, LessonOutcome, LessonWorld, StepView } from '../../scenario/lesson-view.ts';
import { hasText } from '../../text/index.ts';
import { LESSONS } from '../index.ts';
import { makeBroker, makePartition, makeProducer, makeWorld, TOTALS } from '../lesson.fixture.ts';
import { acknowledgedAndLost as lesson } from './index.ts';

const STEPS = ['work', 'follow', 'words', 'kill', 'wait', 'reveal', 'back', 'all', 'one', 'power', 'refuse', 'changed'];
const at = (id: string): number => STEPS.indexOf(id);
const does = (outcome: LessonOutcome | null): string[] => (outcome?.actions ?? []).map((action) => action.do);
const merge = (data: LessonData, outcome: LessonOutcome | null): LessonData => ({ ...data, ...outcome?.data });

function summary(change: Partial<BranchSummary> = {}, lost = 0): BranchSummary {
  const ack = {
    p50: 0,
    p99: 0,
    p50WhileHealthy: 10_000,
    p99WhileHealthy: 0,
    p50DuringFailover: 0,
    p99DuringFailover: 0,
  };
  return {
    branch: 0,
    atUs: 20_000_000,
    totals: { ...TOTALS, lost },
    ack,
    leaderless: [{ partition: 'orders-0', totalUs: 8_500_000 }],
    settings: [
      { thing: 'producer:checkout', key: 'acks', value: '1', set: true },
      { thing: 'producer:checkout', key: 'enable.idempotence', value: 'false', set: false },
    ],
    errors: [],
    luck: null,
    ...change,
  };
}

function row(id: number, value: string, ackedUs: number, change: Partial<RecordRow> = {}): RecordRow {
  return {
    id,
    producer: 'checkout',
    ordinal: id,
    partition: 'orders-0',
    offset: id,
    key: 'Anna Roth',
    value,
    fate: 'lost',
    sentUs: ackedUs - 10_000,
    ackedUs,
    ...change,
  };
}

/** Every sentence that a view says. */
function keysOf(view: StepView): string[] {
  const keys: string[] = [];
  JSON.stringify(view, (_name, value: unknown) => {
    if (typeof value === 'object' && value !== null && 'key' in value && 'params' in value)
      keys.push(String(value.key));
    return value;
  });
  return keys;
}

const down = (state: 'down' | 'power-off', sinceUs: number) => [
  makeBroker(1, { state, sinceUs }),
  makeBroker(2),
  makeBroker(3),
];

describe('an acknowledged message, lost', () => {
  test('it is offered, and its steps are in the order of the story', () => {
    expect(LESSONS.map(({ id }) => id)).toEqual(['acknowledged-and-lost']);
    const world = makeWorld();
    expect(Array.from({ length: lesson.steps }, (_, i) => lesson.view(i, world, {}).id)).toEqual(STEPS);
  });

  test('every sentence of every step exists', () => {
    const lost = [row(1, 'Dear Anna', 8_999_000), row(2, 'Dear Anna', 8_999_500), row(3, 'Dear Mei', 8_999_600)];
    const figures = {
      branch: 0,
      atUs: 20_000_000,
      lost: 3,
      acked: 9,
      pending: 0,
      failed: 0,
      ackHealthyUs: 9000,
      leaderlessUs: 8_500_000,
      idempotent: false,
      luck: null,
      refused: 0,
    };
    const rows = lost.map(({ id, value, offset, ackedUs }) => ({ id, value, offset, ackedUs }));
    const memories: LessonData[] = [
      {},
      {
        followed: {
          id: 1,
          value: 'Dear Anna',
          offset: 1,
          sentUs: 0,
          ackedUs: 10,
          safeUs: 20,
          moments: [{ atUs: 0, phrase: { key: 'story.sent', params: {} }, about: [], tone: 'plain' }],
        },
        done: { follow: true },
        first: figures,
        all: { ...figures, lost: 0, idempotent: true },
        one: figures,
        two: { ...figures, lost: 0, refused: 12 },
        lostRows: rows,
        oneRows: rows,
        gapRow: rows[0],
        killUs: 9_000_000,
      },
      { first: { ...figures, lost: 0 }, all: figures, one: { ...figures, lost: 0 }, two: figures, backUs: 1 },
      { backUs: 1, epochAtPower: 0 },
    ];
    const worlds = [
      makeWorld(),
      makeWorld({ links: [], brokers: [makeBroker(1, { sessionEndsUs: null, lastHeartbeatUs: null })] }),
      makeWorld({ partitions: [makePartition({ leader: -1, available: false, leaderEpoch: 1 })] }),
    ];
    const missing = new Set<string>();
    for (const world of worlds) {
      for (const data of memories) {
        for (let i = 0; i < lesson.steps; i++) {
          for (const key of keysOf(lesson.view(i, world, data))) if (!hasText(key)) missing.add(key);
        }
      }
    }
    expect([...missing]).toEqual([]);
  });

  test('a cluster at work is left as it is; another one is replaced by the shop', () => {
    expect(does(lesson.enter(0, makeWorld(), {}))).not.toContain('open');
    const other = makeWorld({ producers: [makeProducer({ acks: 'all' })] });
    expect(does(lesson.enter(0, other, {}))).toContain('open');
    expect(lesson.press(0, makeWorld(), {}, []).step).toBe(1);
    // On a stranger's cluster the first button brings the shop, and the step stays.
    expect(lesson.view(0, other, {}).button?.label.key).toBe('lesson.lost.work.begin');
    expect(lesson.press(0, other, {}, [])).toMatchObject({
      actions: [{ do: 'open', scenario: 'default' }, { do: 'play' }],
    });
    expect(lesson.press(0, other, {}, []).step).toBeUndefined();
  });

  test('a record is followed whose story has been told: from its send, and each moment lights up', () => {
    const step = at('follow');
    const entered = lesson.enter(step, makeWorld(), {});
    expect(does(entered)).toEqual(['pause', 'ask']);
    const rows = [
      row(5, 'Dear Mei', 7_000_000, { fate: 'safe' }),
      row(6, 'x', 7_100_000, { partition: 'orders-1', fate: 'safe' }),
    ];
    const chosen = lesson.answered(step, 'records', { rows, total: 2 }, makeWorld(), {});
    const [ask] = chosen.actions ?? [];
    expect(ask?.do === 'ask' && ask.question(makeWorld())).toEqual({ ask: 'story', id: 5 });
    const moment = (atUs: number, key: string): RecordStory['moments'][number] => ({
      atUs,
      phrase: { key, params: {} },
      about: [],
      tone: 'plain',
    });
    const story: RecordStory = {
      id: 5,
      producer: 'checkout',
      ordinal: 5,
      partition: 'orders-0',
      offset: 5,
      key: 'Mei Lin',
      value: 'Dear Mei',
      fate: 'safe',
      delivered: true,
      duplicates: 0,
      moments: [
        moment(6_990_000, 'story.sent'),
        moment(7_000_000, 'story.acked-at-risk'),
        moment(7_041_000, 'story.safe'),
        moment(7_050_000, 'story.delivered'),
      ],
    };
    const told = lesson.answered(step, 'story', story, makeWorld(), { rowAckedUs: 7_000_000 });
    expect(does(told)).toEqual(['seek', 'select', 'emphasis', 'play']);
    const data = merge({}, told);
    const half = makeWorld({ atUs: 7_001_000 });
    expect(lesson.view(step, half, data).moments.map(({ reached }) => reached)).toEqual([true, true, false, false]);
    expect(lesson.view(step, half, data).button?.enabled).toBe(false);
    expect(lesson.observe(step, half, data)).toBeNull();
    const over = makeWorld({ atUs: 7_050_000 });
    const end = merge(data, lesson.observe(step, over, data));
    // Once done it does not ask again, and stays done when the learner steps back.
    expect(lesson.observe(step, over, end)).toBeNull();
    expect(lesson.view(step, half, end).moments.every(({ reached }) => reached)).toBe(true);
    const [gap] = lesson.view(step, over, end).reveal;
    expect(gap?.phrase).toEqual({ key: 'lesson.lost.follow.gap', params: { ackUs: 10_000, gapUs: 41_000 } });
  });

  test('own words flow from the start; unchanged lines change nothing', () => {
    const step = at('words');
    const world = makeWorld();
    const shown = [
      'Dear Anna, your order 1042 is on its way',
      'Dear Ines, we packed order 1043 this morning',
      'Dear Mei, order 1044 waits at the counter',
    ];
    expect(does(lesson.press(step, world, {}, shown))).toEqual([]);
    const mine = lesson.press(step, world, {}, [' Hello ', '', 'World']);
    expect(mine.actions).toEqual([{ do: 'workload', producer: 'checkout', text: 'Hello\nWorld' }]);
    expect(mine.step).toBe(step + 1);
    expect(lesson.press(step, world, {}, ['', ' ']).actions).toBeUndefined();
  });

  test('the button waits for a prediction; the kill is seen in the frame, whoever did it', () => {
    const step = at('kill');
    const world = makeWorld();
    expect(lesson.view(step, world, {}).figure?.value).toBe(7);
    expect(lesson.view(step, world, {}).button?.enabled).toBe(false);
    expect(lesson.choose(step, 'nonsense', world, {})).toEqual({});
    const data = merge({}, lesson.choose(step, 'back', world, {}));
    expect(lesson.view(step, world, data).prediction?.chosen).toBe('back');
    expect(lesson.view(step, world, data).button?.enabled).toBe(true);
    expect(does(lesson.press(step, world, data, []))).toEqual(['command', 'play']);
    expect(lesson.observe(step, world, data)).toBeNull();
    const dead = makeWorld({ atUs: 9_000_000, brokers: down('down', 9_000_000) });
    const killed = lesson.observe(step, dead, data);
    expect(killed?.step).toBe(step + 1);
    expect(killed?.data).toMatchObject({ killUs: 9_000_000, atRiskAtKill: 7 });
  });

  test('the wait ends with the election, not with the loss of the leader', () => {
    const step = at('wait');
    const dead = makeWorld({ atUs: 12_800_000, brokers: down('down', 9_000_000) });
    const view = lesson.view(step, dead, { killUs: 9_000_000 });
    expect(view.ring).toMatchObject({ startUs: 8_000_000, endUs: 17_000_000, nowUs: 12_800_000 });
    expect(view.body[0]?.params).toEqual({ silentUs: 4_800_000, sessionUs: 9_000_000 });
    const none = makeWorld({ brokers: down('down', 9), partitions: [makePartition({ leader: -1, available: false })] });
    expect(lesson.observe(step, none, {})).toBeNull();
    const elected = makeWorld({
      atUs: 17_400_000,
      brokers: down('down', 9),
      partitions: [makePartition({ leader: 2 })],
    });
    expect(lesson.observe(step, elected, {})).toMatchObject({ step: step + 1, data: { electedUs: 17_400_000 } });
  });

  test('the reveal speaks of the lost by value, and the right card follows the engine', () => {
    const step = at('reveal');
    const world = makeWorld();
    let data: LessonData = { predictions: { kill: 'back' }, killUs: 9_000_000, electedUs: 17_400_000, atRiskAtKill: 7 };
    const rows = [row(14, 'Dear Anna', 8_990_000), row(15, 'Dear Anna', 8_991_000), row(16, 'Dear Mei', 8_995_000)];
    data = merge(data, lesson.answered(step, 'lost', { rows, total: 3 }, world, data));
    data = merge(data, lesson.answered(step, 'summary', summary({}, 3), world, data));
    const view = lesson.view(step, world, data);
    expect(view.reveal.map(({ phrase, record }) => [phrase.key, phrase.params.value, record])).toEqual([
      ['lesson.lost.gone-many', 'Dear Anna', 14],
      ['lesson.lost.gone', 'Dear Mei', 16],
    ]);
    expect(view.prediction).toMatchObject({ chosen: 'back', decided: true });
    expect(view.prediction?.options.filter(({ right }) => right).map(({ id }) => id)).toEqual(['gone']);
    expect(view.badge?.params).toMatchObject({ lost: 10, acked: 20, version: '4.3.1' });
    expect(view.body[0]?.params).toMatchObject({ atRisk: 7, saved: 4, count: 3, waitUs: 8_400_000 });
    // A decided prediction cannot be changed.
    expect(lesson.choose(step, 'gone', world, data)).toEqual({});
    expect(lesson.press(step, world, data, []).step).toBe(at('back'));
  });

  test('when nothing was lost it says why, takes the kill back and tries a later moment', () => {
    const step = at('reveal');
    const luck = { key: 'luck.none-at-risk', params: { broker: 1, partition: 'orders-0' } };
    const world = makeWorld({}, {
      commands: [
        {
          id: 4,
          atUs: 9_000_000,
          command: { do: 'broker.kill', broker: 1 },
          phrase: { key: 'command.broker.kill', params: { broker: 1 } },
          off: false,
          origin: 'you',
        },
      ],
    } as Partial<LessonWorld>);
    const data = merge({ killUs: 9_000_000 }, lesson.answered(step, 'summary', summary({ luck }), world, {}));
    const view = lesson.view(step, world, data);
    expect(view.reveal[0]?.phrase).toEqual(luck);
    expect(view.prediction?.options.some(({ right }) => right)).toBe(false);
    const again = lesson.press(step, world, data, []);
    expect(again.step).toBe(at('kill'));
    expect(again.actions).toEqual([
      { do: 'delete-command', id: 4 },
      { do: 'seek', atUs: 9_137_000 },
    ]);
    // The second try forgets what the first one found.
    expect(merge(data, lesson.enter(at('kill'), world, data))).toMatchObject({ first: undefined, killUs: undefined });
  });

  test('an answer that was on its way when its broker died is told as such', () => {
    const rows = [{ id: 9, value: 'Dear Mei', offset: 9, ackedUs: 9_001_000 }];
    const entered = lesson.enter(at('back'), makeWorld(), { lostRows: rows, killUs: 9_000_000 });
    expect(entered.actions).toContainEqual({ do: 'seek', atUs: 8_999_999 });
    const view = lesson.view(at('back'), makeWorld({ atUs: 8_999_999 }), merge({ killUs: 9_000_000 }, entered));
    expect(view.body[0]).toMatchObject({ key: 'lesson.lost.back.late', params: { gapUs: 1000 } });
    expect(view.moments.map(({ sinceUs, reached }) => [sinceUs, reached])).toEqual([
      [0, false],
      [1000, false],
    ]);
  });

  test('it steps back into the time between answer and copy', () => {
    const rows = [{ id: 14, value: 'Dear Anna', offset: 14, ackedUs: 8_990_000 }];
    const entered = lesson.enter(at('back'), makeWorld(), { lostRows: rows, killUs: 9_000_000 });
    expect(entered.actions).toContainEqual({ do: 'seek', atUs: 8_995_000 });
    const between = lesson.view(at('back'), makeWorld({ atUs: 8_995_000 }), merge({ killUs: 9_000_000 }, entered));
    expect(between.moments.map(({ reached }) => reached)).toEqual([true, false]);
  });

  test('acks=all alone: the same moment in both branches, and the card says what did not change', () => {
    const step = at('all');
    const world = makeWorld();
    const first = { ...summary({}, 3) };
    let data: LessonData = { electedUs: 17_400_000, predictions: { all: 'zero' } };
    expect(lesson.enter(step, world, data).actions).toContainEqual({ do: 'seek', atUs: 18_900_000 });
    data = merge(data, lesson.answered(step, 'before', first, world, data));
    expect(does(lesson.press(step, world, data, []))).toEqual(['ask', 'configure', 'ask']);
    const after = summary({
      branch: 1,
      ack: { ...first.ack, p50WhileHealthy: 92_000 },
      settings: [{ thing: 'producer:checkout', key: 'enable.idempotence', value: 'true', set: false }],
    });
    data = merge(data, lesson.answered(step, 'summary', after, world, data));
    const view = lesson.view(step, world, data);
    expect(view.prediction?.options.find(({ right }) => right)?.id).toBe('zero');
    expect(view.body[0]?.key).toBe('lesson.lost.all.after-idempotent');
    expect(view.cards[0]?.rows.map(({ same }) => same)).toEqual([false, false, true, false]);
    expect(lesson.quiet(step, 'changed', world, data).actions).toEqual([
      { do: 'changed', from: 0, to: 1, atUs: 20_000_000 },
    ]);
    expect(lesson.press(step, world, data, []).step).toBe(at('one'));
  });

  test('one copy left: the learner’s words come along, and the scenario’s own power cut does not', () => {
    const entered = lesson.enter(at('one'), makeWorld(), { words: 'Hello' });
    expect(entered.actions?.[0]).toMatchObject({ do: 'open', scenario: 'lesson-one-copy', steps: 2, words: 'Hello' });
    const dark = makeWorld({
      atUs: 13_000_000,
      brokers: down('power-off', 13_000_000),
      partitions: [makePartition({ leaderEpoch: 3 })],
    });
    expect(lesson.observe(at('one'), dark, {})).toMatchObject({ step: at('power'), data: { epochAtPower: 3 } });
  });

  test('after the power cut: start all three, wait for the next leader, and see what its log has', () => {
    const step = at('power');
    let data: LessonData = { predictions: { one: 'zero' }, epochAtPower: 3 };
    const orders = (change: Parameters<typeof makePartition>[0]) => makeWorld({ partitions: [makePartition(change)] });
    // Still named leader by the controller: nothing is decided.
    expect(lesson.observe(step, orders({ leader: 1, leaderEpoch: 3, available: false }), data)).toBeNull();
    const press = lesson.press(step, orders({ leader: -1, leaderEpoch: 4 }), data, []);
    expect(press.actions?.flatMap((action) => (action.do === 'command' ? [action.command.broker] : []))).toEqual([
      2, 3, 1,
    ]);
    data = merge(data, press);
    expect(lesson.observe(step, orders({ leader: -1, leaderEpoch: 4, available: false }), data)).toBeNull();
    const led = lesson.observe(step, orders({ leader: 1, leaderEpoch: 5 }), data);
    expect(does(led)).toEqual(['pause', 'seek', 'ask', 'ask', 'ask']);
    const result = { requestErrors: {} } as never;
    data = merge(
      data,
      lesson.answered(step, 'lost', { rows: [row(1, 'Dear Anna', 12_900_000)], total: 1 }, makeWorld(), data),
    );
    data = merge(data, lesson.answered(step, 'refused', result, makeWorld(), data));
    data = merge(data, lesson.answered(step, 'summary', summary({}, 1), makeWorld(), data));
    const view = lesson.view(step, makeWorld(), data);
    expect(view.prediction?.options.find(({ right }) => right)?.id).toBe('acked');
    expect(view.reveal).toHaveLength(1);
    expect(lesson.press(step, makeWorld(), data, []).step).toBe(at('refuse'));
  });

  test('min.insync.replicas=2 refuses: the card counts the refusals', () => {
    const step = at('refuse');
    const world = makeWorld();
    let data = merge({}, lesson.answered(at('power'), 'summary', summary({}, 40), world, { oneRefused: 0 }));
    expect(does(lesson.enter(step, world, data))).toEqual(['pause', 'select', 'emphasis', 'configure', 'ask', 'ask']);
    data = merge(
      data,
      lesson.answered(step, 'refused', { requestErrors: { NOT_ENOUGH_REPLICAS: 31 } } as never, world, data),
    );
    data = merge(data, lesson.answered(step, 'summary', summary({ branch: 1 }), world, data));
    const view = lesson.view(step, world, data);
    expect(view.title.key).toBe('lesson.lost.refuse.title');
    expect(view.cards[0]?.rows.at(-1)).toMatchObject({ before: { params: { n: 0 } }, after: { params: { n: 31 } } });
    expect(lesson.press(step, world, data, []).step).toBe(at('changed'));
  });

  test('three doors at the end; what the learner did stays', () => {
    const step = at('changed');
    const view = lesson.view(step, makeWorld(), {});
    expect(view.doors.map(({ id }) => id)).toEqual(['next', 'labs', 'free']);
    expect(does(lesson.quiet(step, 'free', makeWorld(), {}))).toEqual(['fold', 'play']);
    expect(does(lesson.quiet(step, 'labs', makeWorld(), {}))).toEqual(['labs']);
    expect(does(lesson.quiet(step, 'next', makeWorld(), {}))).toContain('open');
  });

  test('back leads to a step whose cluster can be had again', () => {
    expect(STEPS.map((_, i) => STEPS[lesson.before(i)])).toEqual([
      'work',
      'work',
      'follow',
      'words',
      'kill',
      'kill',
      'kill',
      'kill',
      'kill',
      'one',
      'one',
      'one',
    ]);
    const dead = makeWorld({ brokers: down('down', 9_000_000) });
    expect(lesson.enter(at('kill'), dead, { words: 'Hello' }).actions?.[0]).toMatchObject({
      do: 'open',
      words: 'Hello',
    });
    expect(does(lesson.enter(at('kill'), makeWorld(), {}))).not.toContain('open');
  });

  test('its memory is plain JSON, so that it can be taken up after a reload', () => {
    const world = makeWorld();
    let data: LessonData = merge({}, lesson.choose(at('kill'), 'gone', world, {}));
    data = merge(
      data,
      lesson.answered(at('reveal'), 'lost', { rows: [row(14, 'x', 8_990_000)], total: 1 }, world, data),
    );
    data = merge(data, lesson.answered(at('reveal'), 'summary', summary({}, 1), world, data));
    const saved = JSON.parse(JSON.stringify(data)) as LessonData;
    expect(saved).toEqual(data);
    expect(lesson.view(at('reveal'), world, saved)).toEqual(lesson.view(at('reveal'), world, data));
  });
});

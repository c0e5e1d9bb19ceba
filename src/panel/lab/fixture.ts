/** Made-up runs of the lab, for tests and for looking at the page without an engine. Nothing that is built for people imports it. */
import type {
  LabAssignment,
  LabCoordinatorSpan,
  LabField,
  LabMember,
  LabPartition,
  LabRun,
  LabSpan,
  LabSpec,
  LabStep,
  LabVariant,
} from '../../protocol/lab.ts';

const S = 1_000_000;
const TRIGGER = 16 * S;

const words = (key: string) => ({ title: { key, params: {} }, what: null });

type Part = readonly [owner: string | null, untilS: number, gap?: LabSpan['gap'], stalled?: boolean];

function spans(fromUs: number, parts: readonly Part[]): LabSpan[] {
  let from = fromUs;
  return parts.map(([owner, untilS, gap = null, stalled = false]) => {
    const untilUs = TRIGGER + Math.round(untilS * S);
    const span = { fromUs: from, untilUs, owner, gap, stalled, also: [] };
    from = untilUs;
    return span;
  });
}

const END = 8;

/** [owner before, given up at, taken at, owner after] in seconds after the trigger. */
function lane(i: number, before: string, at: number, until: number, after: string): LabPartition {
  const parts: Part[] =
    at === until && before === after
      ? [[before, END]]
      : [
          [before, at],
          [null, until, 'revoked'],
          [after, END],
        ];
  return { partition: `orders-${i}`, spans: spans(0, parts) };
}

function member(
  consumer: string,
  hue: number,
  parts: readonly (readonly [state: string, epoch: number, untilS: number])[],
): LabMember {
  let from = 0;
  return {
    consumer,
    hue,
    spans: parts.map(([state, epoch, untilS]) => {
      const untilUs = TRIGGER + Math.round(untilS * S);
      const span = { fromUs: from, untilUs, state, epoch, owned: [`orders-${hue}`] };
      from = untilUs;
      return span;
    }),
  };
}

const field = (name: string, value: string, depth = 0, consumer: string | null = null): LabField => ({
  name,
  value,
  depth,
  consumer,
});

function exchange(
  steps: LabStep[],
  consumer: string,
  api: string,
  atS: number,
  answeredS: number,
  fields: readonly LabField[],
  errors: readonly string[] = [],
  matters = true,
): void {
  const index = steps.length;
  const at = TRIGGER + Math.round(atS * S);
  const answered = TRIGGER + Math.round(answeredS * S);
  const base = { consumer, api, sizeBytes: 120, says: words('lab.fixture'), matters };
  steps.push({
    ...base,
    index,
    sentUs: at - 1000,
    arrivedUs: at,
    from: `consumer:${consumer}`,
    to: 'broker:2',
    what: 'request',
    errors: [],
    fields: fields.slice(0, 2),
    pair: index + 1,
  });
  steps.push({
    ...base,
    index: index + 1,
    sentUs: answered - 1000,
    arrivedUs: answered,
    from: 'broker:2',
    to: `consumer:${consumer}`,
    what: 'response',
    errors,
    fields,
    pair: index,
  });
}

function inOrder(steps: readonly LabStep[]): LabStep[] {
  const sorted = [...steps].sort((a, b) => a.arrivedUs - b.arrivedUs || a.index - b.index);
  const place = new Map(sorted.map((step, i) => [step.index, i]));
  return sorted.map((step, i) => ({ ...step, index: i, pair: place.get(step.pair) ?? -1 }));
}

function stepsFor(slow: number): LabStep[] {
  const steps: LabStep[] = [];
  const joined = [
    field('throttle_time_ms', '0'),
    field('error_code', 'NONE'),
    field('generation_id', '5'),
    field('protocol_type', 'consumer'),
    field('protocol_name', 'range'),
    field('leader', 'c1-3f1c', 0, 'c1'),
    field('member_id', 'c1-3f1c', 0, 'c1'),
    field('members', '3'),
    field('member_id', 'c1-3f1c', 1, 'c1'),
    field('metadata', 'orders', 1),
    field('member_id', 'c2-99ab', 1, 'c2'),
    field('metadata', 'orders', 1),
  ];
  for (let s = -15; s < 0; s += 3)
    for (const c of ['c1', 'c2'])
      exchange(
        steps,
        c,
        'Heartbeat',
        s + (c === 'c2' ? 0.4 : 0),
        s + 0.002 + (c === 'c2' ? 0.4 : 0),
        [field('generation_id', '4')],
        [],
        false,
      );
  exchange(steps, 'c3', 'JoinGroup', 0, 0.001, joined, ['MEMBER_ID_REQUIRED']);
  exchange(steps, 'c3', 'JoinGroup', 0.003, slow, joined);
  exchange(steps, 'c1', 'Heartbeat', 0.31, 0.311, joined.slice(0, 2), ['REBALANCE_IN_PROGRESS']);
  exchange(steps, 'c1', 'JoinGroup', 0.342, slow, joined);
  exchange(steps, 'c2', 'Heartbeat', slow - 0.12, slow - 0.119, joined.slice(0, 2), ['REBALANCE_IN_PROGRESS']);
  exchange(steps, 'c2', 'JoinGroup', slow - 0.1, slow, joined);
  exchange(steps, 'c1', 'SyncGroup', slow + 0.014, slow + 0.4, joined.slice(0, 5));
  exchange(steps, 'c2', 'SyncGroup', slow + 0.01, slow + 0.4, joined.slice(0, 5));
  exchange(steps, 'c3', 'SyncGroup', slow + 0.01, slow + 0.4, joined.slice(0, 5));
  return inOrder(steps);
}

function coordinator(
  parts: readonly (readonly [state: string, epoch: number, untilS: number, waits?: readonly string[]])[],
): LabCoordinatorSpan[] {
  let from = 0;
  return parts.map(([state, epoch, untilS, waitsFor = []]) => {
    const untilUs = TRIGGER + Math.round(untilS * S);
    const span = { fromUs: from, untilUs, broker: 2, state, epoch, waitsFor };
    from = untilUs;
    return span;
  });
}

function unread(partitions: readonly LabPartition[]): number {
  let us = 0;
  for (const { spans: all } of partitions)
    for (const { fromUs, untilUs, owner } of all) if (owner === null) us += untilUs - fromUs;
  return us / S;
}

const ASSIGNMENT: LabAssignment = {
  atUs: TRIGGER + 2.2 * S,
  by: 'c1',
  assignor: 'range',
  epoch: 5,
  result: [
    ['c1', ['orders-0', 'orders-1']],
    ['c2', ['orders-2', 'orders-3']],
    ['c3', ['orders-4', 'orders-5']],
  ],
  steps: [0, 1, 2, 3, 4, 5].map((i) => ({
    partition: `orders-${i}`,
    consumer: `c${Math.floor(i / 2) + 1}`,
    words: words('lab.fixture'),
  })),
};

/** `slowMs` is what the slowest member takes; an eager rebalance then waits for it. */
export function fixtureRun(variant: LabVariant, slowMs: number, spec?: LabSpec): LabRun {
  const slow = Math.max(0.05, slowMs / 1000);
  const one = (i: number, owner: string) => lane(i, owner, 0, 0, owner);
  const many = spec?.base.kind === 'fresh' && spec.base.partitions > 6 ? spec.base : null;
  const partitions =
    many !== null
      ? Array.from({ length: many.partitions }, (_, i) => {
          const before = `c${(i % many.members) + 1}`;
          if (variant === 'eager') return lane(i, before, 0.04, slow + 0.4, i % 9 === 0 ? 'c3' : before);
          return i % 9 === 0 ? lane(i, before, slow, slow + 3, 'c3') : one(i, before);
        })
      : variant === 'eager' || variant === 'static'
        ? [
            lane(0, 'c1', 0.34, slow + 0.4, 'c1'),
            lane(1, 'c1', 0.34, slow + 0.4, 'c1'),
            lane(2, 'c1', 0.34, slow + 0.4, 'c2'),
            lane(3, 'c2', slow, slow + 0.4, 'c2'),
            lane(4, 'c2', slow, slow + 0.4, 'c3'),
            lane(5, 'c2', slow, slow + 0.4, 'c3'),
          ]
        : variant === 'cooperative'
          ? [
              one(0, 'c1'),
              one(1, 'c1'),
              lane(2, 'c1', slow, slow + 3, 'c3'),
              one(3, 'c2'),
              one(4, 'c2'),
              lane(5, 'c2', slow, slow + 3, 'c3'),
            ]
          : [
              one(0, 'c1'),
              one(1, 'c1'),
              lane(2, 'c1', 0.6, 1.3, 'c3'),
              one(3, 'c2'),
              one(4, 'c2'),
              lane(5, 'c2', slow, slow + 0.8, 'c3'),
            ];
  const cost = unread(partitions);
  return {
    variant,
    notYet: null,
    setup: [],
    trigger: words('lab.fixture'),
    group: 'shop',
    fromUs: 0,
    triggerUs: TRIGGER,
    untilUs: TRIGGER + END * S,
    partitions,
    members: [
      member('c1', 0, [
        ['stable', 4, 0.34],
        ['preparing', 4, slow],
        ['completing', 5, slow + 0.4],
        ['stable', 5, END],
      ]),
      member('c2', 1, [
        ['stable', 4, slow - 0.01],
        ['completing', 5, slow + 0.4],
        ['stable', 5, END],
      ]),
      member('c3', 2, [
        ['gone', -1, 0],
        ['preparing', -1, slow],
        ['completing', 5, slow + 0.4],
        ['stable', 5, END],
      ]),
    ],
    coordinator: coordinator(
      variant === 'consumer'
        ? [
            ['Stable', 4, 0],
            ['Reconciling', 5, slow + 0.9, ['c2', 'c3']],
            ['Stable', 5, END],
          ]
        : [
            ['Stable', 4, 0],
            ['PreparingRebalance', 4, slow, ['c1', 'c2']],
            ['CompletingRebalance', 5, slow + 0.4, ['c1']],
            ['Stable', 5, END],
          ],
    ),
    steps: stepsFor(slow),
    assignments: [ASSIGNMENT],
    figures: {
      partitionSecondsUnread: cost,
      partitionSecondsStalled: 0,
      longestUnreadUs: 2_000_000,
      processed: 480,
      reprocessed: variant === 'eager' ? 12 : 0,
      skipped: 0,
      requests: 31,
      requestsByApi: [
        ['Heartbeat', 18],
        ['JoinGroup', 7],
        ['SyncGroup', 6],
      ],
      rebalances: variant === 'cooperative' ? 2 : 1,
      moved: 2,
      settledAfterUs: Math.round((slow + 0.9) * S),
      errors: [],
    },
    told: [],
    scenario: { kafkascope: 1, topics: [{ name: 'orders', partitions: 6 }] },
    hash: `${variant}-${slowMs}`,
  };
}

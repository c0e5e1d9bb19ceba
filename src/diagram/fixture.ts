/**
 * Plausible frames without an engine: for tests and for looking. Nothing here follows Kafka's rules closely; it only has
 * every shape that the stage must draw, as a pure function of its parameters and a time.
 */
import type {
  BrokerView,
  ConsumerView,
  Frame,
  LinkView,
  LogWindow,
  PartitionView,
  ProducerView,
  ReplicaView,
  RingView,
  WorldInfo,
} from '../protocol/frame.ts';
import { fixtureFlights, keyOf } from './fixture-flights.ts';
import { consumersOf, fixtureGroup, type GroupSituation } from './fixture-groups.ts';

export type Situation = 'healthy' | 'leader-dead' | 'elected' | 'paused';

export interface FixtureOptions {
  readonly brokers?: number;
  readonly partitions?: number;
  readonly replication?: number;
  readonly producers?: number;
  readonly consumers?: number;
  readonly situation?: Situation;
  /** Consumer groups by their situation, and how many members each has. */
  readonly groups?: readonly GroupSituation[];
  readonly members?: number;
  /** Topics; the partitions are dealt out among them. */
  readonly topics?: number;
  /** Virtual time; records flow and requests fly as it advances. */
  readonly atUs?: number;
  readonly language?: 'en' | 'zh';
  /** Makes this many extra requests in the air, for measuring. */
  readonly flights?: number;
}

const KEYS = ['anna', 'ben', 'chloe', 'dmitri', 'emre', 'fatima', 'goran', 'hua'];
/** Virtual microseconds between two records of a partition. */
const GAP_US = 15_000;
const KILL_AGO_US = 2_800_000;

export interface FixtureWorld {
  readonly brokers: number;
  readonly partitions: number;
  readonly replication: number;
  readonly situation: Situation;
  readonly atUs: number;
  /** The broker that is broken; 0: none. */
  readonly broken: number;
  readonly window: number;
  readonly topics: number;
}

const TOPICS = ['orders', 'payments', 'clicks', 'stock', 'mail', 'audit'];

/** The topic of the k-th column, and its number there. */
function placeIn(w: FixtureWorld, k: number): { topic: string; index: number; name: string } {
  const each = Math.ceil(w.partitions / w.topics);
  const topic = TOPICS[Math.floor(k / each) % TOPICS.length] as string;
  return { topic, index: k % each, name: `${topic}-${k % each}` };
}

const replicasOf = (w: FixtureWorld, p: number): number[] =>
  Array.from({ length: w.replication }, (_, k) => ((p + k) % w.brokers) + 1);

function log(
  w: FixtureWorld,
  p: number,
  leo: number,
  hw: number,
  top: number,
  lostFrom: number,
  ackedTo: number,
): LogWindow {
  const base = Math.max(0, top - w.window);
  const keys: number[] = [];
  const ids: number[] = [];
  const flags: number[] = [];
  for (let o = base; o < leo; o++) {
    keys.push(o % 29 === 11 ? -1 : keyOf(p, o));
    ids.push(p * 100_000 + o);
    flags.push(
      (o < ackedTo ? 1 : 0) |
        (o >= lostFrom ? 2 : 0) |
        (o % 23 === 9 ? 4 : 0) |
        (o < hw - 2 ? 16 : 0) |
        (o % 3 === 0 ? 32 : 0),
    );
  }
  return { base, keys, ids, flags };
}

function partition(w: FixtureWorld, p: number): PartitionView {
  const all = replicasOf(w, p);
  const first = all[0] as number;
  const broken = w.broken;
  const elected = w.situation === 'elected';
  const survivors = all.filter((b) => b !== broken);
  const leaderBroken = first === broken;
  const leader = !leaderBroken
    ? first
    : elected
      ? (survivors[0] ?? -1)
      : w.situation === 'paused'
        ? first
        : w.situation === 'leader-dead' && w.atUs % 9_000_000 > 8_000_000
          ? -1
          : first;
  const stuck = leaderBroken && !elected;
  const made = 14 + ((p * 37) % 60) * (w.partitions > 8 ? 9 : 1) + Math.floor((stuck ? 0 : w.atUs) / GAP_US + p * 0.31);
  const old = elected && leaderBroken ? 3 : 0;
  const hw = made - (elected && leaderBroken ? 0 : stuck ? 3 : 1 + (p % 2));
  const topOfAll = made + old;
  const replicas = all.map((broker, k): ReplicaView => {
    const isLeader = broker === leader;
    const dead = broker === broken && w.situation !== 'paused';
    const leo =
      elected && broker === broken
        ? leaderBroken
          ? made + old
          : hw
        : isLeader || broker === first
          ? made
          : broker === broken
            ? hw - 4
            : k === 1
              ? hw
              : Math.min(made, hw + 1);
    return {
      broker,
      role: dead ? 'offline' : isLeader ? 'leader' : 'follower',
      wasLeader: leaderBroken && broker === broken && (dead || elected),
      inIsr: broker !== broken || (!elected && !(w.situation === 'paused' && !leaderBroken)),
      inElr: false,
      logStart: 0,
      leo,
      hw: isLeader ? hw : Math.max(0, hw - (k === 1 ? 1 : 0)),
      leaderEpoch: 4 + (p % 3),
      lastCaughtUpUs: isLeader ? null : w.atUs - 20_000,
      sizeBytes: leo * 92,
      unflushedFrom: Math.max(0, leo - 5),
      log: log(
        w,
        p,
        leo,
        hw,
        topOfAll,
        elected && leaderBroken && broker === broken ? hw : Number.POSITIVE_INFINITY,
        stuck ? made : isLeader ? made - 1 : hw,
      ),
    };
  });
  return {
    ...placeIn(w, p),
    leader,
    lastLeader: first,
    leaderEpoch: 4 + (p % 3) + (elected && leaderBroken ? 1 : 0),
    partitionEpoch: 7,
    isr: replicas.filter((r) => r.inIsr).map((r) => r.broker),
    elr: [],
    minIsr: 1,
    hw,
    leo: made,
    logStart: 0,
    atRisk: stuck ? 3 : elected && leaderBroken ? 0 : p % 2 === 0 ? 0 : 1,
    available: leader !== -1 && leader !== broken,
    sinceUs: Math.max(0, w.atUs - 600_000),
    replicas,
  };
}

function broker(w: FixtureWorld, id: number, isController: boolean): BrokerView {
  const broken = id === w.broken;
  const state = !broken ? 'up' : w.situation === 'paused' ? 'paused' : 'down';
  const since = broken ? w.atUs - (w.situation === 'elected' ? 9_100_000 : KILL_AGO_US) : 0;
  return {
    id,
    isController,
    rack: null,
    version: '4.3',
    state,
    sinceUs: since,
    fenced: broken && w.situation === 'elected',
    shuttingDown: false,
    leads: isController
      ? 0
      : Array.from({ length: w.partitions }, (_, p) => partition(w, p)).filter((p) => p.leader === id).length,
    lastHeartbeatUs: isController ? null : broken ? since - 400_000 : w.atUs - (w.atUs % 2_000_000),
    sessionEndsUs: isController
      ? null
      : broken
        ? since - 400_000 + 9_000_000
        : w.atUs - (w.atUs % 2_000_000) + 9_000_000,
    unflushedBytes: 4_200,
  };
}

function producer(w: FixtureWorld, index: number, id: string): ProducerView {
  const phase = (w.atUs / 5_000 + index * 3) % 8;
  return {
    id,
    state: 'up',
    acks: '1',
    idempotent: false,
    producerId: -1,
    producerEpoch: -1,
    topic: 'orders',
    batches: Array.from({ length: w.partitions }, (_, p) => {
      const records = Math.floor((phase + p * 2.7) % 8);
      return {
        partition: placeIn(w, p).name,
        keys: Array.from({ length: records }, (_, k) => keyOf(p, k + index)),
        records,
        bytes: records * 92,
        limitBytes: 1024,
        state: p === 1 ? 'ready' : ('open' as const),
        attempts: 0,
      } as const;
    }).filter((b) => b.records > 0),
    bufferUsedBytes: 4_000,
    bufferBytes: 33_554_432,
    inFlight: 1,
    blocked: null,
    sent: 62,
    acked: 59,
    failed: 0,
    retries: 0,
    workloadEnded: false,
  };
}

function caption(situation: Situation, atUs: number, zh: boolean): Frame['waiting'] {
  const silent = { sinceUs: atUs - KILL_AGO_US, untilUs: atUs + 6_200_000 } as const;
  switch (situation) {
    case 'leader-dead':
      return {
        phrase: {
          key: zh
            ? 'broker 1 已 2.8 秒没有心跳。控制器从最后一次心跳起等 9 秒；在此之前 orders-0 没有可用的 leader，checkout 只能等。'
            : 'Broker 1 has been silent for 2.8 s. The controller waits 9 s from its last heartbeat; until then orders-0 has no living leader, and checkout waits.',
          params: {},
        },
        kind: 'timer',
        ...silent,
      };
    case 'paused':
      return {
        phrase: {
          key: zh
            ? 'broker 1 已暂停 2.8 秒，像一次很长的 GC。会话在 6.2 秒后到期。'
            : 'Broker 1 has been paused for 2.8 s, like a long GC. Its session ends in 6.2 s.',
          params: {},
        },
        kind: 'timer',
        ...silent,
      };
    case 'elected':
      return {
        phrase: {
          key: zh
            ? 'broker 2 成为 orders-0 的 leader 已 0.6 秒。checkout 还不知道：下一次发送会被拒绝，然后它去问谁是 leader。'
            : 'Broker 2 leads orders-0 since 0.6 s. checkout has not heard yet: its next send will be refused, and it will ask who leads.',
          params: {},
        },
        kind: 'decision',
        sinceUs: atUs - 600_000,
        untilUs: null,
      };
    default:
      return {
        phrase: {
          key: zh
            ? '一切正常：checkout 写入，副本来取，audit 读取。'
            : 'All is well: checkout writes, the followers ask for copies, audit reads.',
          params: {},
        },
        kind: 'flow',
        sinceUs: 0,
        untilUs: null,
      };
  }
}

export function makeInfo(options: FixtureOptions = {}): WorldInfo {
  return {
    world: 1,
    title: 'fixture',
    version: '4.3',
    seed: 7,
    endUs: 30_000_000,
    keys: KEYS,
    topics: Array.from({ length: options.topics ?? 1 }, (_, k) => {
      const each = Math.ceil((options.partitions ?? 3) / (options.topics ?? 1));
      return {
        name: TOPICS[k] as string,
        partitions: Math.min(each, (options.partitions ?? 3) - k * each),
        replicationFactor: Math.min(options.replication ?? 3, options.brokers ?? 3),
      };
    }),
  };
}

export function makeFrame(options: FixtureOptions = {}): Frame {
  const {
    brokers = 3,
    partitions = 3,
    producers = 2,
    consumers = 1,
    situation = 'healthy',
    atUs = 120_000,
    language = 'en',
  } = options;
  const w: FixtureWorld = {
    brokers,
    partitions,
    replication: Math.min(options.replication ?? 3, brokers),
    situation,
    atUs,
    broken: situation === 'healthy' ? 0 : 1,
    window: 96,
    topics: options.topics ?? 1,
  };
  const parts = Array.from({ length: partitions }, (_, p) => partition(w, p));
  const makers = ['checkout', 'web', 'mobile', 'batch', 'pos', 'kiosk', 'partner', 'import']
    .slice(0, producers)
    .map((id, k) => producer(w, k, id));
  const readers = ['audit', 'billing', 'search'].slice(0, consumers).map(
    (id, k): ConsumerView => ({
      id,
      state: 'up',
      group: null,
      topics: [],
      positions: parts.map((p) => ({
        partition: p.name,
        position: Math.max(0, p.hw - 2 - k * 3),
        hw: p.hw,
        lag: Math.min(p.hw, 2 + k * 3),
        parkedUntilUs: p.index === 1 ? atUs + 320_000 : null,
      })),
      delivered: 49,
      lastError: null,
    }),
  );
  const groups = (options.groups ?? []).map((now, k) =>
    fixtureGroup(k, options.members ?? 4, now, parts, brokers, atUs),
  );
  const rings: RingView[] = [];
  if (w.broken !== 0 && situation !== 'elected')
    rings.push({ kind: 'session', about: 'broker:1', startUs: atUs - KILL_AGO_US, endUs: atUs + 6_200_000 });
  for (const p of makers)
    rings.push({ kind: 'linger', about: `producer:${p.id}`, startUs: atUs - 2_000, endUs: atUs + 3_000 });
  if (consumers > 0 && partitions > 1)
    rings.push({
      kind: 'fetch-wait',
      about: `consumer:${readers[0]?.id}`,
      startUs: atUs - 180_000,
      endUs: atUs + 320_000,
    });
  const links: LinkView[] =
    brokers > 1
      ? [
          { from: 'broker:1', to: 'broker:2', latencyUs: 40_000, slow: true, cut: false },
          { from: 'broker:2', to: 'broker:1', latencyUs: 40_000, slow: true, cut: false },
        ]
      : [];
  if (brokers > 2 && situation === 'paused')
    links.push({ from: 'broker:3', to: 'broker:2', latencyUs: 1_000, slow: false, cut: true });
  return {
    world: 1,
    branch: 0,
    jump: 0,
    atUs,
    endUs: 30_000_000,
    events: 1000,
    brokers: Array.from({ length: brokers }, (_, k) => broker(w, k + 1, false)),
    controllers: [broker(w, 101, true)],
    partitions: parts,
    producers: makers,
    consumers: [...readers, ...groups.flatMap(consumersOf)],
    groups,
    flights: fixtureFlights(w, parts, makers, readers, options.flights ?? 0, groups),
    rings,
    links,
    totals: {
      sent: 62,
      acked: 59,
      failed: 0,
      failedButWritten: 0,
      pending: 3,
      lost: situation === 'elected' ? 3 : 0,
      atRisk: parts.reduce((n, p) => n + p.atRisk, 0),
      unavailable: 0,
      duplicated: 0,
      reordered: 0,
      delivered: 49,
      behind: 4,
    },
    waiting: caption(situation, atUs, language === 'zh'),
    detail: null,
  };
}

/** Made-up consumer groups: every shape that the stage must draw, as a pure function of their situation and a time. */
import type { ConsumerView, GroupMemberView, GroupPartitionView, GroupView, PartitionView } from '../protocol/frame.ts';

export type GroupSituation =
  | 'stable'
  | 'rebalancing'
  | 'completing'
  | 'thrown-out'
  | 'behind'
  | 'unowned'
  | 'coordinator-gone'
  | 'new';

const NAMES = ['billing', 'fraud', 'search', 'stock', 'mail', 'audit-log'];
const SESSION_US = 45_000_000;
const HEARTBEAT_US = 3_000_000;

/** Range, as one would do it by hand: runs of neighbours, the first members get one more. */
function ownerOf(partition: number, partitions: number, members: number): number {
  if (members === 0) return -1;
  const each = Math.floor(partitions / members);
  const more = partitions % members;
  const wide = more * (each + 1);
  return partition < wide
    ? Math.floor(partition / (each + 1))
    : more + Math.floor((partition - wide) / Math.max(1, each));
}

export function fixtureGroup(
  index: number,
  count: number,
  situation: GroupSituation,
  parts: readonly PartitionView[],
  brokers: number,
  atUs: number,
): GroupView {
  const id = NAMES[index % NAMES.length] as string;
  const preparing = situation === 'rebalancing';
  const completing = situation === 'completing';
  const moving = preparing || completing;
  const gone = situation === 'thrown-out' ? 1 : -1;
  const working = gone < 0 ? count : count - 1;
  const names = Array.from({ length: count }, (_, k) => `${id.slice(0, 1)}${k + 1}`);
  const members = names.map((name, k): GroupMemberView => {
    const beat = Math.floor((atUs - k * 270_000) / HEARTBEAT_US) * HEARTBEAT_US + k * 270_000;
    const silent = situation === 'behind' && k === 1;
    const last = k === gone || situation === 'new' ? null : silent ? atUs - 31_000_000 : beat;
    const slot = gone >= 0 && k > gone ? k - 1 : k;
    const owned =
      moving || k === gone || situation === 'new'
        ? []
        : parts.filter((_, at) => ownerOf(at, parts.length, working) === slot).map((p) => p.name);
    return {
      consumer: name,
      memberId: situation === 'new' ? '' : `${name}-6f1c`,
      process: silent ? 'paused' : 'up',
      state:
        situation === 'new'
          ? 'unjoined'
          : preparing
            ? k % 2 === 0
              ? 'preparing'
              : 'stable'
            : completing
              ? 'completing'
              : 'stable',
      generation: moving ? 5 : 4,
      leader: k === 0,
      owned,
      lastHeartbeatUs: last,
      sessionEndsUs: last === null ? null : last + SESSION_US,
      pollEndsUs: silent ? atUs + 61_000_000 : null,
      lastError: null,
    };
  });
  const partitions = parts.map((p): GroupPartitionView => {
    const holder = members.find((m) => m.owned.includes(p.name));
    const unowned = situation === 'unowned' && p.index % 3 === 1;
    const lag = situation === 'behind' && p.index % 4 === 1 ? 151 : unowned ? 88 : 1 + ((p.index * 7 + index) % 5);
    const committed = Math.max(0, p.hw - lag);
    return {
      partition: p.name,
      owner: unowned ? null : (holder?.consumer ?? null),
      sinceUs: atUs - 2_000_000,
      position: holder === undefined ? -1 : Math.min(p.hw, committed + (lag > 5 ? 0 : p.index % 3)),
      committed: situation === 'new' ? -1 : committed,
      processed: committed,
      hw: p.hw,
      lag,
      parkedUntilUs: lag < 2 ? atUs + 320_000 : null,
    };
  });
  return {
    id,
    protocol: 'classic',
    state: situation === 'new' ? '' : preparing ? 'PreparingRebalance' : completing ? 'CompletingRebalance' : 'Stable',
    sinceUs: atUs - 1_400_000,
    generation: situation === 'new' ? 0 : moving ? 5 : 4,
    coordinator: situation === 'coordinator-gone' || situation === 'new' ? -1 : (index % brokers) + 1,
    coordinatorPartition: `__consumer_offsets-${17 + index}`,
    assignor: situation === 'new' ? null : 'range',
    topics: [...new Set(parts.map((p) => p.topic))],
    members,
    partitions,
    rebalanceEndsUs: moving ? atUs + 2_100_000 : null,
    rebalances: 3,
    processed: 49,
    skipped: 0,
    reprocessed: 0,
  };
}

/** The members as the readers that they also are. */
export const consumersOf = (group: GroupView): ConsumerView[] =>
  group.members.map((m) => ({
    id: m.consumer,
    state: m.process,
    group: group.id,
    topics: group.topics,
    positions: group.partitions
      .filter((p) => p.owner === m.consumer)
      .map((p) => ({
        partition: p.partition,
        position: p.position,
        hw: p.hw,
        lag: p.lag,
        parkedUntilUs: p.parkedUntilUs,
      })),
    delivered: 12,
    lastError: m.lastError,
  }));

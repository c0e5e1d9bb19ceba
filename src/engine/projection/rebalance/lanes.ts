/** Who owned what, and in which state members and coordinator were: looked at after each event, written down when it changes. */
import { vectorGet, vectorLength } from '../../../base/vector.ts';
import type { LabCoordinatorSpan, LabGap, LabMember, LabPartition, LabSpan } from '../../../protocol/lab.ts';
import { isPaused } from '../../client/consumer-application.ts';
import type { ConsumerState } from '../../client/consumer-state.ts';
import type { NodeState, World } from '../../kernel/world.ts';
import { groupLedger } from '../../ledger/group-facts.ts';
import { type CoordinatorNow, coordinatorNow, coordinatorPartition, NOBODY } from './group-now.ts';
import { heldBy, isAsBefore, type MemberNow, memberNow, sameMember } from './members-now.ts';
import { changeTo, type Lane, newLane, spansUntil } from './spans.ts';

interface Holding {
  readonly owner: number;
  readonly gap: LabGap | null;
  readonly stalled: boolean;
  /** Share groups: others that read it too, by place in `World.consumers`. */
  readonly also: readonly number[];
}

/** Members' states in which whatever they had is taken to be another's. */
const THROWN_OUT: readonly string[] = ['fenced', 'stale', 'fatal'];
const NOBODY_ELSE: readonly number[] = [];

export interface Lanes {
  readonly groupId: string;
  /** Places in `World.consumers`. */
  readonly consumers: readonly number[];
  /** By dense partition. */
  readonly partitions: Map<number, Lane<Holding>>;
  readonly members: Map<number, Lane<MemberNow>>;
  readonly coordinator: Lane<CoordinatorNow>;
  offsetsPartition: number;
  linesSeen: number;
  /** Some link is cut. */
  cut: boolean;
}

export function beginLanes(w: World, groupId: string): Lanes {
  const consumers: number[] = [];
  w.consumers.forEach((c, ref) => {
    if (belongs(c, groupId)) consumers.push(ref);
  });
  const offsetsPartition = coordinatorPartition(w, groupId);
  const lanes: Lanes = {
    groupId,
    consumers,
    partitions: new Map(),
    members: new Map(consumers.map((ref) => [ref, newLane(w.nowUs, memberNow(w, ref))])),
    coordinator: newLane(w.nowUs, offsetsPartition < 0 ? NOBODY : coordinatorNow(w, groupId, offsetsPartition, null)),
    offsetsPartition,
    linesSeen: vectorLength(w.lines),
    cut: w.links.some(({ cut }) => cut),
  };
  lookAtPartitions(w, lanes);
  return lanes;
}

function belongs(c: ConsumerState, groupId: string): boolean {
  return c.source.kind !== 'assign' && c.settings.groupId === groupId;
}

/** After each event. `heard`: a request has come to the coordinator, one of its timers has run out, or a command was carried out. */
export function lookAtLanes(w: World, lanes: Lanes, heard: boolean): void {
  let moved = lanes.partitions.size === 0;
  if (heard) lanes.cut = w.links.some(({ cut }) => cut);
  for (const [ref, lane] of lanes.members) {
    if (isAsBefore(w, ref, lane.value)) continue;
    const now = memberNow(w, ref);
    if (sameMember(lane.value, now)) continue;
    changeTo(lane, w.nowUs, now);
    moved = true;
  }
  // The ledger counts up to this moment whenever a partition changes hands.
  if (moved || groupLedger(w, lanes.groupId)?.integratedUs === w.nowUs || lanes.cut || anyWavers(w, lanes))
    lookAtPartitions(w, lanes);
  lookAtCoordinator(w, lanes, heard);
}

function lookAtCoordinator(w: World, lanes: Lanes, heard: boolean): void {
  if (lanes.offsetsPartition < 0) lanes.offsetsPartition = coordinatorPartition(w, lanes.groupId);
  const before = heard ? null : lanes.coordinator.value;
  const now = lanes.offsetsPartition < 0 ? NOBODY : coordinatorNow(w, lanes.groupId, lanes.offsetsPartition, before);
  if (!sameCoordinator(lanes.coordinator.value, now)) changeTo(lanes.coordinator, w.nowUs, now);
}

function sameCoordinator(a: CoordinatorNow, b: CoordinatorNow): boolean {
  return (
    a.broker === b.broker &&
    a.state === b.state &&
    a.epoch === b.epoch &&
    (a.waitsFor === b.waitsFor || a.waitsFor.join() === b.waitsFor.join())
  );
}

// --- partitions --------------------------------------------------------------------------------------------------------

/** Whether a member may have begun or ceased to stand still. */
function anyWavers(w: World, lanes: Lanes): boolean {
  for (const ref of lanes.consumers) {
    const c = w.consumers[ref] as ConsumerState;
    if (c.pausedUntilUs > 0 || (w.nodes[c.node] as NodeState).process === 'paused') return true;
  }
  return false;
}

function lookAtPartitions(w: World, lanes: Lanes): void {
  const g = groupLedger(w, lanes.groupId);
  if (g === null) return;
  const shared = lanes.consumers.some((ref) => (w.consumers[ref] as ConsumerState).share);
  g.partitions.forEach((p, partition) => {
    if (p === null || !p.subscribed) return;
    const lane = lanes.partitions.get(partition);
    const before = lane?.value.owner ?? -1;
    const stalled = p.owner >= 0 && standsStill(w, lanes, p.owner, partition);
    const also = p.owner < 0 || !shared ? NOBODY_ELSE : othersThan(w, lanes, p.owner, partition);
    if (lane === undefined) {
      const gap = p.owner >= 0 ? null : 'never';
      lanes.partitions.set(partition, newLane(w.nowUs, { owner: p.owner, gap, stalled, also }));
      return;
    }
    if (before === p.owner && lane.value.stalled === stalled && sameRefs(lane.value.also, also)) return;
    const gap = p.owner >= 0 ? null : howItWent(w, lanes, before, partition);
    changeTo(lane, w.nowUs, { owner: p.owner, gap, stalled, also });
  });
  lanes.linesSeen = vectorLength(w.lines);
}

/** Members of a share group that hold the partition beside the first. */
function othersThan(w: World, lanes: Lanes, owner: number, partition: number): readonly number[] {
  const name = w.partitions[partition]?.name ?? '';
  return lanes.consumers.filter((ref) => ref !== owner && heldBy(w, ref).includes(name));
}

const sameRefs = (a: readonly number[], b: readonly number[]): boolean => a === b || a.join() === b.join();

/** Given up by its owner, or gone with it: onPartitionsLost is told of in words, a process that ended has nothing to say. */
function howItWent(w: World, lanes: Lanes, owner: number, partition: number): LabGap {
  const c = w.consumers[owner] as ConsumerState;
  const about = `partition:${w.partitions[partition]?.name ?? ''}`;
  for (let i = lanes.linesSeen; i < vectorLength(w.lines); i++) {
    const line = vectorGet(w.lines, i);
    if (line.about.includes(about) && line.phrase.key.endsWith('.lost')) return 'lost';
  }
  if ((w.nodes[c.node] as NodeState).process !== 'up') return 'lost';
  return THROWN_OUT.includes(memberNow(w, owner).state) ? 'lost' : 'revoked';
}

function standsStill(w: World, lanes: Lanes, owner: number, partition: number): boolean {
  const c = w.consumers[owner] as ConsumerState;
  if (isPaused(w, c) || (w.nodes[c.node] as NodeState).process !== 'up') return true;
  if (!lanes.cut) return false;
  const leader = w.controller.image.partitions[partition]?.leader ?? -1;
  const node = w.brokerNode[leader];
  return w.links.some((link) => link.cut && link.from === c.node && link.to === node);
}

// --- what is handed out ------------------------------------------------------------------------------------------------

const idOf = (w: World, ref: number): string => (w.consumers[ref] as ConsumerState).id;

export function partitionSpans(w: World, lanes: Lanes, untilUs: number): LabPartition[] {
  const places = [...lanes.partitions.keys()];
  const topics: string[] = [];
  for (const p of [...places].sort((a, b) => a - b)) {
    const topic = w.partitions[p]?.topic ?? '';
    if (!topics.includes(topic)) topics.push(topic);
  }
  const rank = (p: number): number => topics.indexOf(w.partitions[p]?.topic ?? '');
  places.sort((a, b) => rank(a) - rank(b) || (w.partitions[a]?.index ?? 0) - (w.partitions[b]?.index ?? 0));
  return places.map((p) => ({
    partition: w.partitions[p]?.name ?? String(p),
    spans: spansUntil(lanes.partitions.get(p) as Lane<Holding>, untilUs, sameHolding).map(
      ({ fromUs, untilUs: end, value }): LabSpan => ({
        fromUs,
        untilUs: end,
        owner: value.owner < 0 ? null : idOf(w, value.owner),
        gap: value.gap,
        stalled: value.stalled,
        also: value.also.map((ref) => idOf(w, ref)),
      }),
    ),
  }));
}

function sameHolding(a: Holding, b: Holding): boolean {
  return a.owner === b.owner && a.gap === b.gap && a.stalled === b.stalled && sameRefs(a.also, b.also);
}

export function memberSpans(w: World, lanes: Lanes, untilUs: number): LabMember[] {
  return lanes.consumers.map((ref, hue) => ({
    consumer: idOf(w, ref),
    hue,
    spans: spansUntil(lanes.members.get(ref) as Lane<MemberNow>, untilUs, sameMember).map(
      ({ fromUs, untilUs: end, value }) => ({ fromUs, untilUs: end, ...value }),
    ),
  }));
}

export function coordinatorSpans(lanes: Lanes, untilUs: number): LabCoordinatorSpan[] {
  return spansUntil(lanes.coordinator, untilUs, sameCoordinator).map(({ fromUs, untilUs: end, value }) => ({
    fromUs,
    untilUs: end,
    ...value,
  }));
}

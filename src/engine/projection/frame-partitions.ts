/** Partitions with their replicas, as the frame shows them. */

import { vectorGet, vectorLength } from '../../base/vector.ts';
import type { ViewRequest } from '../../protocol/engine-client.ts';
import type { PartitionView, ReplicaView } from '../../protocol/frame.ts';
import { lastCaughtUpTimeUs } from '../broker/follower-times.ts';
import type { ReplicaState } from '../broker/replica-state.ts';
import { brokerState, replicaOf } from '../broker/replicas.ts';
import type { PartitionRegistration } from '../controller/metadata-image.ts';
import { nodeOf, type World } from '../kernel/world.ts';
import { topicConfig } from '../log/topic-config.ts';
import type { KeyTable } from './key-table.ts';
import { atRiskIn } from './ledger-read.ts';
import { logWindow, replicaDiffers } from './log-window.ts';

/** What is the same for all partitions of a frame, made once: elections only grow, so one look at each is enough. */
interface Once {
  readonly seen: ReadonlySet<string> | null;
  /** By partition: the last election. */
  readonly electedUs: ReadonlyMap<number, number>;
  /** By partition: who led before, the latest last. */
  readonly ledBefore: ReadonlyMap<number, readonly number[]>;
  readonly minIsr: Map<string, number>;
}

function once(w: World, view: ViewRequest): Once {
  const electedUs = new Map<number, number>();
  const ledBefore = new Map<number, number[]>();
  for (let i = 0; i < vectorLength(w.elections); i++) {
    const { partition, from, atUs } = vectorGet(w.elections, i);
    electedUs.set(partition, atUs);
    if (from < 0) continue;
    const list = ledBefore.get(partition);
    if (list === undefined) ledBefore.set(partition, [from]);
    else list.push(from);
  }
  return { seen: view.columns === undefined ? null : new Set(view.columns), electedUs, ledBefore, minIsr: new Map() };
}

export function partitionViews(w: World, keys: KeyTable, view: ViewRequest): PartitionView[] {
  const views: PartitionView[] = [];
  const shared = once(w, view);
  for (const p of w.controller.image.partitions) {
    if (p === null || p === undefined || p.topic.startsWith('__')) continue;
    views.push(partitionView(w, keys, view, p, shared));
  }
  return views;
}

/** Who led last: the present leader, or whose log the ledger holds to be the truth. */
export function lastLeaderOf(w: World, p: PartitionRegistration): number {
  if (p.leader >= 0) return p.leader;
  return w.ledger.truth[p.partition]?.broker ?? p.replicas[0] ?? -1;
}

/** At least as many as the stage shows of a log that is longer than its leader's. */
const BEYOND = 16;

/** Whether a living, unfenced broker leads and knows it. */
export function isAvailable(w: World, p: PartitionRegistration): boolean {
  if (p.leader < 0 || nodeOf(w, p.leader).process !== 'up') return false;
  const replica = replicaOf(w, p.leader, p.partition);
  return replica !== null && replica.role === 'leader' && replica.leaderEpoch >= p.leaderEpoch;
}

function partitionView(
  w: World,
  keys: KeyTable,
  view: ViewRequest,
  p: PartitionRegistration,
  shared: Once,
): PartitionView {
  const name = `${p.topic}-${p.partitionId}`;
  const lastLeader = lastLeaderOf(w, p);
  const leading = lastLeader >= 0 ? replicaOf(w, lastLeader, p.partition) : null;
  let top = 0;
  for (const broker of p.replicas) top = Math.max(top, replicaOf(w, broker, p.partition)?.leo ?? 0);
  // Records that nobody looks at are not sent: their columns are too narrow for them, or out of view.
  const size = shared.seen === null || shared.seen.has(name) ? Math.max(1, view.windowRecords) : 0;
  const scrolled = view.scroll[name];
  // The window follows the leader's end; of a log that goes beyond it only the beginning of what is beyond is sent.
  const tail = p.leader < 0 || leading === null ? top : Math.min(top, leading.leo + BEYOND);
  const base = scrolled === undefined ? Math.max(0, tail - size) : Math.max(0, Math.min(scrolled, top));
  const replicas: ReplicaView[] = [];
  for (const broker of p.replicas) {
    const replica = replicaOf(w, broker, p.partition);
    replicas.push(
      replica === null
        ? emptyReplica(w, p, broker, base)
        : replicaView(w, keys, p, replica, leading, lastLeader, base, size, shared),
    );
  }
  return {
    name,
    topic: p.topic,
    index: p.partitionId,
    leader: p.leader,
    lastLeader,
    leaderEpoch: p.leaderEpoch,
    partitionEpoch: p.partitionEpoch,
    isr: [...p.isr].sort((a, b) => a - b),
    elr: [...p.elr].sort((a, b) => a - b),
    minIsr: minIsrOnce(w, p, shared),
    hw: leading?.highWatermark ?? 0,
    leo: leading?.leo ?? 0,
    logStart: leading?.logStart ?? 0,
    atRisk: atRiskIn(w.ledger.truth[p.partition]),
    available: isAvailable(w, p),
    sinceUs: sinceOf(w, p, shared.electedUs.get(p.partition) ?? 0),
    replicas,
  };
}

/** As the controller counts it: never more than there are replicas (PartitionRegistration.effectiveMinIsr). */
export function minIsrOf(w: World, p: PartitionRegistration): number {
  return Math.min(topicConfig(w.controller.image, p.topic, w.controller.entries).minInsyncReplicas, p.replicas.length);
}

/** Since when the partition has had this leader, or (if that one is not there) since when it has not. */
export function leaderSinceUs(w: World, p: PartitionRegistration): number {
  let electedUs = 0;
  for (let i = vectorLength(w.elections) - 1; i >= 0; i--) {
    const election = vectorGet(w.elections, i);
    if (election.partition !== p.partition) continue;
    electedUs = election.atUs;
    break;
  }
  return sinceOf(w, p, electedUs);
}

function sinceOf(w: World, p: PartitionRegistration, electedUs: number): number {
  let sinceUs = electedUs;
  if (p.leader >= 0) {
    const node = nodeOf(w, p.leader);
    if (node.process !== 'up') sinceUs = Math.max(sinceUs, node.sinceUs);
  }
  return sinceUs;
}

/** The broker that led before the present leader; -1 if nobody did. */
const previousLeader = (p: PartitionRegistration, shared: Once): number =>
  shared.ledBefore.get(p.partition)?.findLast((from) => from !== p.leader) ?? -1;

/** The setting is one for a topic; only the number of replicas may differ. */
function minIsrOnce(w: World, p: PartitionRegistration, shared: Once): number {
  const id = `${p.topic}/${p.replicas.length}`;
  let found = shared.minIsr.get(id);
  if (found === undefined) {
    found = minIsrOf(w, p);
    shared.minIsr.set(id, found);
  }
  return found;
}

function replicaView(
  w: World,
  keys: KeyTable,
  p: PartitionRegistration,
  r: ReplicaState,
  leading: ReplicaState | null,
  lastLeader: number,
  base: number,
  size: number,
  shared: Once,
): ReplicaView {
  const { process } = nodeOf(w, r.broker);
  const dead = process === 'down' || process === 'power-off';
  const isLeader = p.leader === r.broker;
  const thinksSo = r.role === 'leader' && !isLeader && !dead;
  const remote = leading === null || leading === r ? undefined : leading.remotes.find((x) => x.brokerId === r.broker);
  const caughtUpUs =
    leading === null || remote === undefined ? -1 : lastCaughtUpTimeUs(brokerState(w, leading.broker), remote);
  return {
    broker: r.broker,
    role: dead ? 'offline' : isLeader ? 'leader' : 'follower',
    wasLeader:
      (lastLeader === r.broker && (dead || !isLeader)) ||
      thinksSo ||
      (!isLeader && previousLeader(p, shared) === r.broker && replicaDiffers(w, r)),
    inIsr: p.isr.includes(r.broker),
    inElr: p.elr.includes(r.broker),
    logStart: r.logStart,
    leo: r.leo,
    hw: r.highWatermark,
    leaderEpoch: r.leaderEpoch,
    lastCaughtUpUs: caughtUpUs < 0 ? null : caughtUpUs,
    sizeBytes: r.sizeBytes,
    unflushedFrom: r.flushedOffset,
    log: logWindow(w, keys, r, base, size),
  };
}

/** A copy that does not exist yet: its broker has not heard of the partition. */
function emptyReplica(w: World, p: PartitionRegistration, broker: number, base: number): ReplicaView {
  const { process } = nodeOf(w, broker);
  return {
    broker,
    role: process === 'down' || process === 'power-off' ? 'offline' : p.leader === broker ? 'leader' : 'follower',
    wasLeader: false,
    inIsr: p.isr.includes(broker),
    inElr: p.elr.includes(broker),
    logStart: 0,
    leo: 0,
    hw: 0,
    leaderEpoch: -1,
    lastCaughtUpUs: null,
    sizeBytes: 0,
    unflushedFrom: 0,
    log: { base, keys: [], ids: [], flags: [] },
  };
}

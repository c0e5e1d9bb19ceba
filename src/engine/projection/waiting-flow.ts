/** What flows when nothing is wrong: copies behind on slow links, cut links, the beginning, quiet. */
import { lastCaughtUpTimeUs } from '../broker/follower-times.ts';
import { brokerState, replicaOf } from '../broker/replicas.ts';
import type { NodeState, World } from '../kernel/world.ts';
import type { LinkState } from '../net/connection-state.ts';
import type { Message } from '../net/message.ts';
import { atRiskIn } from './ledger-read.ts';
import { linkOf } from './links.ts';
import { eachBatch, hasRecords } from './message-content.ts';
import { shareProjection } from './share-hooks.ts';
import { type Waiting, waiting } from './waiting.ts';

/** A copy that is this far behind for this long does not just ride along. */
const BEHIND_RECORDS = 50;
const BEHIND_US = 1_000_000;
/** An answer that waits for copies this long is worth a sentence. */
const NOTABLE_WAIT_US = 15_000;

export function waitingOnFlow(w: World): Waiting {
  return (
    cutLink(w) ??
    catchingUp(w) ??
    waitingForCopies(w) ??
    slowCopy(w) ??
    (nothingSent(w) ? waiting('flow', 'starting', {}, 0) : quiet(w))
  );
}

/** Followers that a leader waits for: out of sync and coming back, or in sync and far behind. */
function catchingUp(w: World): Waiting | null {
  for (const p of w.controller.image.partitions) {
    if (p === null || p === undefined || p.leader < 0 || p.topic.startsWith('__')) continue;
    const leader = replicaOf(w, p.leader, p.partition);
    if (leader === null || leader.role !== 'leader') continue;
    for (const remote of leader.remotes) {
      const node = w.nodes[w.brokerNode[remote.brokerId] as number] as NodeState;
      const records = leader.leo - Math.max(0, remote.leo);
      if (node.process !== 'up' || records <= 0) continue;
      const params = { follower: remote.brokerId, leader: p.leader, partition: `${p.topic}-${p.partitionId}`, records };
      if (!p.isr.includes(remote.brokerId)) return waiting('flow', 'catch-up', params, node.sinceUs);
      const caughtUpUs = lastCaughtUpTimeUs(brokerState(w, leader.broker), remote);
      const behindUs = caughtUpUs < 0 ? 0 : w.nowUs - caughtUpUs;
      if (records > BEHIND_RECORDS && behindUs > BEHIND_US)
        return waiting('flow', 'follower-behind', { ...params, behindUs }, caughtUpUs);
    }
  }
  return null;
}

function cutLink(w: World): Waiting | null {
  const cut = w.links.find((link) => link.cut);
  if (cut === undefined) return null;
  const from = w.nodes[cut.from] as NodeState;
  const to = w.nodes[cut.to] as NodeState;
  if (from.kind !== 'broker' || to.kind !== 'broker')
    return waiting('flow', 'cut', { from: from.id, to: to.id, records: 0 }, cut.cutSinceUs);
  // A follower that cannot copy is what the others wait for.
  for (const p of w.controller.image.partitions) {
    if (p === null || p === undefined || p.topic.startsWith('__')) continue;
    const follower = p.leader === from.nodeId ? to.nodeId : p.leader === to.nodeId ? from.nodeId : -1;
    if (!p.isr.includes(follower)) continue;
    const words = { leader: p.leader, follower, partition: `${p.topic}-${p.partitionId}` };
    return waiting('flow', 'cut.copy', words, cut.cutSinceUs);
  }
  return waiting('flow', 'cut.brokers', { from: from.nodeId, to: to.nodeId }, cut.cutSinceUs);
}

/** With acks=all an answer waits for the slowest copy. */
function waitingForCopies(w: World): Waiting | null {
  for (const b of w.brokers) {
    if ((w.nodes[b.node] as NodeState).process !== 'up') continue;
    for (const { request, partitions, deadlineUs } of b.delayedProduces) {
      if (w.nowUs - request.arriveUs < NOTABLE_WAIT_US) continue;
      for (const { partition, requiredOffset } of partitions) {
        const leader = replicaOf(w, b.id, partition);
        if (leader === null || requiredOffset < 0 || leader.highWatermark >= requiredOffset) continue;
        const missing = leader.remotes
          .filter((r) => r.leo < requiredOffset && leader.isr.includes(r.brokerId))
          .map((r) => r.brokerId);
        if (missing.length === 0) continue;
        const producer = (w.nodes[request.from] as NodeState).id;
        const words = {
          partition: w.partitions[partition]?.name ?? '',
          producer,
          broker: b.id,
          brokers: missing.join(', '),
          remainingUs: deadlineUs - w.nowUs,
        };
        return waiting('flow', 'copy', words, request.arriveUs);
      }
    }
  }
  return null;
}

/** The slowest link over which an in-sync follower copies, while someone relies on less than all copies. */
function slowCopy(w: World): Waiting | null {
  let slowest: { link: LinkState; follower: number; leader: number; partition: number } | null = null;
  for (const p of w.controller.image.partitions) {
    if (p === null || p === undefined || p.leader < 0 || p.topic.startsWith('__')) continue;
    for (const follower of p.isr) {
      if (follower === p.leader) continue;
      const link = linkOf(w, p.leader, follower);
      if (link === null || link.latencyUs <= 2 * w.scenario.network.latencyUs) continue;
      if (slowest === null || link.latencyUs > slowest.link.latencyUs)
        slowest = { link, follower, leader: p.leader, partition: p.partition };
    }
  }
  if (slowest === null || nothingSent(w) || w.producers.every((p) => p.settings.acks === -1)) return null;
  const atRisk = atRiskIn(w.ledger.truth[slowest.partition]);
  const { follower, leader, link } = slowest;
  const params = {
    partition: w.partitions[slowest.partition]?.name ?? '',
    leader,
    follower,
    latencyUs: link.latencyUs,
    atRisk,
  };
  return waiting('flow', 'flow.slow-copy', params, 0);
}

function nothingSent(w: World): boolean {
  return w.ledger.count === 0;
}

/** Records flow; or no workload goes on: then what is in the air, or quiet. */
function quiet(w: World): Waiting {
  const ended = w.producers.every(
    (p) =>
      p.workload === null ||
      (p.workload.count !== null && p.workloadNext >= p.workload.count) ||
      (w.nodes[p.node] as NodeState).process !== 'up',
  );
  const shared = shareProjection.waiting(w, ended);
  if (ended) return shared ?? inTheAir(w) ?? waiting('flow', 'quiet', {}, 0);
  if (shared !== null) return shared;
  const alone = w.controller.image.partitions.every((p) => p === null || p === undefined || p.replicas.length === 1);
  return waiting('flow', alone ? 'flow.alone' : 'flow', {}, 0);
}

/** The records that arrive next, by name. */
function inTheAir(w: World): Waiting | null {
  let next: Message | null = null;
  for (const { message } of w.queue) {
    if (message === null || !hasRecords(message.body)) continue;
    if (next === null || message.arriveUs < next.arriveUs) next = message;
  }
  if (next === null) return null;
  const from = w.nodes[next.from] as NodeState;
  const to = w.nodes[next.to] as NodeState;
  let records = 0;
  let partition = '';
  eachBatch(next.body, (batch, index) => {
    if (partition === '') partition = w.partitions[index]?.name ?? '';
    records += batch.records.length;
  });
  const words = { partition, records, remainingUs: next.arriveUs - w.nowUs };
  if (from.kind === 'producer')
    return waiting(
      'flow',
      'flight.produce',
      { ...words, producer: from.id, broker: to.nodeId },
      next.sentUs,
      next.arriveUs,
    );
  if (to.kind === 'consumer')
    return waiting(
      'flow',
      'flight.read-answer',
      { ...words, consumer: to.id, broker: from.nodeId },
      next.sentUs,
      next.arriveUs,
    );
  return waiting(
    'flow',
    'flight.fetch-answer',
    { ...words, follower: to.nodeId, leader: from.nodeId },
    next.sentUs,
    next.arriveUs,
  );
}

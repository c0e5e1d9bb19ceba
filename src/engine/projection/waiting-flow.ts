/** What flows when nothing is wrong: copies behind on slow links, cut links, the beginning, quiet. */
import { replicaOf } from '../broker/replicas.ts';
import type { NodeState, World } from '../kernel/world.ts';
import type { LinkState } from '../net/connection-state.ts';
import { linkOf } from './links.ts';
import { atRiskIn } from './ledger-read.ts';
import { type Waiting, waiting } from './waiting.ts';

/** A copy that is this far behind for this long does not just ride along. */
const BEHIND_RECORDS = 50;
const BEHIND_US = 1_000_000;

export function waitingOnFlow(w: World): Waiting {
  return catchingUp(w) ?? cutLink(w) ?? slowCopy(w) ?? (nothingSent(w) ? waiting('flow', 'starting', {}, 0) : quiet(w));
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
      const behindUs = remote.lastCaughtUpUs < 0 ? 0 : w.nowUs - remote.lastCaughtUpUs;
      if (records > BEHIND_RECORDS && behindUs > BEHIND_US) return waiting('flow', 'follower-behind', { ...params, behindUs }, remote.lastCaughtUpUs);
    }
  }
  return null;
}

function cutLink(w: World): Waiting | null {
  const cut = w.links.find((link) => link.cut);
  if (cut === undefined) return null;
  const from = (w.nodes[cut.from] as NodeState).id;
  const to = (w.nodes[cut.to] as NodeState).id;
  return waiting('flow', 'cut', { from, to, records: 0 }, cut.cutSinceUs);
}

/** The slowest link over which an in-sync follower copies a partition that has records at risk (or had just now). */
function slowCopy(w: World): Waiting | null {
  let slowest: { link: LinkState; follower: number; leader: number; partition: number } | null = null;
  for (const p of w.controller.image.partitions) {
    if (p === null || p === undefined || p.leader < 0 || p.topic.startsWith('__')) continue;
    for (const follower of p.isr) {
      if (follower === p.leader) continue;
      const link = linkOf(w, p.leader, follower);
      if (link === null || link.latencyUs <= 2 * w.scenario.network.latencyUs) continue;
      if (slowest === null || link.latencyUs > slowest.link.latencyUs) slowest = { link, follower, leader: p.leader, partition: p.partition };
    }
  }
  if (slowest === null) return null;
  const atRisk = atRiskIn(w.ledger.truth[slowest.partition]);
  if (atRisk === 0) return null;
  const { follower, leader, link } = slowest;
  const params = { partition: w.partitions[slowest.partition]?.name ?? '', leader, follower, latencyUs: link.latencyUs, atRisk };
  return waiting('flow', 'flow.slow-copy', params, 0);
}

function nothingSent(w: World): boolean {
  return w.ledger.count === 0;
}

/** Records flow, or everything that was sent is answered and no workload goes on. */
function quiet(w: World): Waiting {
  const ended = w.producers.every((p) => p.workload === null || (p.workload.count !== null && p.workloadNext >= p.workload.count) || (w.nodes[p.node] as NodeState).process !== 'up');
  const pending = w.ledger.count - w.ledger.acked - w.ledger.failed;
  return ended && pending === 0 && w.ledger.atRisk === 0 ? waiting('flow', 'quiet', {}, 0) : waiting('flow', 'flow', {}, 0);
}

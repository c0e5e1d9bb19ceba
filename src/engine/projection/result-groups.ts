/** `groups` of a result: who read what, what was committed, and what it cost (CONTRACT, *A result*). */
import type { Result, ResultGroup } from '../../protocol/result.ts';
import { observedOf } from '../coordinator/observed.ts';
import type { NodeState, World } from '../kernel/world.ts';
import { groupTotals } from '../ledger/group-facts.ts';
import { committedOf, protocolOf } from './frame-groups.ts';
import { groupIdsOf, groupSeen } from './groups-read.ts';
import { shareProjection } from './share-hooks.ts';

export function groupResults(w: World): Result['groups'] {
  const shared = shareProjection.ids(w).map((id) => [id, shareProjection.result(w, id)] as const);
  return Object.fromEntries([...groupIdsOf(w).map((id) => [id, groupResult(w, id)] as const), ...shared]);
}

function groupResult(w: World, groupId: string): ResultGroup {
  const seen = groupSeen(w, groupId);
  const { group, modern } = seen;
  const totals = groupTotals(w, groupId);
  const members: [string, readonly string[]][] = [];
  for (const c of seen.consumers) {
    const { process } = w.nodes[c.node] as NodeState;
    const m = c.membership;
    if (m === null || m.standalone || process === 'down' || m.state === 'left') continue;
    members.push([c.id, m.owned]);
  }
  const committed: [string, number][] = [];
  for (const { topic, partitions } of topicsByName(w)) {
    partitions.forEach((partition, index) => {
      const offset = committedOf(w, seen, partition);
      if (offset >= 0) committed.push([`${topic}-${index}`, offset]);
    });
  }
  return {
    protocol: protocolOf(seen),
    state: group?.state ?? modern?.state ?? '',
    generation: group?.generation ?? modern?.groupEpoch ?? -1,
    coordinator: seen.coordinator,
    rebalances: observedOf(w, groupId)?.rebalances ?? 0,
    partitionSecondsUnread: Math.round(totals.partitionSecondsUnread * 1e6) / 1e6,
    members: Object.fromEntries(members),
    committed: Object.fromEntries(committed),
    processed: totals.processed,
    skipped: totals.skipped,
    reprocessed: totals.reprocessed,
    errors: Object.fromEntries(totals.errors),
  };
}

function topicsByName(w: World): { topic: string; partitions: readonly number[] }[] {
  return [...w.controller.image.topics.values()]
    .map(({ name, partitions }) => ({ topic: name, partitions }))
    .sort((a, b) => (a.topic < b.topic ? -1 : 1));
}

/** The State tab of a group: label by label; what is more than a line stands in group-detail.ts. */
import type { Detail, Phrase } from '../../protocol/frame.ts';
import { observedOf } from '../coordinator/observed.ts';
import type { ClassicGroup, ClassicGroupMember } from '../coordinator/shard-state.ts';
import type { PartitionName, World } from '../kernel/world.ts';
import { groupTotals } from '../ledger/group-facts.ts';
import { committedOf, topicsOf } from './frame-groups.ts';
import { groupSeen } from './groups-read.ts';
import { shareProjection } from './share-hooks.ts';
import { highWatermarkOf } from './totals.ts';

type Row = Detail['state'][number];
type Value = Row['value'];

const word = (key: string, params: Phrase['params'] = {}): Phrase => ({ key: `value.${key}`, params });

export function groupRows(w: World, groupId: string): Row[] {
  if (shareProjection.ids(w).includes(groupId)) return [...shareProjection.rows(w, groupId)];
  const seen = groupSeen(w, groupId);
  const { group, modern } = seen;
  const rows: Row[] = [];
  const row = (label: string, value: Value): void => void rows.push({ label: `state.group.${label}`, value });
  const state = group?.state ?? modern?.state ?? (seen.shard?.state === 'loading' ? 'loading' : 'unknown');
  row('state', word(`group.${state}`));
  row('coordinator', seen.coordinator < 0 ? word('none') : word('broker', { broker: seen.coordinator }));
  row('partition', seen.partitionName);
  if (group !== null) {
    row('since', word('ago', { us: w.nowUs - group.sinceUs }));
    row('generation', group.generation);
    row('assignor', group.protocolName ?? word('none'));
    row('leader', group.members.find((m) => m.memberId === group.leader)?.clientId ?? word('none'));
    waitRows(w, group, row);
  }
  if (modern !== null) {
    row('since', word('ago', { us: w.nowUs - modern.sinceUs }));
    row('epoch', modern.groupEpoch);
    row('assignment-epoch', modern.assignmentEpoch);
    row('assignor', modern.assignor ?? word('none'));
  }
  row('rebalances', observedOf(w, groupId)?.rebalances ?? 0);
  for (const m of group?.members ?? []) row('member', memberWords(w, m));
  const pending = group?.pendingJoin ?? [];
  if (pending.length > 0) row('pending', pending.map((p) => `${p.clientId} (${p.memberId})`).join(', '));
  for (const topic of topicsOf(seen)) {
    for (const partition of w.controller.image.topics.get(topic)?.partitions ?? []) {
      const { name } = w.partitions[partition] as PartitionName;
      const committed = committedOf(w, seen, partition);
      const hw = highWatermarkOf(w, partition);
      const params = { partition: name, committed, hw, lag: Math.max(0, hw - Math.max(committed, 0)) };
      row('offset', committed < 0 ? word('group.offset-none', params) : word('group.offset', params));
    }
  }
  const totals = groupTotals(w, groupId);
  row('processed', totals.processed);
  row('reprocessed', totals.reprocessed);
  row('skipped', totals.skipped);
  return rows;
}

function waitRows(w: World, g: ClassicGroup, row: (label: string, value: Value) => void): void {
  if (g.joinTimer !== null) {
    const what = g.joinTimer.kind === 'initial' ? 'initial-ends' : 'join-ends';
    row(what, word('group.in', { us: Math.max(0, g.joinTimer.deadlineUs - w.nowUs) }));
  }
  if (g.state === 'CompletingRebalance' && g.syncEndsUs > 0)
    row('sync-ends', word('group.in', { us: Math.max(0, g.syncEndsUs - w.nowUs) }));
}

function memberWords(w: World, m: ClassicGroupMember): Phrase {
  const params = {
    member: m.clientId,
    id: m.memberId,
    silentUs: w.nowUs - m.lastContactUs,
    remainingUs: Math.max(0, m.sessionEndsUs - w.nowUs),
    sessionUs: m.sessionTimeoutMs * 1000,
    partitions: (m.assignment?.partitions ?? []).map((p) => `${p.topic}-${p.index}`).join(', '),
    count: m.assignment?.partitions.length ?? 0,
  };
  if (m.awaitingJoin !== null) return word('group.member-joining', params);
  if (m.awaitingSync !== null) return word('group.member-syncing', params);
  return word(params.count === 0 ? 'group.member-idle' : 'group.member', params);
}

/** The ledger's numbers in CONTRACT's words. */
import type { LedgerTotals } from '../../protocol/frame.ts';
import { replicaOf } from '../broker/replicas.ts';
import type { World } from '../kernel/world.ts';
import { LEDGER_CHUNK, Status } from '../ledger/ledger-state.ts';
import { consumerPositions } from './frame-clients.ts';
import { isLed } from './ledger-read.ts';
import { shareProjection } from './share-hooks.ts';

/** Failed records are few, acked ones many: each count below looks only at what it must. */
export function totalsOf(w: World): LedgerTotals {
  const { ledger } = w;
  return {
    sent: ledger.count,
    acked: ledger.acked,
    failed: ledger.failed,
    failedButWritten: ledger.failed === 0 ? 0 : countFailedButWritten(w),
    pending: ledger.count - ledger.acked - ledger.failed,
    lost: ledger.lost,
    atRisk: ledger.atRisk,
    unavailable: countUnavailable(w),
    duplicated: ledger.duplicated,
    reordered: ledger.reordered,
    delivered: ledger.delivered,
    behind: behindOf(w),
  };
}

function countFailedButWritten(w: World): number {
  let found = 0;
  for (let c = 0; c < w.ledger.chunks.length; c++) {
    const chunk = w.ledger.chunks[c];
    if (chunk === undefined) continue;
    const end = Math.min(LEDGER_CHUNK, w.ledger.count - c * LEDGER_CHUNK);
    for (let i = 0; i < end; i++)
      if (((chunk.status[i] as number) & Status.Failed) !== 0 && (chunk.copies[i] as number) > 0) found++;
  }
  return found;
}

/** Acked records in the last leaders' logs of partitions without a leader. */
function countUnavailable(w: World): number {
  let found = 0;
  for (const p of w.controller.image.partitions) {
    if (p !== null && p !== undefined && !isLed(w, p.partition)) found += w.ledger.truth[p.partition]?.acked ?? 0;
  }
  return found;
}

/** Records that readers could have and do not have yet: the sum of their lags. */
function behindOf(w: World): number {
  let behind = shareProjection.behind(w);
  for (const consumer of w.consumers) for (const { lag } of consumerPositions(w, consumer)) behind += lag;
  return behind;
}

/** The high watermark of a partition's (last) leader. */
export function highWatermarkOf(w: World, partition: number): number {
  const p = w.controller.image.partitions[partition];
  if (p === null || p === undefined) return 0;
  const leader = p.leader >= 0 ? p.leader : (w.ledger.truth[partition]?.broker ?? -1);
  return leader < 0 ? 0 : (replicaOf(w, leader, partition)?.highWatermark ?? 0);
}

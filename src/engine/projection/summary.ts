/** Figures of one branch up to a moment, for the what-changed card. */
import type { BranchSummary, ParameterValue, ThingId } from '../../protocol/frame.ts';
import type { World } from '../kernel/world.ts';
import { parameterRows } from './detail-parameters.ts';
import { latencyView } from './latency.ts';
import { luckOf } from './luck.ts';
import { totalsOf } from './totals.ts';

export function summaryOf(w: World, branch: number): BranchSummary {
  const totals = totalsOf(w);
  return {
    branch,
    atUs: w.nowUs,
    totals,
    ack: latencyView(w),
    leaderless: leaderlessOf(w),
    settings: settingsOf(w),
    errors: [...w.ledger.errors].map(([name, count]) => ({ name, count })).sort((a, b) => (a.name < b.name ? -1 : 1)),
    luck: totals.lost === 0 ? luckOf(w) : null,
  };
}

/** Time without a leader that answers: finished stretches as the ledger counted them, and the present one. */
export function leaderlessOf(w: World): { partition: string; totalUs: number }[] {
  const list: { partition: string; totalUs: number }[] = [];
  w.ledger.truth.forEach((truth, partition) => {
    const p = w.controller.image.partitions[partition];
    if (p === null || p === undefined || p.topic.startsWith('__')) return;
    const open = truth.leaderDownSinceUs >= 0 ? w.nowUs - truth.leaderDownSinceUs : 0;
    const totalUs = truth.leaderlessUs + open;
    if (totalUs > 0) list.push({ partition: `${p.topic}-${p.partitionId}`, totalUs });
  });
  return list;
}

/** What acts on producers, readers and topics, as text; and, of brokers, only what is not as usual. */
function settingsOf(w: World): BranchSummary['settings'] {
  const settings: { thing: ThingId; key: string; value: string; set: boolean }[] = [];
  const add = (thing: ThingId, rows: readonly ParameterValue[], all: boolean): void => {
    for (const { key, set, effective } of rows)
      if (all || set !== null) settings.push({ thing, key, value: effective, set: set !== null });
  };
  for (const p of w.producers) add(`producer:${p.id}`, parameterRows(w, `producer:${p.id}`), true);
  for (const c of w.consumers) add(`consumer:${c.id}`, parameterRows(w, `consumer:${c.id}`), true);
  for (const name of w.controller.image.topics.keys())
    if (!name.startsWith('__')) add(`topic:${name}`, parameterRows(w, `topic:${name}`), true);
  for (const b of w.brokers) add(`broker:${b.id}`, parameterRows(w, `broker:${b.id}`), false);
  return settings;
}

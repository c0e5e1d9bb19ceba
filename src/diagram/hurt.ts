import type { PartitionView } from '../protocol/frame.ts';

/** Why a column hurts, worst first; null: it does not. */
export type Hurt = 'no-leader' | 'under-replicated' | 'at-risk' | null;

export function hurtOf(p: PartitionView): Hurt {
  if (!p.available) return 'no-leader';
  if (p.isr.length < p.replicas.length) return 'under-replicated';
  return p.atRisk > 0 ? 'at-risk' : null;
}

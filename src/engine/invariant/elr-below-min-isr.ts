import { effectiveMinIsr } from '../controller/replication-control-manager.ts';
import type { World } from '../kernel/world.ts';
import { list, nameOf, partitionsOf } from './names.ts';

/** With enough members in sync nobody needs to be eligible besides; without the feature nobody ever is. */
export function elrBelowMinIsr(w: World): string | null {
  for (const p of partitionsOf(w)) {
    if (p.elr.length === 0) continue;
    const min = effectiveMinIsr(w.controller, p.topic);
    if (!w.controller.elrEnabled) return `${nameOf(p)}: an ELR ${list(p.elr)} although the feature is off`;
    if (p.isr.length >= min)
      return `${nameOf(p)}: ISR ${list(p.isr)} is enough for min.insync.replicas ${min}, yet the ELR is ${list(p.elr)}`;
  }
  return null;
}

import type { World } from '../kernel/world.ts';
import { topicConfig } from '../log/topic-config.ts';
import { list, nameOf, partitionsOf } from './names.ts';

/**
 * With enough members in sync nobody needs to be eligible besides; without the feature nobody ever is. The topic's own value counts:
 * when a reassignment leaves fewer replicas than that, Kafka's change is still decided by the old number of replicas, and the ELR stays.
 */
export function elrBelowMinIsr(w: World): string | null {
  for (const p of partitionsOf(w)) {
    if (p.elr.length === 0) continue;
    const { image, entries } = w.controller;
    const min = topicConfig(image, p.topic, entries).minInsyncReplicas;
    if (!w.controller.elrEnabled) return `${nameOf(p)}: an ELR ${list(p.elr)} although the feature is off`;
    if (p.isr.length >= min)
      return `${nameOf(p)}: ISR ${list(p.isr)} is enough for min.insync.replicas ${min}, yet the ELR is ${list(p.elr)}`;
  }
  return null;
}

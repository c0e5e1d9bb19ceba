import type { World } from '../kernel/world.ts';
import { list, nameOf, partitionsOf } from './names.ts';

/** Nobody is in sync and merely eligible at once; the ISR consists of replicas (the ELR may keep one that a reassignment removed). */
export function isrAndElr(w: World): string | null {
  for (const p of partitionsOf(w)) {
    const both = p.isr.find((b) => p.elr.includes(b));
    if (both !== undefined)
      return `${nameOf(p)}: broker ${both} is in the ISR ${list(p.isr)} and in the ELR ${list(p.elr)}`;
    const stranger = p.isr.find((b) => !p.replicas.includes(b));
    if (stranger !== undefined)
      return `${nameOf(p)}: broker ${stranger} is in the ISR ${list(p.isr)} and no replica ${list(p.replicas)}`;
    if (new Set(p.isr).size < p.isr.length) return `${nameOf(p)}: the ISR ${list(p.isr)} names somebody twice`;
  }
  return null;
}

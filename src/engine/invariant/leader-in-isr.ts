import type { World } from '../kernel/world.ts';
import { list, nameOf, partitionsOf } from './names.ts';

/** Who leads is in sync. */
export function leaderInIsr(w: World): string | null {
  for (const p of partitionsOf(w)) {
    if (p.leader >= 0 && !p.isr.includes(p.leader))
      return `${nameOf(p)}: leader ${p.leader} is not in the ISR ${list(p.isr)}`;
  }
  return null;
}

import { isActive } from '../controller/active.ts';
import type { World } from '../kernel/world.ts';
import { list, nameOf, partitionsOf } from './names.ts';

/** No fenced (or stopping) broker is in sync; without the ELR the last member of a leaderless partition stays. */
export function fencedNotInIsr(w: World): string | null {
  for (const p of partitionsOf(w)) {
    const gone = p.isr.find((b) => !isActive(w.controller.image, b));
    if (gone === undefined) continue;
    if (!w.controller.elrEnabled && p.leader < 0 && p.isr.length === 1) continue;
    return `${nameOf(p)}: broker ${gone} is fenced or stopping and still in the ISR ${list(p.isr)}`;
  }
  return null;
}

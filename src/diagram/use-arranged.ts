import { useMemo, useRef } from 'react';
import type { Frame } from '../protocol/frame.ts';
import { type Arranged, arrange, pains, type Wish } from './arrange.ts';

/** What hurt stays in view for so long after it is well again, and the order of columns changes no faster. */
const HOLD_MS = 2_500;

/** The frame as it is wished for. What hurts is held for a moment, so that columns do not jump with every record. */
export function useArranged(frame: Frame, wish: Wish): Arranged {
  const held = useRef(new Map<string, { pain: number; until: number }>());
  const run = useRef('');
  return useMemo(() => {
    const needed = wish.hurting || wish.sorted;
    const now = performance.now();
    const here = `${frame.world}/${frame.branch}/${frame.jump}`;
    if (run.current !== here) held.current.clear();
    run.current = here;
    const pain = new Map<string, number>();
    if (needed)
      for (const [name, now9] of pains(frame)) {
        const before = held.current.get(name);
        if (now9 < 9 && (before === undefined || now9 <= before.pain || before.until < now))
          held.current.set(name, { pain: now9, until: now + HOLD_MS });
        const kept = held.current.get(name);
        pain.set(name, kept !== undefined && kept.until >= now ? kept.pain : now9);
      }
    return arrange(frame, wish, pain);
  }, [frame, wish]);
}

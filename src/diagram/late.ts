/**
 * What the first picture does not need: groups, stripes, topics side by side, find, the near view. It comes with the
 * first frame that has them, so that the page's first load stays small; tests import `late-parts.tsx` and have it at once.
 */
import { useEffect, useState } from 'react';
import { addEnglish } from '../text/index.ts';
import type { LateParts } from './late-parts.tsx';

let parts: LateParts | null = null;

/** Called while the module loads. */
export function registerLateParts(loaded: LateParts): void {
  parts = loaded;
}

/** With their sentences: a part that was drawn without words would keep its emptiness. */
async function loadLateParts(): Promise<void> {
  const [{ more }] = await Promise.all([import('../text/en/more.ts'), import('./late-parts.tsx')]);
  addEnglish(more);
}

/** null: not needed, or still under way. */
export function useLateParts(needed: boolean): LateParts | null {
  const [, again] = useState(0);
  useEffect(() => {
    if (!needed || parts !== null) return;
    let wanted = true;
    void loadLateParts().then(() => {
      if (wanted) again((n) => n + 1);
    });
    return () => {
      wanted = false;
    };
  }, [needed]);
  return needed ? parts : null;
}

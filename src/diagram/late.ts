/**
 * What many pictures do without: groups; stripes, topics side by side, find, the near view. Each part comes with the first
 * frame that has it, so that the page's first load stays small; tests import `late-parts.tsx` and `group-parts.tsx` and have
 * them at once.
 */
import { useEffect, useState } from 'react';
import { addEnglish, addFirst } from '../text/index.ts';
import type { GroupParts } from './group-parts.tsx';
import type { LateParts } from './late-parts.tsx';

interface Part<T> {
  parts: T | null;
  load(): Promise<void>;
}

// With their sentences: a part that was drawn without words would keep its emptiness.
const late: Part<LateParts> = {
  parts: null,
  load: async () => {
    const [{ more }] = await Promise.all([import('../text/en/more.ts'), import('./late-parts.tsx')]);
    addEnglish(more);
  },
};
const groups: Part<GroupParts> = {
  parts: null,
  load: async () => {
    const [{ stageLate }] = await Promise.all([import('../text/en/stage-late.ts'), import('./group-parts.tsx')]);
    addFirst(stageLate);
  },
};

/** null: not needed, or still under way. */
function usePart<T>(part: Part<T>, needed: boolean): T | null {
  const [, again] = useState(0);
  useEffect(() => {
    if (!needed || part.parts !== null) return;
    let wanted = true;
    void part.load().then(() => {
      if (wanted) again((n) => n + 1);
    });
    return () => {
      wanted = false;
    };
  }, [part, needed]);
  return needed ? part.parts : null;
}

/** Called while the modules load. */
export function registerLateParts(loaded: LateParts): void {
  late.parts = loaded;
}
export function registerGroupParts(loaded: GroupParts): void {
  groups.parts = loaded;
}

export function useLateParts(needed: boolean): LateParts | null {
  return usePart(late, needed);
}
export function useGroupParts(needed: boolean): GroupParts | null {
  return usePart(groups, needed);
}

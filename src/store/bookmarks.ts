/** Moments that the learner marked, with a note. They belong to the branch they were made in; pure. */
import type { BranchView } from '../protocol/frame.ts';
import type { Scenario } from '../protocol/scenario.ts';
import type { Bookmark } from './model.ts';

export const MOST_BOOKMARKS = 200;
export const MOST_BOOKMARK_NOTE = 500;

/** The bookmarks of a file or link: all of them are of the history that it opens. */
export function bookmarksOf(scenario: Scenario): Bookmark[] {
  return (scenario.bookmarks ?? []).map(({ atMs, note }, id) => ({
    id,
    atUs: Math.round(atMs * 1000),
    note: note ?? '',
    branch: 0,
  }));
}

export type BookmarkPlace = 'here' | 'other' | 'gone';

/** Whether a bookmark's moment is on the screen's branch: made in it, or before it parted from where it was made. */
export function placeOf(bookmark: Bookmark, branches: readonly BranchView[]): BookmarkPlace {
  let at = branches.find((branch) => branch.current);
  if (at === undefined) return 'here';
  while (at !== undefined && at.id !== bookmark.branch) {
    if (bookmark.atUs >= at.forkUs) at = undefined;
    else {
      const { parent }: BranchView = at;
      at = branches.find((branch) => branch.id === parent);
    }
  }
  if (at !== undefined) return 'here';
  return branches.some((branch) => branch.id === bookmark.branch) ? 'other' : 'gone';
}

/**
 * What a file or link keeps: the bookmarks of this branch and of those it came from. A file holds one history, so that
 * those of a branch beside it would name moments that are not there.
 */
export function keptBookmarks(
  bookmarks: readonly Bookmark[],
  branches: readonly BranchView[],
): { atMs: number; note?: string }[] {
  const line = new Set<number>();
  for (let at = branches.find((branch) => branch.current); at !== undefined && !line.has(at.id); ) {
    line.add(at.id);
    const { parent }: BranchView = at;
    at = branches.find((branch) => branch.id === parent);
  }
  return bookmarks
    .filter((bookmark) => line.size === 0 || line.has(bookmark.branch))
    .sort((a, b) => a.atUs - b.atUs || a.id - b.id)
    .map(({ atUs, note }) => (note === '' ? { atMs: atUs / 1000 } : { atMs: atUs / 1000, note }));
}

/** Undo and redo, branches, bookmarks. */
export const time = {} as const;

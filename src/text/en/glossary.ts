/** The glossary, first-visit hints and the page of all keys. */
export const glossary = {} as const;

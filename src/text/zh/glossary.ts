import type { glossary as english } from '../en/glossary.ts';

export const glossary: Readonly<Record<keyof typeof english, string>> = {};

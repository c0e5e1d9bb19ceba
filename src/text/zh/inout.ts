import type { inout as english } from '../en/inout.ts';

export const inout: Readonly<Record<keyof typeof english, string>> = {};

import type { time as english } from '../en/time.ts';

export const time: Readonly<Record<keyof typeof english, string>> = {};

import type { device as english } from '../en/device.ts';

export const device: Readonly<Record<keyof typeof english, string>> = {};

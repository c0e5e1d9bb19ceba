import type { ConfigEntries } from '../../kafka/config/types.ts';
import type { ConfigObject } from '../scenario.ts';

/** Sorted by key, by code units: the order does not hang on the file's. */
export function sortEntries(config: ConfigObject): ConfigEntries {
  const entries = Object.keys(config).map((key) => [key, config[key] as string] as const);
  return entries.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
}

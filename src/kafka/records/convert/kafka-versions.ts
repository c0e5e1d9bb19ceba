/**
 * Which Produce and Fetch versions each Kafka release speaks, and what its broker stores. The newest versions are those that brokers
 * of each release announce (ApiVersions, KIP-35; before 0.10 there was no such request); clients of a release speak the same.
 */
import type { Magic } from '../byte-field.ts';

export interface KafkaRelease {
  readonly version: string;
  /** Newest version of Produce and Fetch. */
  readonly produce: number;
  readonly fetch: number;
}

/** Only releases where something changed: a release in between is like the one before it. */
export const KAFKA_RELEASES: readonly KafkaRelease[] = [
  { version: '0.8', produce: 0, fetch: 0 },
  { version: '0.9', produce: 1, fetch: 1 },
  { version: '0.10.0', produce: 2, fetch: 2 },
  { version: '0.10.1', produce: 2, fetch: 3 },
  { version: '0.10.2', produce: 2, fetch: 3 },
  { version: '0.11', produce: 3, fetch: 5 },
  { version: '1.0', produce: 5, fetch: 6 },
  { version: '1.1', produce: 5, fetch: 7 },
  { version: '2.0', produce: 6, fetch: 8 },
  { version: '2.1', produce: 7, fetch: 10 },
  { version: '2.3', produce: 7, fetch: 11 },
  { version: '2.4', produce: 8, fetch: 11 },
  { version: '2.7', produce: 8, fetch: 12 },
  { version: '2.8', produce: 9, fetch: 12 },
  { version: '3.0', produce: 9, fetch: 12 },
  { version: '3.1', produce: 9, fetch: 13 },
  { version: '3.5', produce: 9, fetch: 15 },
  { version: '3.7', produce: 10, fetch: 16 },
  { version: '3.8', produce: 11, fetch: 16 },
  { version: '3.9', produce: 11, fetch: 17 },
  { version: '4.0', produce: 12, fetch: 17 },
  { version: '4.3', produce: 13, fetch: 18 },
];

/** Compares '0.10.2' and '2.1' part by part; negative: the first is older. */
export function compareVersions(left: string, right: string): number {
  const [a, b] = [left.split('.').map(Number), right.split('.').map(Number)];
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export function isSince(version: string, release: string): boolean {
  return compareVersions(version, release) >= 0;
}

/** The release's facts; a version before 0.8, or no version at all, throws. */
export function releaseOf(version: string): KafkaRelease {
  let found: KafkaRelease | undefined;
  if (/^\d+(\.\d+)+$/.test(version)) {
    for (const release of KAFKA_RELEASES) if (isSince(version, release.version)) found = release;
  }
  if (found === undefined) throw new Error(`${version} is no Kafka version from 0.8 on`);
  return found;
}

/** The oldest version of an API that software of a release still speaks: since 4.0 (KIP-896) no longer the first. */
export function oldestVersion(version: string, api: 'Produce' | 'Fetch'): number {
  if (!isSince(version, '4.0')) return 0;
  return api === 'Produce' ? 3 : 4;
}

/** What an ApiVersions answer says: 4.x announces Produce from 0 on, for the sake of a client's bug (KAFKA-18659), and rejects 0 to 2. */
export function announcedOldest(version: string, api: 'Produce' | 'Fetch'): number {
  return api === 'Produce' ? 0 : oldestVersion(version, api);
}

/** The newest format that a release knows: message sets v0, v1 since 0.10.0 (KIP-31, KIP-32), batches v2 since 0.11 (KIP-98). */
export function newestMagic(version: string): Magic {
  if (isSince(version, '0.11')) return 2;
  return isSince(version, '0.10.0') ? 1 : 0;
}

/** The format that a Produce version carries: what a producer writes. */
export function produceMagic(produceVersion: number): Magic {
  if (produceVersion >= 3) return 2;
  return produceVersion === 2 ? 1 : 0;
}

/** The newest format that whoever sends this Fetch version can read. */
export function fetchMagic(fetchVersion: number): Magic {
  if (fetchVersion >= 4) return 2;
  return fetchVersion >= 2 ? 1 : 0;
}

/** log.message.format.version (and its topic key) counts from 0.10.0 to 2.8; with the protocol of 3.0 on it is ignored, 4.0 took it out. */
export function honoursMessageFormat(version: string): boolean {
  return isSince(version, '0.10.0') && !isSince(version, '3.0');
}

/** What the broker's log holds. `asked`: the format that log.message.format.version names; a newer one than it knows is its newest. */
export function storedMagic(version: string, asked?: Magic): Magic {
  const newest = newestMagic(version);
  if (asked === undefined || !honoursMessageFormat(version) || asked > newest) return newest;
  return asked;
}

/** Java clients ask a broker for its versions since 0.10.2 (KIP-97); brokers answer since 0.10.0 (KIP-35). */
export function asksForVersions(clientVersion: string): boolean {
  return isSince(clientVersion, '0.10.2');
}

/** With defaults: from 3.0 on by KIP-679, though 3.0.0 and 3.1.0 missed it by a fault. */
export function isIdempotentByDefault(clientVersion: string): boolean {
  return isSince(clientVersion, '3.2');
}

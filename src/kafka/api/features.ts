/** Feature levels that a new cluster of a version starts with. A version is data: code asks here, it never compares version strings. */

/** [feature, first version (major, minor) whose new clusters have it, its level there]. */
const DEFAULT_LEVELS: readonly (readonly [feature: string, major: number, minor: number, level: number])[] = [
  // KIP-966: on by default for new clusters from metadata version 4.1.
  ['eligible.leader.replicas.version', 4, 1, 1],
];

function parts(version: string): [number, number] {
  const [major = '0', minor = '0'] = version.split('.');
  return [Number(major), Number(minor)];
}

/** The level of a feature in a new cluster of that version; 0: off. */
export function defaultFeatureLevel(version: string, feature: string): number {
  const [major, minor] = parts(version);
  let level = 0;
  for (const [name, sinceMajor, sinceMinor, value] of DEFAULT_LEVELS) {
    if (name === feature && (major > sinceMajor || (major === sinceMajor && minor >= sinceMinor))) level = value;
  }
  return level;
}

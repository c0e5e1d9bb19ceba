import type { ConfigType, ConfigUnit } from './types.ts';

/** Sizes whose names do not end in their unit: what they count is bytes. */
const SIZES_IN_BYTES =
  /^(batch\.size|buffer\.memory|max\.request\.size)$|(buffer|receive)\.size$|record\.bytes\.between/;

/** The kinds of number that count things one by one; a level, a codec or an id is no number of anything. */
const NO_COUNT = /\.level$|\.codec$|^(node|broker)\.id$/;

/** The unit of a number by its name, as Kafka names its parameters; null: it has none. */
export function unitOfKey(key: string, type: ConfigType): ConfigUnit | null {
  if (type !== 'int' && type !== 'short' && type !== 'long' && type !== 'double') return null;
  if (/\.(ms|millis)$/.test(key) || key === 'sasl.kerberos.min.time.before.relogin') return 'ms';
  if (/\.sec(ond)?s$/.test(key)) return 'seconds';
  if (/\.bytes\.per\.second$/.test(key)) return 'bytes-per-second';
  if (key.endsWith('.minutes')) return 'minutes';
  if (key.endsWith('.hours')) return 'hours';
  if (key.endsWith('.bytes') || SIZES_IN_BYTES.test(key)) return 'bytes';
  if (type === 'double') return 'ratio';
  return NO_COUNT.test(key) ? null : 'count';
}

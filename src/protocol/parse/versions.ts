import { report, shorten, warn } from './check.ts';
import { DEFAULT_VERSION } from './default-values.ts';
import { type Read, wrongType } from './values.ts';

/** Kafka's minor lines, oldest first; a version may name a release of one, such as 4.3.1. */
export const VERSION_LINES: readonly string[] =
  '0.8.2 0.9.0 0.10.0 0.10.1 0.10.2 0.11.0 1.0 1.1 2.0 2.1 2.2 2.3 2.4 2.5 2.6 2.7 2.8 3.0 3.1 3.2 3.3 3.4 3.5 3.6 3.7 3.8 3.9 4.0 4.1 4.2 4.3'.split(
    ' ',
  );

/** The features of a cluster and the levels that 4.3.1 has. */
export const FEATURES: ReadonlyMap<string, readonly [min: number, max: number]> = new Map([
  ['metadata.version', [7, 30]],
  ['kraft.version', [0, 1]],
  ['transaction.version', [0, 2]],
  ['group.version', [0, 1]],
  ['eligible.leader.replicas.version', [0, 1]],
  ['share.version', [0, 1]],
  ['streams.version', [0, 1]],
]);

export const readVersion: Read<string> = (check, place, value) => {
  if (typeof value !== 'string') return wrongType(check, place, 'text', value);
  const line = VERSION_LINES.find(
    (known) => value === known || (value.startsWith(`${known}.`) && /^\.[0-9]{1,2}$/.test(value.slice(known.length))),
  );
  if (line === undefined) {
    const values = VERSION_LINES.join(', ');
    report(
      check,
      place,
      'not-one-of',
      { found: JSON.stringify(shorten(value)), values },
      { unknown: value, known: VERSION_LINES, expected: values },
    );
    return undefined;
  }
  if (line !== DEFAULT_VERSION) warn(check, place, 'not-yet', { what: `version ${value}`, why: '@not-yet:versions' });
  return value;
};

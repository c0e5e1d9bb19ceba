/** Beyond this a number of microseconds is no exact integer any more. */
const MAX_US = Number.MAX_SAFE_INTEGER;

/**
 * An ISO 8601 duration as java.time.Duration.parse reads it (days to seconds), in whole microseconds; finer parts are
 * dropped, larger ones held at the largest exact number. Null when it is none.
 */
export function parseIsoDurationUs(text: string): number | null {
  const match =
    /^([-+]?)P(?:([-+]?[0-9]{1,18})D)?(T(?:([-+]?[0-9]{1,18})H)?(?:([-+]?[0-9]{1,18})M)?(?:([-+]?[0-9]{1,18})(?:[.,]([0-9]{0,9}))?S)?)?$/i.exec(
      text,
    );
  if (match === null || match[3] === 'T' || match[3] === 't') return null;
  const [, sign, days, , hours, minutes, seconds, fraction] = match;
  if (days === undefined && hours === undefined && minutes === undefined && seconds === undefined) return null;
  const whole = part(days) * 86_400n + part(hours) * 3_600n + part(minutes) * 60n + part(seconds);
  const micros = BigInt((fraction ?? '').padEnd(6, '0').slice(0, 6));
  // The fraction has the sign of its seconds, also when those are -0.
  const total = whole * 1_000_000n + (seconds?.startsWith('-') === true ? -micros : micros);
  const signed = Number(sign === '-' ? -total : total);
  return Math.max(-MAX_US, Math.min(MAX_US, signed));
}

function part(digits: string | undefined): bigint {
  return digits === undefined ? 0n : BigInt(digits.replace(/^\+/, ''));
}

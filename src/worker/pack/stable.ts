/**
 * What of an answer is the same on every machine: all but measured speeds and the claims about them. Its hash says whether two answers
 * agree.
 */
import { crc32c } from '../../kafka/records/crc32c.ts';
import type { PackPart } from '../../protocol/pack.ts';

export function stableParts(parts: readonly PackPart[]): PackPart[] {
  return parts.flatMap((part): PackPart[] => {
    if (part.part === 'speed') return [];
    if (part.part !== 'claims') return [part];
    return [{ part: 'claims', claims: part.claims.filter(({ about }) => about === 'ratio' || about === 'bandwidth') }];
  });
}

/** CRC-32C over the stable parts as JSON; bytes stand in it by their own checksum and length. */
export function stableHash(parts: readonly PackPart[]): string {
  const text = JSON.stringify(stableParts(parts), (_key, value: unknown) =>
    value instanceof Uint8Array ? { crc: crc32c(value), bytes: value.length } : value,
  );
  return crc32c(new TextEncoder().encode(text)).toString(16).padStart(8, '0');
}

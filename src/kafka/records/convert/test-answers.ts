/** For tests: what the released jars answered, and a batch's content beside its compressed bytes. */
import { hexOf } from '../bytes.ts';
import type { ProduceConfig } from './produced.ts';
import { rawBatches } from './raw-batch.ts';
import { rawRecords } from './raw-record.ts';

export interface ProducedCase {
  readonly config: Omit<ProduceConfig, 'timestampBeforeMaxMs'> & { readonly timestampBeforeMaxMs: string };
  readonly hex: string;
  readonly out:
    | {
        readonly ok: true;
        readonly hex: string;
        readonly lastOffset: string;
        readonly maxTimestamp: string;
        readonly logAppendTime: string;
        readonly uncompressed: number;
        readonly converted: number;
      }
    | {
        readonly ok: false;
        readonly stage: 'request' | 'log';
        readonly exception: string;
        readonly errorCode: string;
        readonly recordErrors: readonly number[];
      };
}

/** All that two encoders must agree on: headers without length and checksum, and the records. */
export function contentOf(bytes: Uint8Array): string {
  const lines: string[] = [];
  const part = (from: number, to: number): string => hexOf(bytes.subarray(from, to));
  for (const batch of rawBatches(bytes)) {
    const { at, magic } = batch;
    const header =
      magic === 2 ? part(at + 12, at + 17) + part(at + 21, at + 61) : part(at + 16, at + (magic === 0 ? 22 : 30));
    lines.push(part(at, at + 8) + header);
    for (const { offset, timestamp, key, value, headers } of rawRecords(batch, false)) {
      const shown = headers.map((header) => [
        header.key,
        header.value === null ? null : hexOf(header.value as Uint8Array),
      ]);
      const [k, v] = [key === null ? null : hexOf(key), value === null ? null : hexOf(value)];
      lines.push(JSON.stringify([`${offset}`, `${timestamp}`, k, v, shown]));
    }
  }
  return lines.join('\n');
}

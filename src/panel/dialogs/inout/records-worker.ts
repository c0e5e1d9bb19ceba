/** Reads a file of records away from the page: the page stays quick, and ending this worker cancels whatever it does. */
import {
  columnsOf,
  guessOptions,
  previewRecords,
  type RecordRead,
  type RecordsColumn,
  type RecordsOptions,
  type RecordsResult,
  readRecords,
} from '../../../protocol/records-file.ts';
import { decodeUtf8, MAX_RECORDS_BYTES, type TextFault } from '../../../protocol/text-bytes.ts';

export type ToRecords =
  | { readonly type: 'open'; readonly source: Blob; readonly name: string; readonly options: RecordsOptions | null }
  | { readonly type: 'look'; readonly job: number; readonly options: RecordsOptions };

export type FromRecords =
  | { readonly type: 'not-text'; readonly fault: TextFault | null }
  | {
      readonly type: 'look';
      readonly job: number;
      readonly options: RecordsOptions;
      readonly columns: readonly RecordsColumn[];
      readonly rows: readonly RecordRead[];
    }
  | { readonly type: 'progress'; readonly job: number; readonly done: number }
  | { readonly type: 'read'; readonly job: number; readonly result: RecordsResult };

const SHOWN_LENGTH = 300;
const PROGRESS_MS = 30;
let text = '';

const send = (message: FromRecords): void => postMessage(message);
const short = (value: string | null): string | null =>
  value === null || value.length <= SHOWN_LENGTH ? value : `${value.slice(0, SHOWN_LENGTH)}…`;

async function open(source: Blob, name: string, options: RecordsOptions | null): Promise<void> {
  if (source.size > MAX_RECORDS_BYTES) {
    send({ type: 'not-text', fault: { code: 'too-large', line: 1, column: 1, found: String(source.size) } });
    return;
  }
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await source.arrayBuffer());
  } catch {
    send({ type: 'not-text', fault: null });
    return;
  }
  const decoded = decodeUtf8(bytes, MAX_RECORDS_BYTES);
  if (!decoded.ok) {
    send({ type: 'not-text', fault: decoded.fault });
    return;
  }
  text = decoded.text;
  look(0, options ?? guessOptions(text, name));
}

/** The first rows at once, then the whole file. */
function look(job: number, options: RecordsOptions): void {
  const preview = previewRecords(text, options).rows.map(({ line, key, value }) => ({
    line,
    key: short(key),
    value: short(value),
  }));
  send({ type: 'look', job, options, columns: columnsOf(text, options), rows: preview });
  let saidAt = performance.now();
  const result = readRecords(text, options, (done) => {
    const now = performance.now();
    if (now - saidAt < PROGRESS_MS) return;
    saidAt = now;
    send({ type: 'progress', job, done });
  });
  send({ type: 'read', job, result });
}

addEventListener('message', ({ data }: MessageEvent<ToRecords>) => {
  if (data.type === 'open') void open(data.source, data.name, data.options);
  else look(data.job, data.options);
});

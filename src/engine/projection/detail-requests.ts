/** The Requests tab: what was asked and answered lately and what is under way, with Kafka's field names. */
import { findApiKey } from '../../kafka/api/api-keys.ts';
import type { RecordBatch } from '../../kafka/records/record-batch.ts';
import type { RequestView, ThingId } from '../../protocol/frame.ts';
import { nodeThing } from '../kernel/history/node-thing.ts';
import { nodeIndexOf, toucher } from '../kernel/history/watch.ts';
import type { NodeState, World } from '../kernel/world.ts';
import type { Connection } from '../net/connection-state.ts';
import type { InFlight, Message } from '../net/message.ts';
import { apiName } from './frame-flights.ts';
import { errorIn } from './message-content.ts';

const MAX_REQUESTS = 60;

export function requestRows(w: World, thing: ThingId): RequestView[] {
  const node = nodeIndexOf(w, thing);
  const touches = toucher(w, thing);
  const rows: RequestView[] = [];
  for (const c of w.connections) {
    if (node >= 0 && c.client !== node && c.server !== node) continue;
    for (const { request, arriveUs, answeredUs, response } of c.recent)
      add(w, c, touches, rows, request, arriveUs, answeredUs, response);
    for (const request of c.inFlight) add(w, c, touches, rows, request, null, null, null);
  }
  rows.sort((a, b) => a.sentUs - b.sentUs || a.id - b.id);
  return rows.slice(-MAX_REQUESTS);
}

function add(
  w: World,
  c: Connection,
  touches: (m: Message) => boolean,
  rows: RequestView[],
  r: InFlight,
  arriveUs: number | null,
  answeredUs: number | null,
  response: unknown,
): void {
  if (r.apiKey < 0) return;
  const asMessage: Message = {
    id: r.messageId,
    connection: c.index,
    epoch: c.epoch,
    toServer: true,
    apiKey: r.apiKey,
    correlationId: r.correlationId,
    from: c.client,
    to: c.server,
    sentUs: r.sentUs,
    arriveUs: arriveUs ?? r.sentUs,
    sizeBytes: r.sizeBytes,
    body: r.body,
  };
  if (!touches(asMessage) && !touches({ ...asMessage, body: response })) return;
  const api = findApiKey(r.apiKey);
  rows.push({
    id: r.messageId,
    api: apiName(r.apiKey),
    apiKey: r.apiKey,
    apiVersion: api?.latestStableVersion ?? 0,
    correlationId: r.correlationId,
    from: nodeThing(w.nodes[c.client] as NodeState),
    to: nodeThing(w.nodes[c.server] as NodeState),
    sentUs: r.sentUs,
    arriveUs: arriveUs ?? arrivalOf(w, r.messageId) ?? r.sentUs,
    answeredUs,
    sizeBytes: r.sizeBytes,
    error: errorIn(response),
    request: plain(r.body),
    response: plain(response),
  });
}

function arrivalOf(w: World, messageId: number): number | null {
  for (const { message } of w.queue) if (message !== null && message.id === messageId) return message.arriveUs;
  return null;
}

/** Beside Kafka's fields: for the simulation alone. */
const OWN_FIELDS: ReadonlySet<string> = new Set(['partition', 'errors', 'appendedUs']);

/** A body as plain data: batches become a line of text, what Kafka does not send is left out. */
export function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  if (isBatch(value)) return batchText(value);
  const { batch, baseOffset } = value as { batch?: unknown; baseOffset?: number };
  if (typeof batch === 'object' && batch !== null && isBatch(batch)) return batchText(batch, baseOffset);
  const entries = Object.entries(value).filter(
    ([key, field]) => !(OWN_FIELDS.has(key) && (typeof field === 'number' || key === 'errors')),
  );
  return Object.fromEntries(entries.map(([key, field]) => [key, plain(field)]));
}

function isBatch(value: object): value is RecordBatch {
  return 'lastOffsetDelta' in value && 'sizeInBytes' in value;
}

/** ", gzip (812 B without it)"; nothing without a codec. */
function codecText({ compression, plainSizeInBytes }: RecordBatch): string {
  return compression === 'none' ? '' : `, ${compression} (${plainSizeInBytes} B without it)`;
}

function batchText(batch: RecordBatch, baseOffset?: number): string {
  const place = baseOffset === undefined ? '' : ` @ ${baseOffset}`;
  const sequence = batch.baseSequence < 0 ? '' : `, sequence ${batch.baseSequence}`;
  return `RecordBatch v2${place}: ${batch.records.length} × record, ${batch.sizeInBytes} B${codecText(batch)}, CRC ${batch.crc.toString(16).padStart(8, '0')}${sequence}`;
}

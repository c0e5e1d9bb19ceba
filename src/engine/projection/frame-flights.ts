/** What is in the air: arrivals in the queue, and what a cut link holds back. */
import { API_NAMES } from '../../kafka/api/api-names.ts';
import type { FlightView, ThingId } from '../../protocol/frame.ts';
import { nodeThing } from '../kernel/history/node-thing.ts';
import type { World } from '../kernel/world.ts';
import { type Message, Transport } from '../net/message.ts';
import { type KeyTable, keyIndex } from './key-table.ts';
import { eachBatch, errorIn, partitionsOf, weightOf } from './message-content.ts';

const MAX_KEYS = 24;

export function flightViews(w: World, keys: KeyTable): FlightView[] {
  const things = w.nodes.map(nodeThing);
  const flights: FlightView[] = [];
  for (const { message } of w.queue) if (message !== null) flights.push(flightView(w, keys, things, message, false));
  for (const c of w.connections) {
    for (const message of c.stuckToServer) flights.push(flightView(w, keys, things, message, true));
    for (const message of c.stuckToClient) flights.push(flightView(w, keys, things, message, true));
  }
  return flights.sort((a, b) => a.id - b.id);
}

function flightView(w: World, keys: KeyTable, things: readonly ThingId[], m: Message, stuck: boolean): FlightView {
  const shown: number[] = [];
  let records = 0;
  eachBatch(m.body, (batch) => {
    records += batch.records.length;
    for (const record of batch.records) {
      if (shown.length >= MAX_KEYS) break;
      shown.push(keyIndex(keys, record.key));
    }
  });
  const partitions: string[] = [];
  for (const p of partitionsOf(m.body)) partitions.push(w.partitions[p]?.name ?? String(p));
  return {
    id: m.id,
    from: things[m.from] as ThingId,
    to: things[m.to] as ThingId,
    api: apiName(m.apiKey),
    response: !m.toServer && m.apiKey >= 0,
    correlationId: m.correlationId,
    sentUs: m.sentUs,
    arriveUs: m.arriveUs,
    partitions,
    keys: shown,
    records,
    bytes: m.sizeBytes,
    error: m.toServer ? null : errorIn(m.body),
    weight: weightOf(m),
    stuck,
  };
}

export function apiName(apiKey: number): string {
  if (apiKey === Transport.Connect) return 'Connect';
  if (apiKey === Transport.Accept) return 'Accept';
  if (apiKey === Transport.Close) return 'Close';
  return API_NAMES[apiKey] ?? String(apiKey);
}

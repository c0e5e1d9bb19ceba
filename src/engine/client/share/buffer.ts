/** What has been fetched and not handed over (Kafka: ShareFetchBuffer, ShareCompletedFetch, ShareFetchCollector). Pure. */
import type { ShareFetchPartitionResponse } from '../../../kafka/api/messages-share.ts';
import type { AcquiredRecord, InFlightRecord, PartitionAcks, ShareCompletedFetch } from '../../share/client-state.ts';

/** Acquired offsets with their records; an offset whose record did not come (a control record, compacted away) is a gap. */
export function completedFetch(broker: number, p: ShareFetchPartitionResponse): ShareCompletedFetch {
  const { topic, topicId, index, partition } = p;
  const places = new Map<number, Pick<AcquiredRecord, 'batch' | 'at'>>();
  for (const batch of p.records) {
    if (batch.batch.isControl) continue;
    batch.batch.records.forEach((record, at) => {
      places.set(batch.baseOffset + (record.offsetDelta ?? at), { batch, at });
    });
  }
  const records: AcquiredRecord[] = [];
  for (const { firstOffset, lastOffset, deliveryCount } of p.acquiredRecords)
    for (let offset = firstOffset; offset <= lastOffset; offset++) {
      const { batch, at } = places.get(offset) ?? { batch: null, at: -1 };
      records.push({ offset, deliveryCount, batch, at });
    }
  return { id: { topic, topicId, index, partition }, broker, records, used: 0 };
}

export interface Collected {
  readonly buffer: readonly ShareCompletedFetch[];
  readonly records: readonly InFlightRecord[];
}

/**
 * ShareFetchCollector.collect: up to max.poll.records, but a batch of the log is handed over whole, as far as it was acquired (so that
 * batch_optimized may exceed the limit). Gaps come along and are acknowledged by the client itself.
 */
export function collectRecords(buffer: readonly ShareCompletedFetch[], maxPollRecords: number): Collected {
  const records: InFlightRecord[] = [];
  const rest = buffer.slice();
  let left = maxPollRecords;
  while (left > 0 && rest.length > 0) {
    const fetch = rest[0] as ShareCompletedFetch;
    const { id, broker } = fetch;
    let { used } = fetch;
    let last: AcquiredRecord | null = null;
    for (; used < fetch.records.length; used++) {
      const record = fetch.records[used] as AcquiredRecord;
      if (record.batch === null) {
        records.push({ id, broker, record, ack: 0 });
        continue;
      }
      if (left <= 0 && record.batch !== last?.batch) break;
      records.push({ id, broker, record, ack: null });
      last = record;
      left -= 1;
    }
    if (used < fetch.records.length) rest[0] = { ...fetch, used };
    else rest.shift();
  }
  return { buffer: rest, records };
}

/** ShareFetch.takeAcknowledgedRecords: what is acknowledged leaves, what is not stays. */
export function takeAcknowledged(current: readonly InFlightRecord[]): {
  acks: PartitionAcks[];
  rest: InFlightRecord[];
} {
  const acks: { id: InFlightRecord['id']; broker: number; acks: [number, number][] }[] = [];
  const rest: InFlightRecord[] = [];
  for (const r of current) {
    if (r.ack === null) {
      rest.push(r);
      continue;
    }
    let known = acks.find((a) => a.broker === r.broker && a.id.partition === r.id.partition);
    if (known === undefined) {
      known = { id: r.id, broker: r.broker, acks: [] };
      acks.push(known);
    }
    known.acks.push([r.record.offset, r.ack]);
  }
  for (const a of acks) a.acks.sort(([x], [y]) => x - y);
  return { acks, rest };
}

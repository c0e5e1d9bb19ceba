/** What a request or response is about, read from its body: partitions, batches, the first error. One place for all APIs. */
import { errorForCode } from '../../kafka/api/errors-core.ts';
import type { FetchedBatch } from '../../kafka/api/messages.ts';
import type { RecordBatch } from '../../kafka/records/record-batch.ts';
import type { Message } from '../net/message.ts';

export const Api = {
  Produce: 0,
  Fetch: 1,
  ListOffsets: 2,
  Metadata: 3,
  OffsetCommit: 8,
  JoinGroup: 11,
  LeaveGroup: 13,
  SyncGroup: 14,
  ApiVersions: 18,
  OffsetForLeaderEpoch: 23,
  AlterPartition: 56,
  BrokerRegistration: 62,
  BrokerHeartbeat: 63,
} as const;

interface Item {
  readonly partition?: number;
  readonly index?: number;
  readonly errorCode?: number;
  readonly records?: RecordBatch | readonly FetchedBatch[];
  readonly divergingEpoch?: unknown;
}

interface AnyBody {
  readonly partitionData?: readonly Item[];
  readonly responses?: readonly Item[];
  readonly partitions?: readonly Item[];
  readonly topics?: readonly { readonly partitions?: readonly Item[] }[] | null;
  readonly errorCode?: number;
  readonly errors?: readonly number[];
  readonly records?: readonly unknown[];
}

const NOTHING: readonly Item[] = [];

function itemsOf(body: unknown): readonly Item[] {
  if (body === null || typeof body !== 'object') return NOTHING;
  const b = body as AnyBody;
  return b.partitionData ?? b.responses ?? b.partitions ?? NOTHING;
}

/** Dense indices of the partitions that a body names. Metadata answers name all and count for none. */
export function partitionsOf(body: unknown): number[] {
  const found: number[] = [];
  for (const item of itemsOf(body)) {
    if (typeof item.partition === 'number' && item.partition >= 0) found.push(item.partition);
  }
  return found;
}

/** The record batches in a body, with the partition and the base offset where it is known (-1 on the way to the leader). */
export function eachBatch(
  body: unknown,
  visit: (batch: RecordBatch, partition: number, baseOffset: number) => void,
): void {
  for (const item of itemsOf(body)) {
    const { records } = item;
    if (records === undefined || records === null || typeof item.partition !== 'number') continue;
    if (Array.isArray(records)) {
      for (const stored of records as readonly FetchedBatch[]) visit(stored.batch, item.partition, stored.baseOffset);
    } else {
      visit(records as RecordBatch, item.partition, -1);
    }
  }
}

export function hasRecords(body: unknown): boolean {
  for (const { records } of itemsOf(body)) {
    if (records !== undefined && records !== null && (!Array.isArray(records) || records.length > 0)) return true;
  }
  return false;
}

/** Name of the first error in a response, null where all went well. */
export function errorIn(body: unknown): string | null {
  const errors = (body as AnyBody | null)?.errors;
  if (errors === undefined) return null;
  for (const code of errors) if (code !== 0) return errorName(code);
  return null;
}

export function errorName(code: number): string {
  return errorForCode(code).name;
}

/**
 * data: carries records. change: it changes something that one would want to see (a registration, an ISR change, a
 * truncation, an error, records of the metadata log). quiet: the rest.
 */
export function weightOf(m: Message): 'data' | 'change' | 'quiet' {
  const { apiKey, body } = m;
  if (apiKey < 0) return apiKey === -3 ? 'change' : 'quiet';
  if (apiKey === Api.Produce || apiKey === Api.Fetch) {
    if (hasRecords(body)) return 'data';
    if (!m.toServer) {
      if (errorIn(body) !== null) return 'change';
      for (const item of itemsOf(body))
        if (item.divergingEpoch !== null && item.divergingEpoch !== undefined) return 'change';
      if (((body as AnyBody | null)?.records?.length ?? 0) > 0) return 'change';
    }
    return apiKey === Api.Produce && !m.toServer ? 'data' : 'quiet';
  }
  if (!m.toServer && errorIn(body) !== null) return 'change';
  // What moves a group's place, or brings its members together; that a commit was answered is no news.
  if (apiKey === Api.JoinGroup || apiKey === Api.SyncGroup || apiKey === Api.LeaveGroup) return 'change';
  if (apiKey === Api.OffsetCommit) return m.toServer ? 'change' : 'quiet';
  if (apiKey === Api.AlterPartition || apiKey === Api.BrokerRegistration || apiKey === Api.OffsetForLeaderEpoch)
    return 'change';
  if (apiKey === Api.BrokerHeartbeat) {
    const beat = body as { wantShutDown?: boolean; wantFence?: boolean; isFenced?: boolean; shouldShutDown?: boolean };
    return beat.wantShutDown || beat.wantFence || beat.isFenced || beat.shouldShutDown ? 'change' : 'quiet';
  }
  return 'quiet';
}

/**
 * The active controller's log: appends records, applies them, answers the observers that wait for them. With one voter
 * a record is committed when it is appended (the quorum of several has its own issue).
 */
import { vectorGet, vectorLength, vectorPush } from '../../base/vector.ts';
import type { FetchResponse } from '../../kafka/api/messages.ts';
import type { World } from '../kernel/world.ts';
import { own } from '../kernel/world.ts';
import { respond } from '../net/network.ts';
import { type ControllerState, cloneController, type ParkedMetadataFetch } from './controller-state.ts';
import { applyRecord } from './metadata-image.ts';
import type { MetadataEntry, MetadataRecord } from './metadata-records.ts';
import { tellRecord } from './metadata-words.ts';

export const METADATA_TOPIC = '__cluster_metadata';

/** The one controller's state lives in a table of one, so that `own` serves it too. */
export function ownController(w: World): ControllerState {
  if (w.controller.gen === w.gen) return w.controller;
  const table = [w.controller];
  w.controller = own(w, table, 0, cloneController);
  return w.controller;
}

/** Appends and applies records as one step, says what they mean, and answers waiting observers. */
export function appendRecords(w: World, records: readonly MetadataRecord[]): void {
  if (records.length === 0) return;
  const c = ownController(w);
  for (const record of records) {
    const offset = vectorLength(c.log);
    vectorPush(c.log, { offset, atUs: w.nowUs, record }, w.gen);
    const before = c.image;
    c.image = applyRecord(before, offset, record);
    tellRecord(w, before, c.image, record);
  }
  w.whenDirty = true;
  const waiting = c.parked;
  c.parked = [];
  for (const fetch of waiting) answerFetch(w, fetch);
}

export function lastOffset(c: ControllerState): number {
  return vectorLength(c.log) - 1;
}

/** Entries from an offset to the end. */
export function entriesFrom(c: ControllerState, offset: number): MetadataEntry[] {
  const out: MetadataEntry[] = [];
  for (let i = Math.max(0, offset); i < vectorLength(c.log); i++) out.push(vectorGet(c.log, i));
  return out;
}

/** A Fetch answer for the metadata log: `metadataRecords` stands in place of batches. */
export type MetadataFetchResponse = FetchResponse & {
  readonly metadataRecords: readonly MetadataEntry[];
  readonly leaderEpoch: number;
};

export function answerFetch(w: World, fetch: ParkedMetadataFetch): void {
  const entries = entriesFrom(w.controller, fetch.fetchOffset);
  const body: MetadataFetchResponse = {
    errorCode: 0,
    sessionId: 0,
    responses: [],
    errors: [],
    metadataRecords: entries,
    leaderEpoch: w.controller.epoch,
  };
  respond(w, fetch.request, body, 60 + 90 * entries.length);
}

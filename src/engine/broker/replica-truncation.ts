/** What a follower cuts off its log, and how it asks before it does. Rules 16, 18. */
import type { FetchPartition, ListOffsetsRequest, ListOffsetsResponse } from '../../kafka/api/messages.ts';
import { tell } from '../kernel/schedule.ts';
import type { PartitionName, World } from '../kernel/world.ts';
import { ledgerTruncated } from '../ledger/fault-facts.ts';
import { endOffsetForEpoch, truncateFully, truncateTo } from '../log/unified-log.ts';
import { sendRequest } from '../net/network.ts';
import { change, fetcherOf, pollFetcher } from './replica-fetcher.ts';
import type { FetcherState } from './replica-fetcher-state.ts';
import type { ReplicaState } from './replica-state.ts';
import { brokerState, ownReplica } from './replicas.ts';

const LIST_OFFSETS = 2;

/** Rule 16 (AbstractFetcherThread.getOffsetTruncationState). */
export function truncateOnDivergence(
  w: World,
  r: ReplicaState,
  leaderEnd: { epoch: number; endOffset: number },
  leader: number,
): void {
  let to: number;
  if (leaderEnd.endOffset < 0) to = r.highWatermark;
  else if (leaderEnd.epoch < 0) to = Math.min(leaderEnd.endOffset, r.leo);
  else {
    const mine = endOffsetForEpoch(r, leaderEnd.epoch);
    if (mine.endOffset < 0) to = Math.min(leaderEnd.endOffset, r.leo);
    else if (mine.epoch !== leaderEnd.epoch) to = Math.min(mine.endOffset, r.leo);
    else to = Math.min(mine.endOffset, leaderEnd.endOffset, r.leo);
  }
  cut(w, r, to, leader);
}

export function cut(w: World, r: ReplicaState, to: number, leader: number): void {
  const end = r.leo;
  const gone = truncateTo(w, r, to);
  if (to >= end) return;
  let records = 0;
  for (const b of gone) records += b.batch.records.length;
  const name = (w.partitions[r.partition] as PartitionName).name;
  tell(
    w,
    'log.truncated',
    { broker: r.broker, partition: name, fromOffset: to, toOffset: end, records, leader },
    [`broker:${r.broker}`, `partition:${name}`],
    'risk',
    'isr',
  );
  ledgerTruncated(w, r, to, gone, leader);
}

/** Rule 18: asks the leader where its log ends (and begins) before anything is thrown away. */
export function askLeaderOffsets(w: World, follower: number, leader: number, p: FetchPartition): void {
  const f = fetcherOf(w, follower, leader) as FetcherState;
  const ask = (timestamp: number): ListOffsetsRequest => ({
    replicaId: follower,
    isolationLevel: 0,
    partitions: [
      { topic: p.topic, index: p.index, partition: p.partition, currentLeaderEpoch: p.currentLeaderEpoch, timestamp },
    ],
  });
  change(w, follower, leader, p.partition, { delayedUntilUs: w.nowUs + 1_000_000_000 });
  sendRequest(w, f.connection, LIST_OFFSETS, ask(-1), 60);
}

export function onLeaderOffsets(
  w: World,
  follower: number,
  leader: number,
  request: ListOffsetsRequest,
  response: ListOffsetsResponse,
): void {
  const asked = request.partitions[0] as ListOffsetsRequest['partitions'][number];
  const answer = response.partitions[0] as ListOffsetsResponse['partitions'][number];
  const f = fetcherOf(w, follower, leader);
  const state = f?.partitions.find((x) => x.partition === asked.partition);
  if (f === null || state === undefined || state.leaderEpoch !== asked.currentLeaderEpoch) return;
  const backoffUs = brokerState(w, follower).settings.replicaFetchBackoffMs * 1000;
  if (answer.errorCode !== 0) {
    change(w, follower, leader, asked.partition, { delayedUntilUs: w.nowUs + backoffUs });
  } else {
    const r = ownReplica(w, follower, asked.partition);
    if (asked.timestamp === -1 && answer.offset >= r.leo) {
      // The leader's log reaches at least as far: look where it begins.
      const partitions = [{ ...asked, timestamp: -2 }];
      sendRequest(w, f.connection, LIST_OFFSETS, { ...request, partitions }, 60);
      return;
    }
    if (asked.timestamp === -1) cut(w, r, answer.offset, leader);
    else if (answer.offset > r.leo) {
      const gone = truncateFully(w, r, answer.offset);
      ledgerTruncated(w, r, answer.offset, gone, leader);
    }
    change(w, follower, leader, asked.partition, { delayedUntilUs: 0 });
  }
  pollFetcher(w, follower, leader);
}

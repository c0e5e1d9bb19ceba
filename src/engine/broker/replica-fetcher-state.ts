import type { FetchPartition } from '../../kafka/api/messages.ts';
import type { FetchMetadata } from '../client/fetch-session-handler.ts';
import type { Owned } from '../kernel/world.ts';

/** One partition of a fetcher (Kafka: PartitionFetchState). */
export interface FetchedPartition {
  readonly partition: number;
  readonly leaderEpoch: number;
  /** No fetch before this moment (back-off). */
  readonly delayedUntilUs: number;
  /** Fenced at its epoch: stays out until new metadata (rule 97). */
  readonly fenced: boolean;
  /** What the session with the leader asks of it; null while the session does not hold it. */
  readonly sent: FetchPartition | null;
}

/** The same partition as the session now asks for it. */
export function withSent(p: FetchedPartition, sent: FetchPartition | null): FetchedPartition {
  return {
    partition: p.partition,
    leaderEpoch: p.leaderEpoch,
    delayedUntilUs: p.delayedUntilUs,
    fenced: p.fenced,
    sent,
  };
}

/** The thread of one follower broker that fetches from one leader broker (Kafka: ReplicaFetcherThread). */
export interface FetcherState extends Owned {
  follower: number;
  leader: number;
  connection: number;
  /** In the order in which a full fetch names them: what brought records goes to the end. */
  partitions: FetchedPartition[];
  /** What the next request says of the fetch session (KIP-227). */
  next: FetchMetadata;
  /** What the session still holds of partitions that are followed here no more. */
  toForget: readonly FetchPartition[];
  inFlight: boolean;
  backoffUntilUs: number;
  retryArmedUs: number;
}

export function cloneFetcher(f: FetcherState): FetcherState {
  return {
    gen: f.gen,
    follower: f.follower,
    leader: f.leader,
    connection: f.connection,
    partitions: f.partitions.slice(),
    next: f.next,
    toForget: f.toForget,
    inFlight: f.inFlight,
    backoffUntilUs: f.backoffUntilUs,
    retryArmedUs: f.retryArmedUs,
  };
}

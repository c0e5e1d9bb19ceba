import type { Owned } from '../kernel/world.ts';

/** One partition of a fetcher (Kafka: PartitionFetchState). */
export interface FetchedPartition {
  readonly partition: number;
  readonly leaderEpoch: number;
  /** No fetch before this moment (back-off). */
  readonly delayedUntilUs: number;
  /** Fenced at its epoch: stays out until new metadata (rule 97). */
  readonly fenced: boolean;
}

/** The thread of one follower broker that fetches from one leader broker (Kafka: ReplicaFetcherThread). */
export interface FetcherState extends Owned {
  follower: number;
  leader: number;
  connection: number;
  /** Ascending dense partition indices. */
  partitions: FetchedPartition[];
  inFlight: boolean;
  backoffUntilUs: number;
  retryArmedUs: number;
}

export function cloneFetcher(f: FetcherState): FetcherState {
  return { ...f, partitions: f.partitions.slice() };
}

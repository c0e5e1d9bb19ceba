import type { BrokerConfig } from '../../kafka/config/effective-broker.ts';
import type { ConfigEntries } from '../../kafka/config/types.ts';
import type { MetadataImage } from '../controller/metadata-image.ts';
import type { Owned } from '../kernel/world.ts';
import type { Message } from '../net/message.ts';
import type { CompressionWork } from './compression-work.ts';
import type { FetchSession } from './fetch-session.ts';

/** A fetch that waits for data (Kafka: DelayedFetch). Never changed; removed when it completes. */
export interface DelayedFetch {
  readonly id: number;
  readonly request: Message;
  readonly deadlineUs: number;
  readonly fromFollower: boolean;
  /** Place of its session; -1: it has none (yet), and watches the partitions that it names. */
  readonly slot: number;
}

/** A produce with acks=all that waits for its copies (Kafka: DelayedProduce). */
export interface DelayedProduce {
  readonly id: number;
  readonly request: Message;
  readonly deadlineUs: number;
  readonly partitions: readonly DelayedProducePartition[];
}

export interface DelayedProducePartition {
  readonly partition: number;
  readonly topic: string;
  readonly index: number;
  /** First offset after the batch; -1: nothing to wait for, `errorCode` stands. */
  readonly requiredOffset: number;
  readonly baseOffset: number;
  readonly leaderEpoch: number;
  readonly errorCode: number;
}

export type BrokerLifecycle =
  | 'booting'
  | 'registering'
  | 'catching-up'
  | 'running'
  | 'controlled-shutdown'
  | 'not-running';

/** One broker process and what lies beside its logs on its disk (clean-shutdown file). */
export interface BrokerState extends Owned {
  id: number;
  node: number;
  settings: BrokerConfig;
  /** The same as it stands in the properties file, for what topics inherit. */
  entries: ConfigEntries;
  lifecycle: BrokerLifecycle;
  incarnationId: number;
  brokerEpoch: number;
  /** From the clean-shutdown file; -1 after a crash. */
  previousBrokerEpoch: number;
  image: MetadataImage;
  /** Whether this process has become what its image says: not before its registration is in it (BrokerServer.startup). */
  published: boolean;
  fenced: boolean;
  delayedFetches: DelayedFetch[];
  /** How many of them have no session. */
  sessionlessFetches: number;
  /** Fetch sessions by slot (fetch-session.ts), and the slots of those that hold a partition, by its dense index. */
  fetchSessions: (FetchSession | null)[];
  fetchWatchers: (readonly number[])[];
  nextSessionShard: number;
  /** By broker id: when a session of that follower was last used. */
  followerFetchUs: number[];
  delayedProduces: DelayedProduce[];
  nextOperation: number;
  fetchExpireArmedUs: number;
  produceExpireArmedUs: number;
  /** AlterPartitionManager: one request in flight, the rest waits. Dense partition indices. */
  alterInFlight: readonly number[] | null;
  alterPending: number[];
  producerIdNext: number;
  producerIdEnd: number;
  producerIdInFlight: boolean;
  /** Topics that it has asked the controller to make; it asks for each once at a time (AutoTopicCreationManager). */
  topicsInCreation: readonly string[];
  heartbeatInFlight: boolean;
  /** When the next registration or heartbeat is due; 0: none is planned. A later plan replaces an earlier one. */
  heartbeatDueUs: number;
  /** Whether a controlled shutdown has had its first answer. */
  shutdownAnswered: boolean;
  heartbeatConnection: number;
  controllerConnection: number;
  metadataConnection: number;
  diskFailed: boolean;
  /** What compressed batches make it do; null: it never met one. */
  work: CompressionWork | null;
}

export function cloneBroker(b: BrokerState): BrokerState {
  return {
    gen: b.gen,
    id: b.id,
    node: b.node,
    settings: b.settings,
    entries: b.entries,
    lifecycle: b.lifecycle,
    incarnationId: b.incarnationId,
    brokerEpoch: b.brokerEpoch,
    previousBrokerEpoch: b.previousBrokerEpoch,
    image: b.image,
    published: b.published,
    fenced: b.fenced,
    delayedFetches: b.delayedFetches.slice(),
    sessionlessFetches: b.sessionlessFetches,
    fetchSessions: b.fetchSessions.slice(),
    fetchWatchers: b.fetchWatchers.slice(),
    nextSessionShard: b.nextSessionShard,
    followerFetchUs: b.followerFetchUs.slice(),
    delayedProduces: b.delayedProduces.slice(),
    nextOperation: b.nextOperation,
    fetchExpireArmedUs: b.fetchExpireArmedUs,
    produceExpireArmedUs: b.produceExpireArmedUs,
    alterInFlight: b.alterInFlight,
    alterPending: b.alterPending.slice(),
    producerIdNext: b.producerIdNext,
    producerIdEnd: b.producerIdEnd,
    producerIdInFlight: b.producerIdInFlight,
    topicsInCreation: b.topicsInCreation,
    heartbeatInFlight: b.heartbeatInFlight,
    heartbeatDueUs: b.heartbeatDueUs,
    shutdownAnswered: b.shutdownAnswered,
    heartbeatConnection: b.heartbeatConnection,
    controllerConnection: b.controllerConnection,
    metadataConnection: b.metadataConnection,
    diskFailed: b.diskFailed,
    work: b.work,
  };
}

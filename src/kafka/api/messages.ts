/**
 * Bodies of the requests and responses that nodes exchange, with Kafka's field names. `partition` (a dense index that
 * the simulation gives each topic partition) and `errors` (all error codes of a response, for counting) stand beside
 * Kafka's own fields. Bodies are never changed after they were sent. Offsets, epochs and ids are plain integers, -1 is
 * Kafka's "none"; error codes are Kafka's numbers.
 */
import type { RecordBatch } from '../records/record-batch.ts';

/** A batch as it lies in a log: see engine/log/stored-batch.ts (same shape; kafka/ may not import engine/). */
export interface FetchedBatch {
  readonly baseOffset: number;
  readonly lastOffset: number;
  readonly leaderEpoch: number;
  readonly batch: RecordBatch;
  readonly appendedUs: number;
}

// 0 Produce
export interface ProduceRequest {
  readonly transactionalId: string | null;
  readonly acks: 0 | 1 | -1;
  readonly timeoutMs: number;
  readonly partitionData: readonly {
    readonly topic: string;
    readonly index: number;
    readonly partition: number;
    readonly records: RecordBatch;
  }[];
}
export interface CurrentLeader {
  readonly leaderId: number;
  readonly leaderEpoch: number;
}
export interface ProducePartitionResponse {
  readonly topic: string;
  readonly index: number;
  readonly partition: number;
  readonly errorCode: number;
  readonly baseOffset: number;
  readonly logAppendTimeMs: number;
  readonly logStartOffset: number;
  readonly errorMessage: string | null;
  readonly currentLeader: CurrentLeader | null;
}
export interface ProduceResponse {
  readonly responses: readonly ProducePartitionResponse[];
  readonly errors: readonly number[];
}

// 1 Fetch. One file an API serves consumers, followers and metadata observers, as Kafka's does.
export interface FetchPartition {
  readonly topic: string;
  readonly index: number;
  readonly partition: number;
  readonly currentLeaderEpoch: number;
  readonly fetchOffset: number;
  readonly lastFetchedEpoch: number;
  readonly logStartOffset: number;
  readonly partitionMaxBytes: number;
}
export interface FetchRequest {
  /** A follower's broker id; -1 for consumers. */
  readonly replicaId: number;
  readonly replicaEpoch: number;
  readonly maxWaitMs: number;
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly isolationLevel: 0 | 1;
  readonly rackId: string;
  /** KIP-227. 0: none yet. */
  readonly sessionId: number;
  /** 0: a full fetch that asks for a session; -1: one that wants none (and ends the named one); else the next of its session. */
  readonly sessionEpoch: number;
  /** Of an incremental fetch: only what is new or has changed. */
  readonly partitions: readonly FetchPartition[];
  readonly forgottenTopicsData: readonly ForgottenPartition[];
}
export interface ForgottenPartition {
  readonly topic: string;
  readonly index: number;
  readonly partition: number;
}
export interface FetchPartitionResponse {
  readonly topic: string;
  readonly index: number;
  readonly partition: number;
  readonly errorCode: number;
  readonly highWatermark: number;
  readonly lastStableOffset: number;
  readonly logStartOffset: number;
  readonly divergingEpoch: { readonly epoch: number; readonly endOffset: number } | null;
  readonly currentLeader: CurrentLeader | null;
  readonly preferredReadReplica: number;
  readonly records: readonly FetchedBatch[];
  /** Bytes of the records field: those of `records`, and of the batch behind them that was cut at the limit (rule 26). */
  readonly recordsSizeInBytes: number;
}
export interface FetchResponse {
  readonly errorCode: number;
  /** 0: no session (goes on). */
  readonly sessionId: number;
  readonly responses: readonly FetchPartitionResponse[];
  readonly errors: readonly number[];
}

// 2 ListOffsets. timestamp -1 latest, -2 earliest, -3 max timestamp, else the first record at or after it.
export interface ListOffsetsRequest {
  readonly replicaId: number;
  readonly isolationLevel: 0 | 1;
  readonly partitions: readonly {
    readonly topic: string;
    readonly index: number;
    readonly partition: number;
    readonly currentLeaderEpoch: number;
    readonly timestamp: number;
  }[];
}
export interface ListOffsetsResponse {
  readonly partitions: readonly {
    readonly topic: string;
    readonly index: number;
    readonly partition: number;
    readonly errorCode: number;
    readonly timestamp: number;
    readonly offset: number;
    readonly leaderEpoch: number;
  }[];
  readonly errors: readonly number[];
}

// 3 Metadata. topics null: all.
export interface MetadataRequest {
  readonly topics: readonly string[] | null;
  readonly allowAutoTopicCreation: boolean;
}
export interface MetadataPartition {
  readonly errorCode: number;
  readonly partitionIndex: number;
  readonly partition: number;
  readonly leaderId: number;
  readonly leaderEpoch: number;
  readonly replicaNodes: readonly number[];
  readonly isrNodes: readonly number[];
  readonly offlineReplicas: readonly number[];
}
export interface MetadataResponse {
  readonly brokers: readonly {
    readonly nodeId: number;
    readonly host: string;
    readonly port: number;
    readonly rack: string | null;
  }[];
  readonly controllerId: number;
  readonly topics: readonly {
    readonly errorCode: number;
    readonly name: string;
    readonly topicId: number;
    readonly partitions: readonly MetadataPartition[];
  }[];
  readonly errors: readonly number[];
}

// 19 CreateTopics, 20 DeleteTopics, 37 CreatePartitions
export interface CreateTopicsRequest {
  readonly topics: readonly {
    readonly name: string;
    readonly numPartitions: number;
    readonly replicationFactor: number;
    readonly assignments: readonly (readonly number[])[];
    readonly configs: readonly (readonly [string, string])[];
  }[];
  readonly timeoutMs: number;
}
export interface CreatePartitionsRequest {
  readonly topics: readonly {
    readonly name: string;
    readonly count: number;
    readonly assignments: readonly (readonly number[])[] | null;
  }[];
  readonly timeoutMs: number;
}
export interface DeleteTopicsRequest {
  readonly topicNames: readonly string[];
  readonly timeoutMs: number;
}
export interface TopicResultsResponse {
  readonly topics: readonly {
    readonly name: string;
    readonly errorCode: number;
    readonly errorMessage: string | null;
  }[];
  readonly errors: readonly number[];
}

// 21 DeleteRecords
export interface DeleteRecordsRequest {
  readonly partitions: readonly {
    readonly topic: string;
    readonly index: number;
    readonly partition: number;
    readonly offset: number;
  }[];
  readonly timeoutMs: number;
}
export interface DeleteRecordsResponse {
  readonly partitions: readonly {
    readonly topic: string;
    readonly index: number;
    readonly partition: number;
    readonly lowWatermark: number;
    readonly errorCode: number;
  }[];
  readonly errors: readonly number[];
}

// 22 InitProducerId
export interface InitProducerIdRequest {
  readonly transactionalId: string | null;
  readonly transactionTimeoutMs: number;
  readonly producerId: number;
  readonly producerEpoch: number;
}
export interface InitProducerIdResponse {
  readonly errorCode: number;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly errors: readonly number[];
}

// 23 OffsetForLeaderEpoch
export interface OffsetForLeaderEpochRequest {
  readonly replicaId: number;
  readonly partitions: readonly {
    readonly topic: string;
    readonly index: number;
    readonly partition: number;
    readonly currentLeaderEpoch: number;
    readonly leaderEpoch: number;
  }[];
}
export interface OffsetForLeaderEpochResponse {
  readonly partitions: readonly {
    readonly topic: string;
    readonly index: number;
    readonly partition: number;
    readonly errorCode: number;
    readonly leaderEpoch: number;
    readonly endOffset: number;
  }[];
  readonly errors: readonly number[];
}

// 43 ElectLeaders (0 preferred, 1 unclean), 44 IncrementalAlterConfigs, 45 AlterPartitionReassignments
export interface ElectLeadersRequest {
  readonly electionType: 0 | 1;
  readonly partitions: readonly { readonly topic: string; readonly index: number; readonly partition: number }[];
  readonly timeoutMs: number;
}
export type ConfigResource = 'TOPIC' | 'BROKER' | 'GROUP';
export interface IncrementalAlterConfigsRequest {
  readonly resources: readonly {
    readonly resourceType: ConfigResource;
    readonly resourceName: string;
    readonly configs: readonly {
      readonly name: string;
      readonly configOperation: 'SET' | 'DELETE';
      readonly value: string | null;
    }[];
  }[];
}
export interface AlterPartitionReassignmentsRequest {
  readonly partitions: readonly {
    readonly topic: string;
    readonly index: number;
    readonly partition: number;
    readonly replicas: readonly number[] | null;
  }[];
  readonly timeoutMs: number;
}
export interface SimpleResponse {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly errors: readonly number[];
}

// 56 AlterPartition
export interface AlterPartitionRequest {
  readonly brokerId: number;
  readonly brokerEpoch: number;
  readonly partitions: readonly {
    readonly topic: string;
    readonly index: number;
    readonly partition: number;
    readonly leaderEpoch: number;
    readonly newIsrWithEpochs: readonly { readonly brokerId: number; readonly brokerEpoch: number }[];
    /** 0 recovered, 1 recovering. */
    readonly leaderRecoveryState: 0 | 1;
    readonly partitionEpoch: number;
  }[];
}
export interface AlterPartitionResponse {
  readonly errorCode: number;
  readonly partitions: readonly {
    readonly topic: string;
    readonly index: number;
    readonly partition: number;
    readonly errorCode: number;
    readonly leaderId: number;
    readonly leaderEpoch: number;
    readonly isr: readonly number[];
    readonly leaderRecoveryState: 0 | 1;
    readonly partitionEpoch: number;
  }[];
  readonly errors: readonly number[];
}

// 62 BrokerRegistration, 63 BrokerHeartbeat, 67 AllocateProducerIds
export interface BrokerRegistrationRequest {
  readonly brokerId: number;
  readonly clusterId: string;
  readonly incarnationId: number;
  readonly rack: string | null;
  readonly previousBrokerEpoch: number;
}
export interface BrokerRegistrationResponse {
  readonly errorCode: number;
  readonly brokerEpoch: number;
  readonly errors: readonly number[];
}
export interface BrokerHeartbeatRequest {
  readonly brokerId: number;
  readonly brokerEpoch: number;
  readonly currentMetadataOffset: number;
  readonly wantFence: boolean;
  readonly wantShutDown: boolean;
}
export interface BrokerHeartbeatResponse {
  readonly errorCode: number;
  readonly isCaughtUp: boolean;
  readonly isFenced: boolean;
  readonly shouldShutDown: boolean;
  readonly errors: readonly number[];
}
export interface AllocateProducerIdsRequest {
  readonly brokerId: number;
  readonly brokerEpoch: number;
}
export interface AllocateProducerIdsResponse {
  readonly errorCode: number;
  readonly producerIdStart: number;
  readonly producerIdLen: number;
  readonly errors: readonly number[];
}

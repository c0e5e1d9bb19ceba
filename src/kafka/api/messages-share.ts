/**
 * Bodies of what share consumers, partition leaders and share coordinators exchange (KIP-932), with Kafka's field names (76, 78, 79,
 * 83-87). As in messages.ts: `partition` is the dense index beside topic and index, `topicId` the dense one, `errors` lists all error
 * codes of a response. Never changed after they were sent.
 */
import type { CurrentLeader, FetchedBatch } from './messages.ts';

/** A topic partition as all of these name it. */
export interface SharePartitionId {
  readonly topic: string;
  readonly topicId: number;
  readonly index: number;
  readonly partition: number;
}

// 76 ShareGroupHeartbeat. memberEpoch 0 joins, -1 leaves.
export interface ShareGroupHeartbeatRequest {
  readonly groupId: string;
  readonly memberId: string;
  readonly memberEpoch: number;
  readonly rackId: string | null;
  /** null: as before. */
  readonly subscribedTopicNames: readonly string[] | null;
}
export interface ShareAssignedTopic {
  readonly topicId: number;
  readonly topic: string;
  readonly partitions: readonly number[];
}
export interface ShareGroupHeartbeatResponse {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly memberId: string | null;
  readonly memberEpoch: number;
  readonly heartbeatIntervalMs: number;
  /** null: as before. */
  readonly assignment: readonly ShareAssignedTopic[] | null;
  readonly errors: readonly number[];
}

// 78 ShareFetch. shareSessionEpoch 0 opens a session, -1 closes it.
export interface ShareAcknowledgementBatch {
  readonly firstOffset: number;
  readonly lastOffset: number;
  /** 0 gap, 1 accept, 2 release, 3 reject, 4 renew: one for all of the range, or one an offset. */
  readonly acknowledgeTypes: readonly number[];
}
export interface ShareFetchPartition extends SharePartitionId {
  readonly acknowledgementBatches: readonly ShareAcknowledgementBatch[];
}
export interface ShareFetchRequest {
  readonly groupId: string;
  readonly memberId: string;
  readonly shareSessionEpoch: number;
  readonly maxWaitMs: number;
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly maxRecords: number;
  readonly batchSize: number;
  /** 0 batch_optimized, 1 record_limit. */
  readonly shareAcquireMode: 0 | 1;
  readonly isRenewAck: boolean;
  /** What is new in the session, and what has acknowledgements. */
  readonly partitions: readonly ShareFetchPartition[];
  readonly forgottenTopicsData: readonly SharePartitionId[];
}
export interface ShareAcquiredRecords {
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly deliveryCount: number;
}
export interface ShareFetchPartitionResponse extends SharePartitionId {
  readonly errorCode: number;
  readonly acknowledgeErrorCode: number;
  readonly currentLeader: CurrentLeader | null;
  readonly records: readonly FetchedBatch[];
  readonly recordsSizeInBytes: number;
  readonly acquiredRecords: readonly ShareAcquiredRecords[];
}
export interface ShareFetchResponse {
  readonly errorCode: number;
  readonly acquisitionLockTimeoutMs: number;
  readonly responses: readonly ShareFetchPartitionResponse[];
  readonly errors: readonly number[];
}

// 79 ShareAcknowledge
export interface ShareAcknowledgeRequest {
  readonly groupId: string;
  readonly memberId: string;
  readonly shareSessionEpoch: number;
  readonly isRenewAck: boolean;
  readonly partitions: readonly ShareFetchPartition[];
}
export interface ShareAcknowledgePartitionResponse extends SharePartitionId {
  readonly errorCode: number;
  readonly currentLeader: CurrentLeader | null;
}
export interface ShareAcknowledgeResponse {
  readonly errorCode: number;
  readonly acquisitionLockTimeoutMs: number;
  readonly responses: readonly ShareAcknowledgePartitionResponse[];
  readonly errors: readonly number[];
}

export interface ShareStateBatch {
  readonly firstOffset: number;
  readonly lastOffset: number;
  /** 0 available, 2 acknowledged, 4 archived. */
  readonly deliveryState: number;
  readonly deliveryCount: number;
}
export interface ShareStateResult extends SharePartitionId {
  readonly errorCode: number;
}
interface StateRequest<P> {
  readonly groupId: string;
  readonly partitions: readonly P[];
}
export interface ShareStateResponse<R extends ShareStateResult = ShareStateResult> {
  readonly results: readonly R[];
  readonly errors: readonly number[];
}

// 83 InitializeShareGroupState. startOffset -1: not known yet.
export interface InitializeStatePartition extends SharePartitionId {
  readonly stateEpoch: number;
  readonly startOffset: number;
}
export type InitializeShareGroupStateRequest = StateRequest<InitializeStatePartition>;

// 84 ReadShareGroupState
export interface ReadStatePartition extends SharePartitionId {
  readonly leaderEpoch: number;
}
export type ReadShareGroupStateRequest = StateRequest<ReadStatePartition>;
export interface ReadStateResult extends ShareStateResult {
  readonly stateEpoch: number;
  readonly startOffset: number;
  readonly stateBatches: readonly ShareStateBatch[];
}

// 85 WriteShareGroupState
export interface WriteStatePartition extends SharePartitionId {
  readonly stateEpoch: number;
  readonly leaderEpoch: number;
  readonly startOffset: number;
  readonly deliveryCompleteCount: number;
  readonly stateBatches: readonly ShareStateBatch[];
}
export type WriteShareGroupStateRequest = StateRequest<WriteStatePartition>;

// 86 DeleteShareGroupState
export type DeleteShareGroupStateRequest = StateRequest<SharePartitionId>;

// 87 ReadShareGroupStateSummary
export type ReadShareGroupStateSummaryRequest = StateRequest<ReadStatePartition>;
export interface ReadStateSummaryResult extends ShareStateResult {
  readonly stateEpoch: number;
  readonly leaderEpoch: number;
  readonly startOffset: number;
  readonly deliveryCompleteCount: number;
}

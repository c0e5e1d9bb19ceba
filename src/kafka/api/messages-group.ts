/**
 * Bodies of what members and their coordinator exchange, with Kafka's field names (8-14). As in messages.ts: `partition` is the
 * dense index beside topic and index, `errors` lists all error codes of a response. Never changed after they were sent.
 */

// 8 OffsetCommit
export interface OffsetCommitRequest {
  readonly groupId: string;
  /** -1 with memberId '': not a member (assign). */
  readonly generationIdOrMemberEpoch: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly partitions: readonly {
    readonly topic: string;
    readonly index: number;
    readonly partition: number;
    readonly committedOffset: number;
    readonly committedLeaderEpoch: number;
    readonly committedMetadata: string;
  }[];
}
export interface OffsetCommitResponse {
  readonly partitions: readonly {
    readonly topic: string;
    readonly index: number;
    readonly partition: number;
    readonly errorCode: number;
  }[];
  readonly errors: readonly number[];
}

// 9 OffsetFetch. partitions null: all of the group.
export interface OffsetFetchRequest {
  readonly groupId: string;
  readonly memberId: string;
  readonly memberEpoch: number;
  readonly requireStable: boolean;
  readonly partitions: readonly { readonly topic: string; readonly index: number; readonly partition: number }[] | null;
}
export interface OffsetFetchResponse {
  readonly errorCode: number;
  readonly partitions: readonly {
    readonly topic: string;
    readonly index: number;
    readonly partition: number;
    /** -1: nothing is committed. */
    readonly committedOffset: number;
    readonly committedLeaderEpoch: number;
    readonly metadata: string;
    readonly errorCode: number;
  }[];
  readonly errors: readonly number[];
}

// 10 FindCoordinator. keyType 0 group, 1 transaction, 2 share (key: group:topicId:partition).
export interface FindCoordinatorRequest {
  readonly key: string;
  readonly keyType: 0 | 1 | 2;
}
export interface FindCoordinatorResponse {
  readonly key: string;
  /** -1 with an error. */
  readonly nodeId: number;
  readonly errorCode: number;
  readonly errors: readonly number[];
}

/** ConsumerProtocolSubscription, decoded; its bytes are made when someone looks (kafka/consumer-protocol). */
export interface Subscription {
  readonly version: number;
  /** Sorted, as Kafka serializes them. */
  readonly topics: readonly string[];
  /** Hex, or null. */
  readonly userData: string | null;
  readonly ownedPartitions: readonly { readonly topic: string; readonly index: number }[];
  readonly generationId: number;
  readonly rackId: string | null;
}

/** ConsumerProtocolAssignment, decoded. */
export interface Assignment {
  readonly version: number;
  readonly partitions: readonly { readonly topic: string; readonly index: number }[];
  readonly userData: string | null;
}

// 11 JoinGroup
export interface JoinGroupRequest {
  readonly groupId: string;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  /** '' on the first try. */
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly protocolType: string;
  /** In order of preference. */
  readonly protocols: readonly { readonly name: string; readonly metadata: Subscription }[];
  readonly reason: string;
}
export interface JoinGroupResponse {
  readonly errorCode: number;
  readonly generationId: number;
  readonly protocolType: string | null;
  readonly protocolName: string | null;
  readonly leader: string;
  readonly skipAssignment: boolean;
  readonly memberId: string;
  /** Filled for the leader only. */
  readonly members: readonly {
    readonly memberId: string;
    readonly groupInstanceId: string | null;
    readonly metadata: Subscription;
  }[];
  readonly errors: readonly number[];
}

// 12 Heartbeat
export interface HeartbeatRequest {
  readonly groupId: string;
  readonly generationId: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
}
export interface HeartbeatResponse {
  readonly errorCode: number;
  readonly errors: readonly number[];
}

// 13 LeaveGroup
export interface LeaveGroupRequest {
  readonly groupId: string;
  readonly members: readonly {
    readonly memberId: string;
    readonly groupInstanceId: string | null;
    readonly reason: string;
  }[];
}
export interface LeaveGroupResponse {
  readonly errorCode: number;
  readonly members: readonly {
    readonly memberId: string;
    readonly groupInstanceId: string | null;
    readonly errorCode: number;
  }[];
  readonly errors: readonly number[];
}

// 14 SyncGroup
export interface SyncGroupRequest {
  readonly groupId: string;
  readonly generationId: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly protocolType: string;
  readonly protocolName: string;
  /** Filled by the leader only. */
  readonly assignments: readonly { readonly memberId: string; readonly assignment: Assignment }[];
}
export interface SyncGroupResponse {
  readonly errorCode: number;
  readonly protocolType: string | null;
  readonly protocolName: string | null;
  /** null with an error. */
  readonly assignment: Assignment | null;
  readonly errors: readonly number[];
}

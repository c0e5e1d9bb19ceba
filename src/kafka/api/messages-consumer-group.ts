/**
 * Bodies of the new protocol of consumer groups (KIP-848), with Kafka's field names (68, 69). As in messages-group.ts: partitions are
 * named by topic and number, `errors` lists all error codes of a response, and a body is never changed after it was sent.
 */

export interface TopicPartitions {
  readonly topicId: number;
  readonly topic: string;
  /** Ascending. */
  readonly partitions: readonly number[];
}

// 68 ConsumerGroupHeartbeat. null: not sent, since it has not changed (rule 101).
export interface ConsumerGroupHeartbeatRequest {
  readonly groupId: string;
  /** Made by the client itself (KIP-1082). */
  readonly memberId: string;
  /** 0 to join, -1 to leave, -2 for a static member that means to come back. */
  readonly memberEpoch: number;
  readonly instanceId: string | null;
  readonly rackId: string | null;
  /** -1: unchanged. */
  readonly rebalanceTimeoutMs: number;
  readonly subscribedTopicNames: readonly string[] | null;
  /** RE2/J syntax; '' takes the pattern away. */
  readonly subscribedTopicRegex: string | null;
  readonly serverAssignor: string | null;
  /** What it owns. */
  readonly topicPartitions: readonly TopicPartitions[] | null;
}
export interface ConsumerGroupHeartbeatResponse {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly memberId: string | null;
  readonly memberEpoch: number;
  readonly heartbeatIntervalMs: number;
  /** null: unchanged. */
  readonly assignment: { readonly topicPartitions: readonly TopicPartitions[] } | null;
  readonly errors: readonly number[];
}

/**
 * Kafka's error codes (org.apache.kafka.common.protocol.Errors, 4.3.1): code, name, the exception that a Java client
 * throws for it, and which kind of exception that is. The kinds decide what a client does: retry, refresh its metadata,
 * abort the transaction or give up.
 */

/**
 * The letters: R RetriableException, F RefreshRetriableException, M InvalidMetadataException, T
 * TransactionAbortableException, C InvalidConfigurationException, A ApplicationRecoverableException.
 */
const ROWS = [
  [-1, 'UNKNOWN_SERVER_ERROR', 'UnknownServerException', ''],
  [0, 'NONE', null, ''],
  [1, 'OFFSET_OUT_OF_RANGE', 'OffsetOutOfRangeException', ''],
  [2, 'CORRUPT_MESSAGE', 'CorruptRecordException', 'R'],
  [3, 'UNKNOWN_TOPIC_OR_PARTITION', 'UnknownTopicOrPartitionException', 'RFM'],
  [4, 'INVALID_FETCH_SIZE', 'InvalidFetchSizeException', ''],
  [5, 'LEADER_NOT_AVAILABLE', 'LeaderNotAvailableException', 'RFM'],
  [6, 'NOT_LEADER_OR_FOLLOWER', 'NotLeaderOrFollowerException', 'RFM'],
  [7, 'REQUEST_TIMED_OUT', 'TimeoutException', 'R'],
  [8, 'BROKER_NOT_AVAILABLE', 'BrokerNotAvailableException', ''],
  [9, 'REPLICA_NOT_AVAILABLE', 'ReplicaNotAvailableException', 'RFM'],
  [10, 'MESSAGE_TOO_LARGE', 'RecordTooLargeException', ''],
  [11, 'STALE_CONTROLLER_EPOCH', 'ControllerMovedException', ''],
  [12, 'OFFSET_METADATA_TOO_LARGE', 'OffsetMetadataTooLarge', ''],
  [13, 'NETWORK_EXCEPTION', 'NetworkException', 'RFM'],
  [14, 'COORDINATOR_LOAD_IN_PROGRESS', 'CoordinatorLoadInProgressException', 'R'],
  [15, 'COORDINATOR_NOT_AVAILABLE', 'CoordinatorNotAvailableException', 'RF'],
  [16, 'NOT_COORDINATOR', 'NotCoordinatorException', 'RF'],
  [17, 'INVALID_TOPIC_EXCEPTION', 'InvalidTopicException', 'C'],
  [18, 'RECORD_LIST_TOO_LARGE', 'RecordBatchTooLargeException', 'C'],
  [19, 'NOT_ENOUGH_REPLICAS', 'NotEnoughReplicasException', 'R'],
  [20, 'NOT_ENOUGH_REPLICAS_AFTER_APPEND', 'NotEnoughReplicasAfterAppendException', 'R'],
  [21, 'INVALID_REQUIRED_ACKS', 'InvalidRequiredAcksException', 'C'],
  [22, 'ILLEGAL_GENERATION', 'IllegalGenerationException', 'A'],
  [23, 'INCONSISTENT_GROUP_PROTOCOL', 'InconsistentGroupProtocolException', ''],
  [24, 'INVALID_GROUP_ID', 'InvalidGroupIdException', ''],
  [25, 'UNKNOWN_MEMBER_ID', 'UnknownMemberIdException', 'A'],
  [26, 'INVALID_SESSION_TIMEOUT', 'InvalidSessionTimeoutException', ''],
  [27, 'REBALANCE_IN_PROGRESS', 'RebalanceInProgressException', ''],
  [28, 'INVALID_COMMIT_OFFSET_SIZE', 'InvalidCommitOffsetSizeException', ''],
  [29, 'TOPIC_AUTHORIZATION_FAILED', 'TopicAuthorizationException', 'C'],
  [30, 'GROUP_AUTHORIZATION_FAILED', 'GroupAuthorizationException', 'C'],
  [31, 'CLUSTER_AUTHORIZATION_FAILED', 'ClusterAuthorizationException', 'C'],
  [32, 'INVALID_TIMESTAMP', 'InvalidTimestampException', ''],
  [33, 'UNSUPPORTED_SASL_MECHANISM', 'UnsupportedSaslMechanismException', 'C'],
  [34, 'ILLEGAL_SASL_STATE', 'IllegalSaslStateException', 'C'],
  [35, 'UNSUPPORTED_VERSION', 'UnsupportedVersionException', 'C'],
  [36, 'TOPIC_ALREADY_EXISTS', 'TopicExistsException', ''],
  [37, 'INVALID_PARTITIONS', 'InvalidPartitionsException', ''],
  [38, 'INVALID_REPLICATION_FACTOR', 'InvalidReplicationFactorException', 'C'],
  [39, 'INVALID_REPLICA_ASSIGNMENT', 'InvalidReplicaAssignmentException', ''],
  [40, 'INVALID_CONFIG', 'InvalidConfigurationException', 'C'],
  [41, 'NOT_CONTROLLER', 'NotControllerException', 'R'],
  [42, 'INVALID_REQUEST', 'InvalidRequestException', ''],
  [43, 'UNSUPPORTED_FOR_MESSAGE_FORMAT', 'UnsupportedForMessageFormatException', 'C'],
  [44, 'POLICY_VIOLATION', 'PolicyViolationException', ''],
  [45, 'OUT_OF_ORDER_SEQUENCE_NUMBER', 'OutOfOrderSequenceException', ''],
  [46, 'DUPLICATE_SEQUENCE_NUMBER', 'DuplicateSequenceException', ''],
  [47, 'INVALID_PRODUCER_EPOCH', 'InvalidProducerEpochException', 'A'],
  [48, 'INVALID_TXN_STATE', 'InvalidTxnStateException', ''],
  [49, 'INVALID_PRODUCER_ID_MAPPING', 'InvalidPidMappingException', 'A'],
  [50, 'INVALID_TRANSACTION_TIMEOUT', 'InvalidTxnTimeoutException', ''],
  [51, 'CONCURRENT_TRANSACTIONS', 'ConcurrentTransactionsException', 'R'],
  [52, 'TRANSACTION_COORDINATOR_FENCED', 'TransactionCoordinatorFencedException', ''],
  [53, 'TRANSACTIONAL_ID_AUTHORIZATION_FAILED', 'TransactionalIdAuthorizationException', 'C'],
  [54, 'SECURITY_DISABLED', 'SecurityDisabledException', ''],
  [55, 'OPERATION_NOT_ATTEMPTED', 'OperationNotAttemptedException', ''],
  [56, 'KAFKA_STORAGE_ERROR', 'KafkaStorageException', 'RFM'],
  [57, 'LOG_DIR_NOT_FOUND', 'LogDirNotFoundException', ''],
  [58, 'SASL_AUTHENTICATION_FAILED', 'SaslAuthenticationException', 'C'],
  [59, 'UNKNOWN_PRODUCER_ID', 'UnknownProducerIdException', ''],
  [60, 'REASSIGNMENT_IN_PROGRESS', 'ReassignmentInProgressException', ''],
  [61, 'DELEGATION_TOKEN_AUTH_DISABLED', 'DelegationTokenDisabledException', ''],
  [62, 'DELEGATION_TOKEN_NOT_FOUND', 'DelegationTokenNotFoundException', ''],
  [63, 'DELEGATION_TOKEN_OWNER_MISMATCH', 'DelegationTokenOwnerMismatchException', ''],
  [64, 'DELEGATION_TOKEN_REQUEST_NOT_ALLOWED', 'UnsupportedByAuthenticationException', ''],
  [65, 'DELEGATION_TOKEN_AUTHORIZATION_FAILED', 'DelegationTokenAuthorizationException', 'C'],
  [66, 'DELEGATION_TOKEN_EXPIRED', 'DelegationTokenExpiredException', ''],
  [67, 'INVALID_PRINCIPAL_TYPE', 'InvalidPrincipalTypeException', ''],
  [68, 'NON_EMPTY_GROUP', 'GroupNotEmptyException', ''],
  [69, 'GROUP_ID_NOT_FOUND', 'GroupIdNotFoundException', ''],
  [70, 'FETCH_SESSION_ID_NOT_FOUND', 'FetchSessionIdNotFoundException', 'R'],
  [71, 'INVALID_FETCH_SESSION_EPOCH', 'InvalidFetchSessionEpochException', 'R'],
  [72, 'LISTENER_NOT_FOUND', 'ListenerNotFoundException', 'RFM'],
  [73, 'TOPIC_DELETION_DISABLED', 'TopicDeletionDisabledException', ''],
  [74, 'FENCED_LEADER_EPOCH', 'FencedLeaderEpochException', 'RFM'],
  [75, 'UNKNOWN_LEADER_EPOCH', 'UnknownLeaderEpochException', 'R'],
  [76, 'UNSUPPORTED_COMPRESSION_TYPE', 'UnsupportedCompressionTypeException', ''],
  [77, 'STALE_BROKER_EPOCH', 'StaleBrokerEpochException', ''],
  [78, 'OFFSET_NOT_AVAILABLE', 'OffsetNotAvailableException', 'R'],
  [79, 'MEMBER_ID_REQUIRED', 'MemberIdRequiredException', ''],
  [80, 'PREFERRED_LEADER_NOT_AVAILABLE', 'PreferredLeaderNotAvailableException', 'RFM'],
  [81, 'GROUP_MAX_SIZE_REACHED', 'GroupMaxSizeReachedException', ''],
  [82, 'FENCED_INSTANCE_ID', 'FencedInstanceIdException', 'A'],
  [83, 'ELIGIBLE_LEADERS_NOT_AVAILABLE', 'EligibleLeadersNotAvailableException', 'RFM'],
  [84, 'ELECTION_NOT_NEEDED', 'ElectionNotNeededException', 'RFM'],
  [85, 'NO_REASSIGNMENT_IN_PROGRESS', 'NoReassignmentInProgressException', ''],
  [86, 'GROUP_SUBSCRIBED_TO_TOPIC', 'GroupSubscribedToTopicException', ''],
  [87, 'INVALID_RECORD', 'InvalidRecordException', 'C'],
  [88, 'UNSTABLE_OFFSET_COMMIT', 'UnstableOffsetCommitException', 'R'],
  [89, 'THROTTLING_QUOTA_EXCEEDED', 'ThrottlingQuotaExceededException', 'R'],
  [90, 'PRODUCER_FENCED', 'ProducerFencedException', 'A'],
  [91, 'RESOURCE_NOT_FOUND', 'ResourceNotFoundException', ''],
  [92, 'DUPLICATE_RESOURCE', 'DuplicateResourceException', ''],
  [93, 'UNACCEPTABLE_CREDENTIAL', 'UnacceptableCredentialException', ''],
  [94, 'INCONSISTENT_VOTER_SET', 'InconsistentVoterSetException', ''],
  [95, 'INVALID_UPDATE_VERSION', 'InvalidUpdateVersionException', ''],
  [96, 'FEATURE_UPDATE_FAILED', 'FeatureUpdateFailedException', ''],
  [97, 'PRINCIPAL_DESERIALIZATION_FAILURE', 'PrincipalDeserializationException', ''],
  [98, 'SNAPSHOT_NOT_FOUND', 'SnapshotNotFoundException', ''],
  [99, 'POSITION_OUT_OF_RANGE', 'PositionOutOfRangeException', ''],
  [100, 'UNKNOWN_TOPIC_ID', 'UnknownTopicIdException', 'RFM'],
  [101, 'DUPLICATE_BROKER_REGISTRATION', 'DuplicateBrokerRegistrationException', ''],
  [102, 'BROKER_ID_NOT_REGISTERED', 'BrokerIdNotRegisteredException', ''],
  [103, 'INCONSISTENT_TOPIC_ID', 'InconsistentTopicIdException', 'RFM'],
  [104, 'INCONSISTENT_CLUSTER_ID', 'InconsistentClusterIdException', ''],
  [105, 'TRANSACTIONAL_ID_NOT_FOUND', 'TransactionalIdNotFoundException', ''],
  [106, 'FETCH_SESSION_TOPIC_ID_ERROR', 'FetchSessionTopicIdException', 'R'],
  [107, 'INELIGIBLE_REPLICA', 'IneligibleReplicaException', ''],
  [108, 'NEW_LEADER_ELECTED', 'NewLeaderElectedException', ''],
  [109, 'OFFSET_MOVED_TO_TIERED_STORAGE', 'OffsetMovedToTieredStorageException', ''],
  [110, 'FENCED_MEMBER_EPOCH', 'FencedMemberEpochException', ''],
  [111, 'UNRELEASED_INSTANCE_ID', 'UnreleasedInstanceIdException', ''],
  [112, 'UNSUPPORTED_ASSIGNOR', 'UnsupportedAssignorException', ''],
  [113, 'STALE_MEMBER_EPOCH', 'StaleMemberEpochException', ''],
  [114, 'MISMATCHED_ENDPOINT_TYPE', 'MismatchedEndpointTypeException', ''],
  [115, 'UNSUPPORTED_ENDPOINT_TYPE', 'UnsupportedEndpointTypeException', ''],
  [116, 'UNKNOWN_CONTROLLER_ID', 'UnknownControllerIdException', ''],
  [117, 'UNKNOWN_SUBSCRIPTION_ID', 'UnknownSubscriptionIdException', ''],
  [118, 'TELEMETRY_TOO_LARGE', 'TelemetryTooLargeException', ''],
  [119, 'INVALID_REGISTRATION', 'InvalidRegistrationException', ''],
  [120, 'TRANSACTION_ABORTABLE', 'TransactionAbortableException', 'T'],
  [121, 'INVALID_RECORD_STATE', 'InvalidRecordStateException', ''],
  [122, 'SHARE_SESSION_NOT_FOUND', 'ShareSessionNotFoundException', 'R'],
  [123, 'INVALID_SHARE_SESSION_EPOCH', 'InvalidShareSessionEpochException', 'R'],
  [124, 'FENCED_STATE_EPOCH', 'FencedStateEpochException', ''],
  [125, 'INVALID_VOTER_KEY', 'InvalidVoterKeyException', ''],
  [126, 'DUPLICATE_VOTER', 'DuplicateVoterException', ''],
  [127, 'VOTER_NOT_FOUND', 'VoterNotFoundException', ''],
  [128, 'INVALID_REGULAR_EXPRESSION', 'InvalidRegularExpression', ''],
  [129, 'REBOOTSTRAP_REQUIRED', 'RebootstrapRequiredException', ''],
  [130, 'STREAMS_INVALID_TOPOLOGY', 'StreamsInvalidTopologyException', ''],
  [131, 'STREAMS_INVALID_TOPOLOGY_EPOCH', 'StreamsInvalidTopologyEpochException', ''],
  [132, 'STREAMS_TOPOLOGY_FENCED', 'StreamsTopologyFencedException', ''],
  [133, 'SHARE_SESSION_LIMIT_REACHED', 'ShareSessionLimitReachedException', 'R'],
] as const;

export type ErrorName = (typeof ROWS)[number][1];

export interface KafkaError {
  readonly code: number;
  readonly name: ErrorName;
  /** Simple name of the Java exception; null for NONE. */
  readonly exception: string | null;
  readonly retriable: boolean;
  /** Retriable, and the client should look up the leader or coordinator again first. */
  readonly refreshRetriable: boolean;
  readonly invalidMetadata: boolean;
  readonly transactionAbortable: boolean;
  readonly invalidConfiguration: boolean;
  readonly applicationRecoverable: boolean;
}

export const ERRORS: readonly KafkaError[] = ROWS.map(([code, name, exception, kinds]) => ({
  code,
  name,
  exception,
  retriable: kinds.includes('R'),
  refreshRetriable: kinds.includes('F'),
  invalidMetadata: kinds.includes('M'),
  transactionAbortable: kinds.includes('T'),
  invalidConfiguration: kinds.includes('C'),
  applicationRecoverable: kinds.includes('A'),
}));

const byCode = new Map(ERRORS.map((error) => [error.code, error]));
const byName = new Map<string, KafkaError>(ERRORS.map((error) => [error.name, error]));

/** The error with this code; an unknown code is UNKNOWN_SERVER_ERROR, as Errors.forCode treats it. */
export function errorForCode(code: number): KafkaError {
  return byCode.get(code) ?? error('UNKNOWN_SERVER_ERROR');
}

export function error(name: ErrorName): KafkaError {
  const found = byName.get(name);
  if (found === undefined) throw new Error(`Kafka has no error named ${name}`);
  return found;
}

export function findError(name: string): KafkaError | undefined {
  return byName.get(name);
}

export function errorCode(name: ErrorName): number {
  return error(name).code;
}

/**
 * The error for a Java exception's simple name (Errors.forException). InvalidTopicException and the like stand for one
 * code each, so the first code in the table is the only one.
 */
export function errorForException(exception: string): KafkaError {
  return ERRORS.find((candidate) => candidate.exception === exception) ?? error('UNKNOWN_SERVER_ERROR');
}

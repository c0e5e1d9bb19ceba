/**
 * Kafka's error codes (org.apache.kafka.common.protocol.Errors, 4.3.1): code, name, the exception that a Java client
 * throws for it, and which kind of exception that is. The kinds decide what a client does: retry, refresh its metadata,
 * abort the transaction or give up.
 */

/**
 * In the order of their codes, the first is -1. The letters: R RetriableException, F RefreshRetriableException, M
 * InvalidMetadataException, T TransactionAbortableException, C InvalidConfigurationException, A ApplicationRecoverableException.
 * The exception is named only where it is not the error's own name in Java's spelling: the table is part of the first load.
 */
const ROWS = [
  ['UNKNOWN_SERVER_ERROR', '', 'UnknownServerException'],
  ['NONE'],
  ['OFFSET_OUT_OF_RANGE'],
  ['CORRUPT_MESSAGE', 'R', 'CorruptRecordException'],
  ['UNKNOWN_TOPIC_OR_PARTITION', 'RFM'],
  ['INVALID_FETCH_SIZE'],
  ['LEADER_NOT_AVAILABLE', 'RFM'],
  ['NOT_LEADER_OR_FOLLOWER', 'RFM'],
  ['REQUEST_TIMED_OUT', 'R', 'TimeoutException'],
  ['BROKER_NOT_AVAILABLE'],
  ['REPLICA_NOT_AVAILABLE', 'RFM'],
  ['MESSAGE_TOO_LARGE', '', 'RecordTooLargeException'],
  ['STALE_CONTROLLER_EPOCH', '', 'ControllerMovedException'],
  ['OFFSET_METADATA_TOO_LARGE', '', 'OffsetMetadataTooLarge'],
  ['NETWORK_EXCEPTION', 'RFM', 'NetworkException'],
  ['COORDINATOR_LOAD_IN_PROGRESS', 'R'],
  ['COORDINATOR_NOT_AVAILABLE', 'RF'],
  ['NOT_COORDINATOR', 'RF'],
  ['INVALID_TOPIC_EXCEPTION', 'C', 'InvalidTopicException'],
  ['RECORD_LIST_TOO_LARGE', 'C', 'RecordBatchTooLargeException'],
  ['NOT_ENOUGH_REPLICAS', 'R'],
  ['NOT_ENOUGH_REPLICAS_AFTER_APPEND', 'R'],
  ['INVALID_REQUIRED_ACKS', 'C'],
  ['ILLEGAL_GENERATION', 'A'],
  ['INCONSISTENT_GROUP_PROTOCOL'],
  ['INVALID_GROUP_ID'],
  ['UNKNOWN_MEMBER_ID', 'A'],
  ['INVALID_SESSION_TIMEOUT'],
  ['REBALANCE_IN_PROGRESS'],
  ['INVALID_COMMIT_OFFSET_SIZE'],
  ['TOPIC_AUTHORIZATION_FAILED', 'C', 'TopicAuthorizationException'],
  ['GROUP_AUTHORIZATION_FAILED', 'C', 'GroupAuthorizationException'],
  ['CLUSTER_AUTHORIZATION_FAILED', 'C', 'ClusterAuthorizationException'],
  ['INVALID_TIMESTAMP'],
  ['UNSUPPORTED_SASL_MECHANISM', 'C'],
  ['ILLEGAL_SASL_STATE', 'C'],
  ['UNSUPPORTED_VERSION', 'C'],
  ['TOPIC_ALREADY_EXISTS', '', 'TopicExistsException'],
  ['INVALID_PARTITIONS'],
  ['INVALID_REPLICATION_FACTOR', 'C'],
  ['INVALID_REPLICA_ASSIGNMENT'],
  ['INVALID_CONFIG', 'C', 'InvalidConfigurationException'],
  ['NOT_CONTROLLER', 'R'],
  ['INVALID_REQUEST'],
  ['UNSUPPORTED_FOR_MESSAGE_FORMAT', 'C'],
  ['POLICY_VIOLATION'],
  ['OUT_OF_ORDER_SEQUENCE_NUMBER', '', 'OutOfOrderSequenceException'],
  ['DUPLICATE_SEQUENCE_NUMBER', '', 'DuplicateSequenceException'],
  ['INVALID_PRODUCER_EPOCH', 'A'],
  ['INVALID_TXN_STATE'],
  ['INVALID_PRODUCER_ID_MAPPING', 'A', 'InvalidPidMappingException'],
  ['INVALID_TRANSACTION_TIMEOUT', '', 'InvalidTxnTimeoutException'],
  ['CONCURRENT_TRANSACTIONS', 'R'],
  ['TRANSACTION_COORDINATOR_FENCED'],
  ['TRANSACTIONAL_ID_AUTHORIZATION_FAILED', 'C', 'TransactionalIdAuthorizationException'],
  ['SECURITY_DISABLED'],
  ['OPERATION_NOT_ATTEMPTED'],
  ['KAFKA_STORAGE_ERROR', 'RFM', 'KafkaStorageException'],
  ['LOG_DIR_NOT_FOUND'],
  ['SASL_AUTHENTICATION_FAILED', 'C', 'SaslAuthenticationException'],
  ['UNKNOWN_PRODUCER_ID'],
  ['REASSIGNMENT_IN_PROGRESS'],
  ['DELEGATION_TOKEN_AUTH_DISABLED', '', 'DelegationTokenDisabledException'],
  ['DELEGATION_TOKEN_NOT_FOUND'],
  ['DELEGATION_TOKEN_OWNER_MISMATCH'],
  ['DELEGATION_TOKEN_REQUEST_NOT_ALLOWED', '', 'UnsupportedByAuthenticationException'],
  ['DELEGATION_TOKEN_AUTHORIZATION_FAILED', 'C', 'DelegationTokenAuthorizationException'],
  ['DELEGATION_TOKEN_EXPIRED'],
  ['INVALID_PRINCIPAL_TYPE'],
  ['NON_EMPTY_GROUP', '', 'GroupNotEmptyException'],
  ['GROUP_ID_NOT_FOUND'],
  ['FETCH_SESSION_ID_NOT_FOUND', 'R'],
  ['INVALID_FETCH_SESSION_EPOCH', 'R'],
  ['LISTENER_NOT_FOUND', 'RFM'],
  ['TOPIC_DELETION_DISABLED'],
  ['FENCED_LEADER_EPOCH', 'RFM'],
  ['UNKNOWN_LEADER_EPOCH', 'R'],
  ['UNSUPPORTED_COMPRESSION_TYPE'],
  ['STALE_BROKER_EPOCH'],
  ['OFFSET_NOT_AVAILABLE', 'R'],
  ['MEMBER_ID_REQUIRED'],
  ['PREFERRED_LEADER_NOT_AVAILABLE', 'RFM'],
  ['GROUP_MAX_SIZE_REACHED'],
  ['FENCED_INSTANCE_ID', 'A'],
  ['ELIGIBLE_LEADERS_NOT_AVAILABLE', 'RFM'],
  ['ELECTION_NOT_NEEDED', 'RFM'],
  ['NO_REASSIGNMENT_IN_PROGRESS'],
  ['GROUP_SUBSCRIBED_TO_TOPIC'],
  ['INVALID_RECORD', 'C'],
  ['UNSTABLE_OFFSET_COMMIT', 'R'],
  ['THROTTLING_QUOTA_EXCEEDED', 'R'],
  ['PRODUCER_FENCED', 'A'],
  ['RESOURCE_NOT_FOUND'],
  ['DUPLICATE_RESOURCE'],
  ['UNACCEPTABLE_CREDENTIAL'],
  ['INCONSISTENT_VOTER_SET'],
  ['INVALID_UPDATE_VERSION'],
  ['FEATURE_UPDATE_FAILED'],
  ['PRINCIPAL_DESERIALIZATION_FAILURE', '', 'PrincipalDeserializationException'],
  ['SNAPSHOT_NOT_FOUND'],
  ['POSITION_OUT_OF_RANGE'],
  ['UNKNOWN_TOPIC_ID', 'RFM'],
  ['DUPLICATE_BROKER_REGISTRATION'],
  ['BROKER_ID_NOT_REGISTERED'],
  ['INCONSISTENT_TOPIC_ID', 'RFM'],
  ['INCONSISTENT_CLUSTER_ID'],
  ['TRANSACTIONAL_ID_NOT_FOUND'],
  ['FETCH_SESSION_TOPIC_ID_ERROR', 'R', 'FetchSessionTopicIdException'],
  ['INELIGIBLE_REPLICA'],
  ['NEW_LEADER_ELECTED'],
  ['OFFSET_MOVED_TO_TIERED_STORAGE'],
  ['FENCED_MEMBER_EPOCH'],
  ['UNRELEASED_INSTANCE_ID'],
  ['UNSUPPORTED_ASSIGNOR'],
  ['STALE_MEMBER_EPOCH'],
  ['MISMATCHED_ENDPOINT_TYPE'],
  ['UNSUPPORTED_ENDPOINT_TYPE'],
  ['UNKNOWN_CONTROLLER_ID'],
  ['UNKNOWN_SUBSCRIPTION_ID'],
  ['TELEMETRY_TOO_LARGE'],
  ['INVALID_REGISTRATION'],
  ['TRANSACTION_ABORTABLE', 'T'],
  ['INVALID_RECORD_STATE'],
  ['SHARE_SESSION_NOT_FOUND', 'R'],
  ['INVALID_SHARE_SESSION_EPOCH', 'R'],
  ['FENCED_STATE_EPOCH'],
  ['INVALID_VOTER_KEY'],
  ['DUPLICATE_VOTER'],
  ['VOTER_NOT_FOUND'],
  ['INVALID_REGULAR_EXPRESSION', '', 'InvalidRegularExpression'],
  ['REBOOTSTRAP_REQUIRED'],
  ['STREAMS_INVALID_TOPOLOGY'],
  ['STREAMS_INVALID_TOPOLOGY_EPOCH'],
  ['STREAMS_TOPOLOGY_FENCED'],
  ['SHARE_SESSION_LIMIT_REACHED', 'R'],
] as const;

export type ErrorName = (typeof ROWS)[number][0];

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

type Row = readonly [name: ErrorName, kinds?: string, exception?: string];

function inJava(name: string): string {
  return `${name.replace(/_?([A-Z])([A-Z]*)/g, (_, first: string, rest: string) => first + rest.toLowerCase())}Exception`;
}

export const ERRORS: readonly KafkaError[] = (ROWS as readonly Row[]).map(([name, kinds = '', exception], i) => ({
  code: i - 1,
  name,
  exception: name === 'NONE' ? null : (exception ?? inJava(name)),
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

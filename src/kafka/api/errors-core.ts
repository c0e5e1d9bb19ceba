/**
 * Kafka's error codes (org.apache.kafka.common.protocol.Errors, 4.3.1): code, name, the exception that a Java client
 * throws for it, and which kind of exception that is. The kinds decide what a client does: retry, refresh its metadata,
 * abort the transaction or give up. Here stand those that the first picture's engine knows by name; `errors.ts` adds the others
 * and is what all else imports.
 */
import type { RestName } from './errors-rest.ts';

/**
 * The letters: R RetriableException, F RefreshRetriableException, M InvalidMetadataException, T TransactionAbortableException,
 * C InvalidConfigurationException, A ApplicationRecoverableException. The exception is named only where it is not the error's own
 * name in Java's spelling: the table is part of the first load.
 */
const ROWS = [
  [-1, 'UNKNOWN_SERVER_ERROR', '', 'UnknownServerException'],
  [0, 'NONE'],
  [1, 'OFFSET_OUT_OF_RANGE'],
  [2, 'CORRUPT_MESSAGE', 'R', 'CorruptRecordException'],
  [3, 'UNKNOWN_TOPIC_OR_PARTITION', 'RFM'],
  [4, 'INVALID_FETCH_SIZE'],
  [5, 'LEADER_NOT_AVAILABLE', 'RFM'],
  [6, 'NOT_LEADER_OR_FOLLOWER', 'RFM'],
  [7, 'REQUEST_TIMED_OUT', 'R', 'TimeoutException'],
  [10, 'MESSAGE_TOO_LARGE', '', 'RecordTooLargeException'],
  [12, 'OFFSET_METADATA_TOO_LARGE', '', 'OffsetMetadataTooLarge'],
  [13, 'NETWORK_EXCEPTION', 'RFM', 'NetworkException'],
  [14, 'COORDINATOR_LOAD_IN_PROGRESS', 'R'],
  [15, 'COORDINATOR_NOT_AVAILABLE', 'RF'],
  [16, 'NOT_COORDINATOR', 'RF'],
  [18, 'RECORD_LIST_TOO_LARGE', 'C', 'RecordBatchTooLargeException'],
  [19, 'NOT_ENOUGH_REPLICAS', 'R'],
  [20, 'NOT_ENOUGH_REPLICAS_AFTER_APPEND', 'R'],
  [22, 'ILLEGAL_GENERATION', 'A'],
  [23, 'INCONSISTENT_GROUP_PROTOCOL'],
  [24, 'INVALID_GROUP_ID'],
  [25, 'UNKNOWN_MEMBER_ID', 'A'],
  [26, 'INVALID_SESSION_TIMEOUT'],
  [27, 'REBALANCE_IN_PROGRESS'],
  [28, 'INVALID_COMMIT_OFFSET_SIZE'],
  [29, 'TOPIC_AUTHORIZATION_FAILED', 'C', 'TopicAuthorizationException'],
  [30, 'GROUP_AUTHORIZATION_FAILED', 'C', 'GroupAuthorizationException'],
  [32, 'INVALID_TIMESTAMP'],
  [36, 'TOPIC_ALREADY_EXISTS', '', 'TopicExistsException'],
  [37, 'INVALID_PARTITIONS'],
  [38, 'INVALID_REPLICATION_FACTOR', 'C'],
  [39, 'INVALID_REPLICA_ASSIGNMENT'],
  [40, 'INVALID_CONFIG', 'C', 'InvalidConfigurationException'],
  [42, 'INVALID_REQUEST'],
  [46, 'DUPLICATE_SEQUENCE_NUMBER', '', 'DuplicateSequenceException'],
  [55, 'OPERATION_NOT_ATTEMPTED'],
  [56, 'KAFKA_STORAGE_ERROR', 'RFM', 'KafkaStorageException'],
  [69, 'GROUP_ID_NOT_FOUND'],
  [70, 'FETCH_SESSION_ID_NOT_FOUND', 'R'],
  [71, 'INVALID_FETCH_SESSION_EPOCH', 'R'],
  [74, 'FENCED_LEADER_EPOCH', 'RFM'],
  [75, 'UNKNOWN_LEADER_EPOCH', 'R'],
  [77, 'STALE_BROKER_EPOCH'],
  [78, 'OFFSET_NOT_AVAILABLE', 'R'],
  [79, 'MEMBER_ID_REQUIRED'],
  [81, 'GROUP_MAX_SIZE_REACHED'],
  [82, 'FENCED_INSTANCE_ID', 'A'],
  [87, 'INVALID_RECORD', 'C'],
  [88, 'UNSTABLE_OFFSET_COMMIT', 'R'],
  [95, 'INVALID_UPDATE_VERSION'],
  [100, 'UNKNOWN_TOPIC_ID', 'RFM'],
  [101, 'DUPLICATE_BROKER_REGISTRATION'],
  [107, 'INELIGIBLE_REPLICA'],
  [108, 'NEW_LEADER_ELECTED'],
] as const;

export type ErrorName = (typeof ROWS)[number][1] | RestName;

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

export type ErrorRow = readonly [code: number, name: ErrorName, kinds?: string, exception?: string];

function inJava(name: string): string {
  return `${name.replace(/_?([A-Z])([A-Z]*)/g, (_, first: string, rest: string) => first + rest.toLowerCase())}Exception`;
}

const byCode = new Map<number, KafkaError>();
const byName = new Map<string, KafkaError>();

/** Called while modules load. */
export function addErrors(rows: readonly ErrorRow[]): void {
  for (const [code, name, kinds = '', exception] of rows) {
    const found: KafkaError = {
      code,
      name,
      exception: name === 'NONE' ? null : (exception ?? inJava(name)),
      retriable: kinds.includes('R'),
      refreshRetriable: kinds.includes('F'),
      invalidMetadata: kinds.includes('M'),
      transactionAbortable: kinds.includes('T'),
      invalidConfiguration: kinds.includes('C'),
      applicationRecoverable: kinds.includes('A'),
    };
    byCode.set(code, found);
    byName.set(name, found);
  }
}

addErrors(ROWS);

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

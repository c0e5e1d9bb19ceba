/** What a group request gets when the coordinator cannot do it: the same error in each API's own shape. */
import { errorCode } from '../../kafka/api/errors-core.ts';
import type { ConsumerGroupHeartbeatResponse } from '../../kafka/api/messages-consumer-group.ts';
import type {
  HeartbeatResponse,
  JoinGroupRequest,
  JoinGroupResponse,
  LeaveGroupRequest,
  LeaveGroupResponse,
  OffsetCommitRequest,
  OffsetCommitResponse,
  OffsetFetchRequest,
  OffsetFetchResponse,
  SyncGroupResponse,
} from '../../kafka/api/messages-group.ts';
import type { Message } from '../net/message.ts';

const UNKNOWN_SERVER_ERROR = errorCode('UNKNOWN_SERVER_ERROR');
const COORDINATOR_NOT_AVAILABLE = errorCode('COORDINATOR_NOT_AVAILABLE');
const COORDINATOR_LOAD_IN_PROGRESS = errorCode('COORDINATOR_LOAD_IN_PROGRESS');
const NOT_COORDINATOR = errorCode('NOT_COORDINATOR');
const UNKNOWN_MEMBER_ID = errorCode('UNKNOWN_MEMBER_ID');
const INVALID_COMMIT_OFFSET_SIZE = errorCode('INVALID_COMMIT_OFFSET_SIZE');

const MOVED = (['NOT_LEADER_OR_FOLLOWER', 'KAFKA_STORAGE_ERROR'] as const).map(errorCode);
const UNAVAILABLE = (['UNKNOWN_TOPIC_OR_PARTITION', 'NOT_ENOUGH_REPLICAS', 'REQUEST_TIMED_OUT'] as const).map(
  errorCode,
);
const TOO_LARGE = (['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE', 'INVALID_FETCH_SIZE'] as const).map(errorCode);

/** CoordinatorOperationExceptionHelper: the log's errors as clients of a coordinator know them. */
export function operationError(code: number): number {
  if (UNAVAILABLE.includes(code)) return COORDINATOR_NOT_AVAILABLE;
  if (MOVED.includes(code)) return NOT_COORDINATOR;
  return TOO_LARGE.includes(code) ? INVALID_COMMIT_OFFSET_SIZE : code;
}

/** GroupMetadataManager.appendGroupMetadataErrorToResponseError. */
export function metadataError(code: number): number {
  return TOO_LARGE.includes(code) ? UNKNOWN_SERVER_ERROR : operationError(code);
}

export function listed(code: number): readonly number[] {
  return code === 0 ? [] : [code];
}

export function joinError(code: number, memberId: string, protocolName: string | null = ''): JoinGroupResponse {
  return {
    errorCode: code,
    generationId: -1,
    protocolType: null,
    protocolName,
    leader: '',
    skipAssignment: false,
    memberId,
    members: [],
    errors: listed(code),
  };
}

export function syncError(code: number): SyncGroupResponse {
  return { errorCode: code, protocolType: null, protocolName: null, assignment: null, errors: listed(code) };
}

export function heartbeatAnswer(code: number): HeartbeatResponse {
  return { errorCode: code, errors: listed(code) };
}

function commitError(request: OffsetCommitRequest, code: number): OffsetCommitResponse {
  const partitions = request.partitions.map(({ topic, index, partition }) => ({
    topic,
    index,
    partition,
    errorCode: code,
  }));
  return { partitions, errors: partitions.map(() => code) };
}

export function fetchError(code: number): OffsetFetchResponse {
  return { errorCode: code, partitions: [], errors: listed(code) };
}

export function consumerHeartbeatError(code: number, errorMessage: string | null): ConsumerGroupHeartbeatResponse {
  return {
    errorCode: code,
    errorMessage,
    memberId: null,
    memberEpoch: 0,
    heartbeatIntervalMs: 0,
    assignment: null,
    errors: listed(code),
  };
}

function leaveError(request: LeaveGroupRequest, code: number): LeaveGroupResponse {
  if (code !== UNKNOWN_MEMBER_ID) return { errorCode: code, members: [], errors: listed(code) };
  const members = request.members.map(({ memberId, groupInstanceId }) => ({
    memberId,
    groupInstanceId,
    errorCode: code,
  }));
  return { errorCode: 0, members, errors: members.map(() => code) };
}

/** GroupCoordinatorService: each API's own way to say that the operation failed. `code` is the log's or the runtime's. */
export function errorAnswer(request: Message, code: number): unknown {
  const error = operationError(code);
  switch (request.apiKey) {
    case 8:
      return commitError(request.body as OffsetCommitRequest, error);
    case 9: {
      const { requireStable } = request.body as OffsetFetchRequest;
      // handleOffsetFetchException: consumers before 3.9 do not know "not available" as an answer to this question.
      return fetchError(requireStable && UNAVAILABLE.includes(code) ? NOT_COORDINATOR : error);
    }
    case 11:
      return joinError(error, (request.body as JoinGroupRequest).memberId);
    case 12:
      // Still loading: the member is let believe that all is well.
      return heartbeatAnswer(error === COORDINATOR_LOAD_IN_PROGRESS ? 0 : error);
    case 13:
      return leaveError(request.body as LeaveGroupRequest, error);
    case 68:
    case 76:
      return consumerHeartbeatError(error, null);
    default:
      return syncError(error);
  }
}

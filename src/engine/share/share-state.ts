/**
 * What a broker's process holds for share groups (Kafka: SharePartitionManager with its caches, DelayedShareFetch, PersisterStateManager).
 * It ends with the process. Entries of lists are never changed in place: a change puts a new one.
 */
import type {
  ReadStateResult,
  ShareAcknowledgePartitionResponse,
  ShareFetchPartitionResponse,
  SharePartitionId,
  ShareStateBatch,
  ShareStateResult,
} from '../../kafka/api/messages-share.ts';
import type { Owned } from '../kernel/world.ts';
import type { Message } from '../net/message.ts';
import type { StateUpdate } from './partition/state.ts';
import { clonePartitionData, type SharePartitionData } from './partition/state.ts';

/** One partition as its leader serves it to one share group. */
export interface SharePartition extends Owned {
  /** Its place in the table; never used again. */
  readonly place: number;
  readonly broker: number;
  readonly groupId: string;
  readonly id: SharePartitionId;
  readonly leaderEpoch: number;
  status: 'initializing' | 'active' | 'failed';
  stateEpoch: number;
  data: SharePartitionData;
}

export function cloneSharePartition(p: SharePartition): SharePartition {
  return {
    gen: p.gen,
    place: p.place,
    broker: p.broker,
    groupId: p.groupId,
    id: p.id,
    leaderEpoch: p.leaderEpoch,
    status: p.status,
    stateEpoch: p.stateEpoch,
    data: clonePartitionData(p.data),
  };
}

/** Kafka: ShareSession; its partitions in the order in which they are read. */
export interface ShareSession {
  readonly groupId: string;
  readonly memberId: string;
  /** Of the request that must come next. */
  readonly epoch: number;
  readonly connection: number;
  readonly connectionEpoch: number;
  readonly partitions: readonly (SharePartitionId & { readonly requiresUpdate: boolean })[];
}

/** A fetch that waits for records (Kafka: DelayedShareFetch). */
export interface ShareFetchWait {
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly maxRecords: number;
  readonly batchSize: number;
  readonly recordLimit: boolean;
  readonly readCommitted: boolean;
  readonly deadlineUs: number;
  /** In the order of reading, with their places in the table of share partitions. */
  readonly partitions: readonly { readonly id: SharePartitionId; readonly place: number }[];
  readonly erroneous: readonly ShareFetchPartitionResponse[];
}

/** A ShareFetch or ShareAcknowledge that is not answered yet: it waits for its acknowledgements to be written, or for records. */
export interface SharePending {
  readonly id: number;
  readonly request: Message;
  readonly groupId: string;
  readonly memberId: string;
  readonly kind: 'fetch' | 'acknowledge';
  readonly sessionEpoch: number;
  readonly acks: readonly ShareAcknowledgePartitionResponse[];
  readonly acksWaiting: number;
  /** null: nothing more to wait for. */
  readonly fetch: ShareFetchWait | null;
  readonly responses: readonly ShareFetchPartitionResponse[];
  /** Answered with this error then (SHARE_SESSION_LIMIT_REACHED waits as long as a fetch would); 0: no such wait. */
  readonly idleUntilUs: number;
  readonly idleError: number;
}

/** Why a state is read or written, and who goes on then. */
export type PersisterPurpose =
  | { readonly kind: 'load'; readonly place: number }
  | {
      readonly kind: 'updates';
      readonly place: number;
      readonly updates: readonly StateUpdate[];
      /** The request that waits for it; -1: nobody does. */
      readonly pending: number;
    }
  | { readonly kind: 'expired'; readonly place: number }
  /** InitializeShareGroupState for a group's coordinator: its place among `World.coordinators`, the serial of the initialization. */
  | { readonly kind: 'group'; readonly shard: number; readonly epoch: number };

export type PersisterCallKind = 'initialize' | 'read' | 'write' | 'delete';

/** One share partition's request to its share coordinator (Kafka: PersisterStateManagerHandler). */
export interface PersisterCall {
  readonly serial: number;
  readonly kind: PersisterCallKind;
  readonly groupId: string;
  readonly id: SharePartitionId;
  readonly stateEpoch: number;
  readonly leaderEpoch: number;
  readonly startOffset: number;
  readonly deliveryCompleteCount: number;
  readonly stateBatches: readonly ShareStateBatch[];
  readonly purpose: PersisterPurpose;
  /** `waiting` until `notBeforeUs`, `lookup` for its coordinator, `finding` it, `ready` to be sent with others, `sent`. */
  readonly step: 'waiting' | 'lookup' | 'finding' | 'ready' | 'sent';
  readonly coordinator: number;
  readonly findAttempts: number;
  readonly attempts: number;
  readonly notBeforeUs: number;
}

export interface PersisterRequest {
  readonly connection: number;
  readonly correlationId: number;
  readonly coordinator: number;
  readonly kind: PersisterCallKind | 'find';
  /** Serials of the calls in it. */
  readonly calls: readonly number[];
}

/** What a call ended with; `result` where a read succeeded. */
export interface PersisterOutcome {
  readonly errorCode: number;
  readonly result: ReadStateResult | null;
}

/** A request to a share coordinator whose partitions are not all decided yet. */
export interface StateRequestWait {
  readonly serial: number;
  readonly request: Message;
  readonly results: readonly ShareStateResult[];
  readonly waiting: number;
}

export interface ShareBroker extends Owned {
  readonly broker: number;
  sessions: ShareSession[];
  /** Places of the share partitions that it leads, by "group:topicId:index". */
  partitions: Map<string, number>;
  pending: SharePending[];
  calls: PersisterCall[];
  requests: PersisterRequest[];
  stateRequests: StateRequestWait[];
  nextSerial: number;
  /** When the pending timer event fires; 0: none is. */
  timerArmedUs: number;
}

export function newShareBroker(gen: number, broker: number): ShareBroker {
  return {
    gen,
    broker,
    sessions: [],
    partitions: new Map(),
    pending: [],
    calls: [],
    requests: [],
    stateRequests: [],
    nextSerial: 1,
    timerArmedUs: 0,
  };
}

export function cloneShareBroker(b: ShareBroker): ShareBroker {
  return {
    gen: b.gen,
    broker: b.broker,
    sessions: b.sessions.slice(),
    partitions: new Map(b.partitions),
    pending: b.pending.slice(),
    calls: b.calls.slice(),
    requests: b.requests.slice(),
    stateRequests: b.stateRequests.slice(),
    nextSerial: b.nextSerial,
    timerArmedUs: b.timerArmedUs,
  };
}

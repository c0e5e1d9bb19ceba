/**
 * Share groups as their coordinator has them (Kafka: ShareGroup, ShareGroupMember, ShareGroupStatePartitionMetadataInfo). Their hard
 * state changes only by records of __consumer_offsets, so that a coordinator that takes over comes to the same; timers are soft.
 */
import type { SharePartitionId } from '../../kafka/api/messages-share.ts';
import type { MemberAssignment } from '../../kafka/assignor/server/server-assignor.ts';
import type { Owned } from '../kernel/world.ts';

export type ShareGroupStateName = 'Empty' | 'Stable' | 'Dead';

/** Never changed in place. */
export interface ShareGroupMember {
  readonly memberId: string;
  readonly memberEpoch: number;
  readonly previousMemberEpoch: number;
  readonly rackId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  /** Sorted, each once. */
  readonly subscribedTopicNames: readonly string[];
  /** Topic id -> partitions. */
  readonly assignedPartitions: ReadonlyMap<number, readonly number[]>;
}

/** Partitions of a topic whose share state is (being) initialized. */
export interface InitializedTopic {
  readonly topicId: number;
  readonly topic: string;
  /** Ascending. */
  readonly partitions: readonly number[];
  /** When that began, in ms; it is not written to the log. */
  readonly timestampMs: number;
}

export interface ShareGroup {
  readonly groupId: string;
  groupEpoch: number;
  metadataHash: number;
  assignmentEpoch: number;
  assignmentTimestampMs: number;
  /** In the order of joining. */
  members: ShareGroupMember[];
  /** Member id -> target. */
  target: ReadonlyMap<string, MemberAssignment>;
  initializing: readonly InitializedTopic[];
  initialized: readonly InitializedTopic[];
  /** Soft: until when the hash of its topics is taken as fresh, in ms; -1: look at the next heartbeat. */
  metadataFreshUntilMs: number;
  sinceUs: number;
  /** Soft, by member id. */
  sessions: Map<string, { readonly lastContactUs: number; readonly endsUs: number }>;
}

/** States that are being initialized for one heartbeat; the group hears of them when all calls have ended. */
export interface Initialization {
  readonly serial: number;
  readonly groupId: string;
  readonly waiting: number;
  readonly done: readonly SharePartitionId[];
  readonly failed: readonly SharePartitionId[];
}

export interface ShareGroupShard extends Owned {
  groups: ShareGroup[];
  initializations: Initialization[];
  nextInitialization: number;
  /** When the pending timer event fires; 0: none is. */
  timerArmedUs: number;
}

export function cloneShareGroupShard(s: ShareGroupShard): ShareGroupShard {
  return {
    gen: s.gen,
    groups: s.groups.map((g) => ({ ...g, members: g.members.slice(), sessions: new Map(g.sessions) })),
    initializations: s.initializations.slice(),
    nextInitialization: s.nextInitialization,
    timerArmedUs: s.timerArmedUs,
  };
}

export function newShareGroup(groupId: string, nowUs: number): ShareGroup {
  return {
    groupId,
    groupEpoch: 0,
    metadataHash: 0,
    assignmentEpoch: -1,
    assignmentTimestampMs: 0,
    members: [],
    target: new Map(),
    initializing: [],
    initialized: [],
    metadataFreshUntilMs: -1,
    sinceUs: nowUs,
    sessions: new Map(),
  };
}

/**
 * What crosses between the page and the worker for the rebalance lab: what is to be run, and what one run (one lane group on the
 * page) has shown. Times are whole microseconds of the run's own virtual clock; partitions are named like "orders-0".
 */
import type { Words } from './frame.ts';
import type { Scenario } from './scenario.ts';

/** The error that answers a question for a run when a newer one, about another spec, has taken its place. */
export const LAB_SUPERSEDED = 'superseded';

/**
 * How the group works in one run, in the order of the lanes: classic and eager, classic and cooperative, KIP-848, classic with static
 * members, KIP-848 with static members, a share group.
 */
export const LAB_VARIANTS = ['eager', 'cooperative', 'consumer', 'static', 'static-consumer', 'share'] as const;
export type LabVariant = (typeof LAB_VARIANTS)[number];

/**
 * What starts the rebalance: each is one click, and one step (or a few) of the scenario. Members first, then what their time-outs do,
 * then what changes around them.
 */
export const LAB_TRIGGERS = [
  'join',
  'leave',
  'crash',
  'session',
  'poll-interval',
  'static-returns',
  'rolling-restart',
  'subscription',
  'topic-matches',
  'partitions-grow',
  'coordinator-moves',
  'migration',
] as const;
export type LabTriggerKind = (typeof LAB_TRIGGERS)[number];

export interface LabSpec {
  /** A group of its own making, or one of a scenario that the learner plays (its commands are in its steps). */
  readonly base:
    | { readonly kind: 'fresh'; readonly members: number; readonly partitions: number; readonly ratePerSecond: number }
    | {
        readonly kind: 'moment';
        readonly scenario: Scenario;
        readonly group: string;
        readonly atUs: number;
        /** Broker that coordinates the group at that moment, as the frame has it: needed for 'coordinator-moves' only. */
        readonly coordinator?: number;
      };
  readonly seed: number;
  readonly trigger: LabTriggerKind;
  /** Processing time of one poll's records of the slowest member, milliseconds; 0: all the same. */
  readonly slowestMs: number;
  /** How long the run goes on after the trigger, microseconds. */
  readonly windowUs: number;
}

/** Why nobody reads a partition in a span: it was given up (revoked), taken away (lost, dead), or never given to anybody yet. */
export type LabGap = 'revoked' | 'lost' | 'never';

export interface LabSpan {
  readonly fromUs: number;
  readonly untilUs: number;
  /** Consumer's id; null: nobody reads. */
  readonly owner: string | null;
  readonly gap: LabGap | null;
  /**
   * It is held, but its owner does not come on: its application is held up (consumer.pause), its process is stopped, or the network
   * between it and the partition's leader is cut. Working on records, however slowly, is not standing still.
   */
  readonly stalled: boolean;
  /** Share groups only: who reads it beside `owner`. */
  readonly also: readonly string[];
}

export interface LabPartition {
  readonly partition: string;
  /** One after the other to `untilUs` of the run without holes, from `fromUs` (or from when the partition came into being). */
  readonly spans: readonly LabSpan[];
}

export interface LabMemberSpan {
  readonly fromUs: number;
  readonly untilUs: number;
  /** What the member itself is in: GroupMemberView's state, a MemberState of KIP-848, or 'gone'. */
  readonly state: string;
  /** Generation or member epoch; -1: none. */
  readonly epoch: number;
  readonly owned: readonly string[];
}

export interface LabMember {
  readonly consumer: string;
  /** In the scenario's order. */
  readonly hue: number;
  readonly spans: readonly LabMemberSpan[];
}

export interface LabCoordinatorSpan {
  readonly fromUs: number;
  readonly untilUs: number;
  /** Broker id; -1: none. */
  readonly broker: number;
  /** Kafka's name of the group's state; '' while nobody coordinates. */
  readonly state: string;
  /** Generation or group epoch; -1: none. */
  readonly epoch: number;
  /** Members that it waits for, by consumer id. A span ends when this changes: who was the last one is the last such span. */
  readonly waitsFor: readonly string[];
}

/** One request or one answer, in the order of arrival: the steps of the lab. */
export interface LabStep {
  readonly index: number;
  readonly sentUs: number;
  /** When it arrived; -1: it never did. */
  readonly arrivedUs: number;
  /** As the page names things: "consumer:c1", "broker:2". */
  readonly from: string;
  readonly to: string;
  /** The member whose request it is. */
  readonly consumer: string;
  readonly api: string;
  readonly sizeBytes: number;
  readonly what: 'request' | 'response';
  /** Names of Kafka's errors; empty: none. */
  readonly errors: readonly string[];
  /** Fields in Kafka's order; nested lists are told by `depth`. */
  readonly fields: readonly LabField[];
  /** The same exchange's other half, by index; -1: none. */
  readonly pair: number;
  /** What it means, in one or two sentences. */
  readonly says: Words;
  /** Whether this request is one of the rebalance (join, sync, heartbeats that tell of it, ...): others can be hidden. */
  readonly matters: boolean;
}

export interface LabField {
  readonly name: string;
  readonly value: string;
  readonly depth: number;
  /** The consumer whose member id (or whose partitions) this is; null: nobody's. For its colour. */
  readonly consumer: string | null;
}

/** Who computed an assignment, and how: text keys and raw values as in kafka/assignor/reasoning.ts. */
export interface LabAssignment {
  readonly atUs: number;
  /** A consumer's id (the classic leader) or "broker 2". */
  readonly by: string;
  readonly assignor: string;
  readonly epoch: number;
  /** consumer -> partitions. */
  readonly result: readonly (readonly [consumer: string, partitions: readonly string[]])[];
  readonly steps: readonly LabReason[];
}

export interface LabReason {
  readonly partition: string | null;
  readonly consumer: string | null;
  readonly words: Words;
}

export interface LabFigures {
  /** The hatched area: of subscribed partitions that no live member holds, from the trigger on. */
  readonly partitionSecondsUnread: number;
  /** Held, but its owner stood still. */
  readonly partitionSecondsStalled: number;
  /** The longest time that a single partition was read by nobody, from the trigger on. */
  readonly longestUnreadUs: number;
  readonly processed: number;
  readonly reprocessed: number;
  readonly skipped: number;
  /** Requests of the group's protocol from the trigger on; all of them, and by API. */
  readonly requests: number;
  readonly requestsByApi: readonly (readonly [api: string, count: number])[];
  readonly rebalances: number;
  /** Partitions that another member holds in the end. */
  readonly moved: number;
  /** From the trigger until everything is owned and the group is at rest; null: not within the window. */
  readonly settledAfterUs: number | null;
  readonly errors: readonly (readonly [exception: string, count: number])[];
}

export interface LabRun {
  readonly variant: LabVariant;
  /**
   * Why there is nothing to see: this trigger makes no sense under this variant, or the engine cannot run it yet. Then every
   * list is empty and every figure 0. null: it was run.
   */
  readonly notYet: Words | null;
  /** What the lab has set so that it can be seen in a short time (a session of 6 s), and what the slowest member does. */
  readonly setup: readonly Words[];
  /** The step of the lab that the trigger is, in words: "c3 joins". */
  readonly trigger: Words;
  readonly group: string;
  readonly fromUs: number;
  readonly triggerUs: number;
  readonly untilUs: number;
  readonly partitions: readonly LabPartition[];
  readonly members: readonly LabMember[];
  readonly coordinator: readonly LabCoordinatorSpan[];
  readonly steps: readonly LabStep[];
  readonly assignments: readonly LabAssignment[];
  readonly figures: LabFigures;
  /** What happened, in words, with times: the story beside the lanes. */
  readonly told: readonly { readonly atUs: number; readonly words: Words }[];
  /** The scenario that was run: 'show on the stage' opens it. It has no title: the page gives it one in the reader's language. */
  readonly scenario: Scenario;
  readonly hash: string;
}

/** One point of "how many consumers?". */
export interface HowManyPoint {
  readonly members: number;
  readonly processedPerSecond: number;
  readonly idle: number;
  /** Partition-seconds not read in the rebalance of one more member's joining. */
  readonly rebalanceCost: number;
  readonly lagAtEnd: number;
}

export interface HowManySpec {
  readonly partitions: number;
  readonly upTo: number;
  readonly ratePerSecond: number;
  /** A record's processing time. */
  readonly processMs: number;
  readonly variant: LabVariant;
  readonly seed: number;
}

/**
 * What the page sees. A Frame says what is at one virtual moment, and for what moves says when it left and when it
 * arrives. The picture is a pure function of (frame, display time). All times are integer microseconds of virtual time.
 * The stage, the plain-words log, the screen reader and the lesson read these same structures (DESIGN, decision 9).
 */

import type { DecodedRecord } from './decoded-record.ts';
import type { GroupView } from './frame-groups.ts';
import type { GroupDetail } from './group-detail.ts';
import type { ShareGroupDetail } from './share-detail.ts';

export type { GroupMemberView, GroupPartitionView, GroupView } from './frame-groups.ts';

/** A sentence as data: a key of `text/` and its parameters. The engine never writes prose. */
export interface Phrase {
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** A sentence that may hold another one: its parameter `command` is then `what` in words. */
export interface Words {
  readonly title: Phrase;
  readonly what: Phrase | null;
}

/** Any thing that can be selected: `broker:1`, `controller:101`, `producer:checkout`, `consumer:audit`, `group:billing`, `topic:orders`, `partition:orders-0`, `replica:orders-0@2`, `link:1>2`, `record:17`. */
export type ThingId = string;

export type ProcessState = 'up' | 'paused' | 'down' | 'power-off';

/** A timer that drains: startUs..endUs; what it is about decides where it is drawn. */
export interface RingView {
  readonly kind:
    | 'session'
    | 'linger'
    | 'fetch-wait'
    | 'lag'
    | 'request-timeout'
    | 'retry-backoff'
    | 'delivery'
    | 'metadata'
    | 'member-session'
    | 'poll-interval'
    | 'rebalance'
    | 'initial-delay'
    | 'auto-commit';
  readonly about: ThingId;
  readonly startUs: number;
  readonly endUs: number;
}

export interface BrokerView {
  readonly id: number;
  readonly isController: boolean;
  readonly rack: string | null;
  readonly version: string;
  readonly state: ProcessState;
  /** Since when it has been in this state. */
  readonly sinceUs: number;
  /** As the active controller knows it. */
  readonly fenced: boolean;
  readonly shuttingDown: boolean;
  /** Partitions of the topics that people made. */
  readonly leads: number;
  /** Arrival of the last heartbeat at the controller, and when its session then ends; null for controllers. */
  readonly lastHeartbeatUs: number | null;
  readonly sessionEndsUs: number | null;
  /** Bytes in the page cache that a power loss would take. */
  readonly unflushedBytes: number;
}

/** One replica's log window. Arrays run from `base` to `base + keys.length - 1`; the log itself ends at `leo`. */
export interface LogWindow {
  readonly base: number;
  /** Index into `WorldInfo.keys`, -1 for a record without key, -2 for a gap (no record at this offset). */
  readonly keys: readonly number[];
  /** Ledger ids, -1 where there is none. */
  readonly ids: readonly number[];
  /** Bits: 1 acked, 2 lost, 4 twice (an extra copy), 8 control batch, 16 delivered, 32 first of its batch, 64 differs from the leader's log. */
  readonly flags: readonly number[];
}

export interface ReplicaView {
  readonly broker: number;
  readonly role: 'leader' | 'follower' | 'offline';
  /** It led until its broker died and nobody has followed yet, or somebody else leads now but its log still shows it. */
  readonly wasLeader: boolean;
  readonly inIsr: boolean;
  readonly inElr: boolean;
  readonly logStart: number;
  readonly leo: number;
  /** This replica's own high watermark. */
  readonly hw: number;
  readonly leaderEpoch: number;
  /** As the leader counts it; null on the leader itself. */
  readonly lastCaughtUpUs: number | null;
  readonly sizeBytes: number;
  readonly unflushedFrom: number;
  readonly log: LogWindow;
}

export interface PartitionView {
  readonly name: string;
  readonly topic: string;
  readonly index: number;
  /** -1: none. As the controller decided. */
  readonly leader: number;
  /** The broker that led last (equal to leader while there is one). */
  readonly lastLeader: number;
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  readonly isr: readonly number[];
  readonly elr: readonly number[];
  readonly minIsr: number;
  /** The (last) leader's high watermark and log end. */
  readonly hw: number;
  readonly leo: number;
  readonly logStart: number;
  /** Acknowledged and not yet below the high watermark. */
  readonly atRisk: number;
  /** Whether a living, unfenced broker leads and answers now. */
  readonly available: boolean;
  readonly sinceUs: number;
  readonly replicas: readonly ReplicaView[];
}

export interface ProducerBatchView {
  readonly partition: string;
  readonly keys: readonly number[];
  readonly records: number;
  readonly bytes: number;
  readonly limitBytes: number;
  readonly state: 'open' | 'ready' | 'in-flight' | 'retry';
  readonly attempts: number;
}

export interface ProducerView {
  readonly id: string;
  readonly state: ProcessState;
  readonly acks: '0' | '1' | 'all';
  readonly idempotent: boolean;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly topic: string | null;
  readonly batches: readonly ProducerBatchView[];
  readonly bufferUsedBytes: number;
  readonly bufferBytes: number;
  readonly inFlight: number;
  readonly blocked: 'metadata' | 'buffer' | null;
  readonly sent: number;
  readonly acked: number;
  readonly failed: number;
  readonly retries: number;
  readonly workloadEnded: boolean;
}

export interface ReadPositionView {
  readonly partition: string;
  readonly position: number;
  readonly hw: number;
  readonly lag: number;
  readonly parkedUntilUs: number | null;
}

export interface ConsumerView {
  readonly id: string;
  readonly state: ProcessState;
  readonly group: string | null;
  /** What it subscribes to; empty with assign. */
  readonly topics: readonly string[];
  readonly positions: readonly ReadPositionView[];
  readonly delivered: number;
  readonly lastError: string | null;
}

/** A request or response in the air (or stuck in a cut link). Linear between sentUs and arriveUs. */
export interface FlightView {
  readonly id: number;
  readonly from: ThingId;
  readonly to: ThingId;
  readonly api: string;
  readonly response: boolean;
  readonly correlationId: number;
  readonly sentUs: number;
  readonly arriveUs: number;
  readonly partitions: readonly string[];
  /** Keys of the records it carries, at most 24. */
  readonly keys: readonly number[];
  readonly records: number;
  readonly bytes: number;
  readonly error: string | null;
  /** data: carries records. change: changes something (join, election, truncation, error). quiet: everything else. */
  readonly weight: 'data' | 'change' | 'quiet';
  readonly stuck: boolean;
}

/** The page's eight numbers and the rest of CONTRACT's words. */
export interface LedgerTotals {
  readonly sent: number;
  readonly acked: number;
  readonly failed: number;
  readonly failedButWritten: number;
  readonly pending: number;
  readonly lost: number;
  readonly atRisk: number;
  readonly unavailable: number;
  readonly duplicated: number;
  readonly reordered: number;
  readonly delivered: number;
  readonly behind: number;
}

export interface LatencyView {
  readonly p50: number;
  readonly p99: number;
  readonly p50WhileHealthy: number;
  readonly p99WhileHealthy: number;
  readonly p50DuringFailover: number;
  readonly p99DuringFailover: number;
}

export interface LogLine {
  readonly id: number;
  readonly atUs: number;
  readonly phrase: Phrase;
  readonly about: readonly ThingId[];
  readonly tone: 'plain' | 'harm' | 'risk' | 'good';
}

export interface LinkView {
  readonly from: ThingId;
  readonly to: ThingId;
  readonly latencyUs: number;
  readonly slow: boolean;
  readonly cut: boolean;
}

export interface Frame {
  readonly world: number;
  readonly branch: number;
  /** Rises with every frame that is not the next moment of the one before (seek, fork, load): caches of the page end there. */
  readonly jump: number;
  readonly atUs: number;
  readonly endUs: number;
  readonly events: number;
  readonly brokers: readonly BrokerView[];
  readonly controllers: readonly BrokerView[];
  /** Of the topics that people made; internal ones are looked at by selecting them. */
  readonly partitions: readonly PartitionView[];
  /** By partition, of logs with a codec in them: which ones, and how many times smaller they made it. Absent: nobody has met one. */
  readonly compressed?: Readonly<Record<string, { readonly codecs: readonly string[]; readonly ratio: number }>>;
  readonly producers: readonly ProducerView[];
  readonly consumers: readonly ConsumerView[];
  /** In order of first appearance in the scenario. */
  readonly groups: readonly GroupView[];
  readonly flights: readonly FlightView[];
  readonly rings: readonly RingView[];
  /** Only links that are not as the scenario's network default: slow or cut. */
  readonly links: readonly LinkView[];
  readonly totals: LedgerTotals;
  /** What the cluster waits for, always one sentence; `untilUs` when the wait has a known end. */
  readonly waiting: {
    readonly phrase: Phrase;
    readonly kind: 'flow' | 'timer' | 'decision' | 'stuck' | 'ended';
    readonly sinceUs: number;
    readonly untilUs: number | null;
  };
  /** The selected thing, decoded; null if nothing is selected or the tab needs nothing. */
  readonly detail: Detail | null;
}

/** Static facts and tables that only grow; sent on load, on growth, and after a jump. */
export interface WorldInfo {
  readonly world: number;
  readonly title: string;
  readonly version: string;
  readonly seed: number;
  readonly endUs: number;
  /** Record keys in order of first appearance. */
  readonly keys: readonly string[];
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: number;
    readonly replicationFactor: number;
  }[];
}

export type LaneName = 'requests' | 'elections' | 'isr' | 'groups' | 'losses' | 'faults';

export interface LaneMark {
  readonly id: number;
  readonly lane: LaneName;
  readonly atUs: number;
  /** A span that ended at `atUs` (a rebalance); absent: a moment. */
  readonly fromUs?: number;
  readonly phrase: Phrase;
  readonly about: readonly ThingId[];
}

export interface CommandView {
  readonly id: number;
  readonly atUs: number;
  /** A step as in a scenario file, without its time. */
  readonly command: Readonly<Record<string, unknown>>;
  readonly phrase: Phrase;
  readonly off: boolean;
  /** Whether it comes from the scenario file or from the learner. */
  readonly origin: 'file' | 'you';
}

export interface BranchView extends Words {
  readonly id: number;
  readonly parent: number | null;
  readonly forkUs: number;
  /** As the learner calls it; null: by its title. */
  readonly name: string | null;
  readonly note: string;
  readonly current: boolean;
}

/** The time strip. `reset` replaces everything; else rows are appended. Buckets count requests per `bucketUs`. */
export interface TimelineDelta {
  readonly reset: boolean;
  readonly bucketUs: number;
  readonly fromBucket: number;
  readonly requests: readonly number[];
  readonly atRisk: readonly number[];
  readonly marks: readonly LaneMark[];
  readonly lines: readonly LogLine[];
  readonly commands: readonly CommandView[];
  readonly branches: readonly BranchView[];
}

/** A parameter of the selected thing: as set, as it acts, and what changed it. */
export interface ParameterValue {
  readonly key: string;
  /** null: not set, the default holds. */
  readonly set: string | null;
  readonly effective: string;
  readonly note: Phrase | null;
  /** What Kafka changed by itself because of it: codes of NOTES in kafka/config/texts.ts. */
  readonly said?: readonly { readonly code: string; readonly params: Phrase['params'] }[];
}

export interface BatchView {
  readonly baseOffset: number;
  readonly lastOffset: number;
  readonly leaderEpoch: number;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly sizeBytes: number;
  /** What it would take without compression; the same where there is none. */
  readonly plainSizeBytes?: number;
  readonly crc: number;
  readonly codec: string;
  readonly records: readonly {
    readonly id: number;
    readonly offset: number;
    readonly timestampMs: number;
    readonly key: string | null;
    readonly value: string | null;
    readonly fate: string;
    /** A record of an internal topic, field by field. */
    readonly decoded?: DecodedRecord;
  }[];
}

export interface RequestView {
  readonly id: number;
  readonly api: string;
  readonly apiKey: number;
  readonly apiVersion: number;
  readonly correlationId: number;
  readonly from: ThingId;
  readonly to: ThingId;
  readonly sentUs: number;
  readonly arriveUs: number;
  readonly answeredUs: number | null;
  readonly sizeBytes: number;
  readonly error: string | null;
  /** Kafka's field names; batches are summarised as text. */
  readonly request: unknown;
  readonly response: unknown;
}

export type DetailTab = 'parameters' | 'state' | 'log' | 'requests' | 'events';

export interface Detail {
  readonly thing: ThingId;
  readonly tab: DetailTab;
  readonly parameters: readonly ParameterValue[];
  /** Label key of `text/` (state.*) and value, in order. */
  readonly state: readonly { readonly label: string; readonly value: string | number | Phrase }[];
  readonly batches: readonly BatchView[];
  readonly requests: readonly RequestView[];
  readonly lines: readonly LogLine[];
  /** Of a group, in the tabs that show it in depth. */
  readonly group?: GroupDetail | null;
  /** A selected share group's records. */
  readonly share?: ShareGroupDetail | null;
}

/** One moment in the life of a record; `atUs` can be jumped to. */
export interface StoryMoment {
  readonly atUs: number;
  readonly phrase: Phrase;
  readonly about: readonly ThingId[];
  readonly tone: 'plain' | 'harm' | 'risk' | 'good';
}

export type Fate = 'pending' | 'acked' | 'at-risk' | 'safe' | 'lost' | 'failed' | 'failed-but-written' | 'unavailable';

export interface RecordStory {
  readonly id: number;
  readonly producer: string;
  readonly ordinal: number;
  readonly partition: string | null;
  readonly offset: number | null;
  readonly key: string | null;
  readonly value: string | null;
  readonly fate: Fate;
  readonly delivered: boolean;
  readonly duplicates: number;
  readonly moments: readonly StoryMoment[];
}

/** One row of a ledger list. */
export interface RecordRow {
  readonly id: number;
  readonly producer: string;
  readonly ordinal: number;
  readonly partition: string | null;
  readonly offset: number | null;
  readonly key: string | null;
  readonly value: string | null;
  readonly fate: Fate;
  readonly sentUs: number;
  readonly ackedUs: number | null;
}

/** Figures of one branch up to a moment, for the what-changed card. */
export interface BranchSummary {
  readonly branch: number;
  readonly atUs: number;
  readonly totals: LedgerTotals;
  readonly ack: LatencyView;
  /** Longest and total time without an available leader, by partition. */
  readonly leaderless: readonly { readonly partition: string; readonly totalUs: number }[];
  /** Values in force: producers' and topics' parameters that act, as effective strings: `producer:checkout acks` -> `1`. */
  readonly settings: readonly {
    readonly thing: ThingId;
    readonly key: string;
    readonly value: string;
    readonly set: boolean;
  }[];
  readonly errors: readonly { readonly name: string; readonly count: number }[];
  /** What was done up to the moment, by the file and by the learner. */
  readonly commands?: readonly { readonly atUs: number; readonly phrase: Phrase }[];
  /** When nothing was lost although a leader died: why it was lucky. */
  readonly luck: Phrase | null;
}

export interface InvariantReport {
  readonly atUs: number;
  readonly checked: readonly { readonly name: string; readonly holds: boolean; readonly message: string | null }[];
}

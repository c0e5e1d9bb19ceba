import type { ConfigEntries } from '../kafka/config/types.ts';
import type { Lines, LinesText } from './text-lines.ts';
import type { Command, Verb } from './verbs/index.ts';

/**
 * A scenario file, version 1, as people write it. Every field but `kafkascope` and `topics` may be left out; times are
 * milliseconds with up to three decimals; configuration values are strings under Kafka's own keys.
 */
export type Scenario = {
  kafkascope: 1;
  title?: string;
  note?: string;
  seed?: number;
  untilMs?: number;
  cluster?: ScenarioCluster;
  topics: ScenarioTopic[];
  producers?: ScenarioProducer[];
  consumers?: ScenarioConsumer[];
  network?: ScenarioNetwork;
  disk?: ScenarioDisk;
  steps?: ScenarioStep[];
  /** Moments marked on the page; no part of the history, nor of its hash. */
  bookmarks?: ScenarioBookmark[];
  expect?: Expect;
};

export type ScenarioBookmark = { atMs: number; note?: string };

/** Keys are Kafka's, values are strings. */
export type ConfigObject = Readonly<Record<string, string>>;

export type ScenarioCluster = {
  version?: string;
  brokers?: number;
  controllers?: number;
  racks?: string[];
  features?: Readonly<Record<string, number>>;
  config?: ConfigObject;
  brokerConfig?: Readonly<Record<string, ConfigObject>>;
  brokerVersions?: Readonly<Record<string, string>>;
};

export type ScenarioTopic = {
  name: string;
  partitions?: number;
  replicationFactor?: number;
  assignment?: number[][];
  config?: ConfigObject;
};

export type ScenarioProducer = {
  id: string;
  version?: string;
  startMs?: number;
  config?: ConfigObject;
  workload?: ScenarioWorkload;
};

export type ScenarioWorkload = {
  topic: string;
  count?: number;
  ratePerSecond?: number;
  startMs?: number;
  keys?: ScenarioKeys;
  values?: ScenarioValues;
  recordsPerTransaction?: number;
  abortEvery?: number;
};

export type ScenarioKeys =
  | { kind: 'none' }
  | { kind: 'cycle'; values: string[] }
  | { kind: 'random'; distinct: number }
  | ScenarioLines;

/** Record by record: keys and values of one workload go together row by row. */
export type ScenarioLines = { kind: 'lines' } & LinesText;

export type ScenarioValues = { kind: 'size'; bytes: number } | ScenarioLines | { kind: 'json' };

export type CommitMode = 'auto' | 'sync' | 'async' | 'before' | 'none';
export type Processing = 'inline' | 'thread';

export type ScenarioConsumer = {
  id: string;
  version?: string;
  joinMs?: number;
  config?: ConfigObject;
  subscribe?: string[];
  subscribePattern?: string;
  assign?: string[];
  processMs?: number;
  processing?: Processing;
  commit?: CommitMode;
  share?: boolean;
  acknowledge?: ScenarioAcknowledge;
};

/** How a share consumer's application treats records; all others it accepts. Offsets count from 0 in each partition. */
export type ScenarioAcknowledge = {
  /** Each n-th record of a partition (offset n-1, 2n-1, ...) is released when it comes for the first time. */
  releaseEvery?: number;
  /** Each n-th record of a partition is rejected. */
  rejectEvery?: number;
  /** These are released when they come for the first time. */
  release?: number[];
  /** These are released whenever they come. */
  releaseAlways?: number[];
  reject?: number[];
};

/** A node's id (a number) or a client's id (a string). */
export type NodeRef = number | string;
export type Between = [NodeRef[], NodeRef[]];

export type ScenarioNetwork = {
  latencyMs?: number;
  jitterMs?: number;
  bandwidthMbps?: number;
  links?: ScenarioLink[];
};

export type ScenarioLink = {
  between: Between;
  oneWay?: boolean;
  latencyMs?: number;
  jitterMs?: number;
  lossPercent?: number;
  bandwidthMbps?: number;
};

export type ScenarioDisk = { flushMs?: number; throughputMBps?: number };

/** `atMs` or `when`, one of them, the verb, and the verb's arguments beside them (as its spec in `verbs/` says). */
export type ScenarioStep = {
  atMs?: number;
  when?: ScenarioWhen;
  do: Verb;
  readonly [argument: string]: Json | undefined;
};

export type ScenarioWhen = { afterMs?: number } & (
  | { acked: { producer: string; count: number } }
  | { sent: { producer: string; count: number } }
  | { processed: { consumer: string; count: number } }
  | { leader: { partition: string; is: number } }
  | { isr: { partition: string; is: number[] } }
  | { groupState: { group: string; is: string; members?: number } }
  | { previous: true }
);

/** A path of the result to the value it must have, or to a matcher. */
export type Expect = Readonly<Record<string, ExpectedValue>>;
export type ExpectedValue = Json | ExpectMatcher;
export type ExpectMatcher = { min?: number; max?: number; not?: Json; length?: number | ExpectMatcher; absent?: true };

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

// ---------------------------------------------------------------------------------------------------------------
// Resolved: every default filled in, times in whole microseconds, lists in a fixed order. The engine reads only this.
// ---------------------------------------------------------------------------------------------------------------

/** Pairs sorted by key (code units); a list, since an object would reorder keys that look like numbers. */
export type { ConfigEntries };

export type ResolvedScenario = {
  title: string;
  note: string;
  seed: number;
  /** Inclusive: what happens at this microsecond still happens. */
  untilUs: number;
  cluster: ResolvedCluster;
  /** In file order, which is the order in which topics get their ids. */
  topics: ResolvedTopic[];
  producers: ResolvedProducer[];
  consumers: ResolvedConsumer[];
  network: ResolvedNetwork;
  disk: ResolvedDisk;
  /** In file order. */
  steps: ResolvedStep[];
};

export type ResolvedCluster = {
  version: string;
  /** Sorted by name; only those the file names (the others follow from the version). */
  features: readonly (readonly [name: string, level: number])[];
  /** Ascending ids 1..n. */
  brokers: ResolvedBroker[];
  /** Controllers on nodes of their own, ids 101, 102, ...; empty when brokers combine both roles. */
  controllers: ResolvedController[];
  /** The quorum's voters, ascending: the nodes above, or the first up to three brokers when `controllers` was 0. */
  controllerIds: number[];
  /**
   * The cluster-wide values of this project's own making (replication of internal topics on small clusters). They are
   * already in each broker's `config`, below everything that the file sets; the page shows them as presets.
   */
  presets: ConfigEntries;
};

export type ResolvedBroker = {
  id: number;
  rack: string | null;
  version: string;
  /** The broker is a voter of the quorum too. */
  isController: boolean;
  /** Presets, then `cluster.config`, then `cluster.brokerConfig`: what stands in this broker's properties file. */
  config: ConfigEntries;
};

export type ResolvedController = { id: number; version: string; config: ConfigEntries };

export type ResolvedTopic = {
  name: string;
  partitions: number;
  replicationFactor: number;
  /** One replica list a partition, the first replica leads; null: the engine places them, striped as Kafka does. */
  assignment: number[][] | null;
  config: ConfigEntries;
};

export type ResolvedProducer = {
  id: string;
  version: string;
  startUs: number;
  config: ConfigEntries;
  workload: ResolvedWorkload | null;
};

export type ResolvedWorkload = {
  topic: string;
  /** null: no end. */
  count: number | null;
  /** Record k is due at startUs + floor(k * 1e6 / ratePerSecond). */
  ratePerSecond: number;
  startUs: number;
  keys: ResolvedKeys;
  values: ResolvedValues;
  transaction: {
    recordsPerTransaction: number /** Every n-th is aborted; null: none. */;
    abortEvery: number | null;
  } | null;
};

export type ResolvedKeys =
  | { kind: 'none' }
  | { kind: 'cycle'; values: string[] }
  | { kind: 'random'; distinct: number }
  | { kind: 'lines'; lines: Lines };

/** Lines start over when they are used up; `json` is the sample data, which starts over too. */
export type ResolvedValues = { kind: 'size'; bytes: number } | { kind: 'lines'; lines: Lines } | { kind: 'json' };

export type PartitionRef = { topic: string; partition: number };

export type ResolvedConsumer = {
  id: string;
  version: string;
  joinUs: number;
  /** `commit` is worked in: enable.auto.commit stands here as the commit mode that the file names says. */
  config: ConfigEntries;
  source:
    | { kind: 'subscribe'; topics: string[] }
    | { kind: 'pattern'; pattern: string }
    | { kind: 'assign'; partitions: PartitionRef[] };
  processUs: number;
  processing: Processing;
  commit: CommitMode;
  share: boolean;
  /** null: every record is accepted. */
  acknowledge: {
    readonly releaseEvery: number | null;
    readonly rejectEvery: number | null;
    readonly release: readonly number[];
    readonly releaseAlways: readonly number[];
    readonly reject: readonly number[];
  } | null;
};

export type ResolvedNetwork = {
  latencyUs: number;
  jitterUs: number;
  bandwidthMbps: number;
  /** In file order; where two name the same pair, the later one holds. */
  links: ResolvedLink[];
};

/** null: as the whole network has it. */
export type ResolvedLink = {
  between: Between;
  oneWay: boolean;
  latencyUs: number | null;
  jitterUs: number | null;
  lossPercent: number | null;
  bandwidthMbps: number | null;
};

export type ResolvedDisk = {
  /** 0: pages are flushed only when Kafka asks. */ flushUs: number;
  throughputMBps: number;
};

export type ResolvedStep = {
  /** Its place in the file's `steps`, from 0. */
  index: number;
  start: { kind: 'at'; atUs: number } | { kind: 'when'; when: ResolvedWhen; afterUs: number };
  command: Command;
};

export type ResolvedWhen =
  | { event: 'acked' | 'sent'; producer: string; count: number }
  | { event: 'processed'; consumer: string; count: number }
  | { event: 'leader'; partition: PartitionRef; is: number }
  | { event: 'isr'; partition: PartitionRef; is: number[] }
  | { event: 'groupState'; group: string; is: string; members: number | null }
  | { event: 'previous' };

import type { PartitionName } from './partition-name.ts';

/**
 * What one run leaves behind, as CONTRACT.md words it: the document that `run` prints and that `expect` is checked
 * against. Partitions are named like "orders-0". Counters hold only what was counted: a key that is not there is 0.
 */
export type Result = {
  kafkascope: 1;
  title: string;
  seed: number;
  endedAtMs: number;
  /** Of the whole history and the engine's version, not of title, note or expect. */
  hash: string;
  stepsNotRun: ResultStepNotRun[];
  records: ResultRecords;
  latencyMs: ResultLatency;
  errors: ResultCounters;
  requestErrors: ResultCounters;
  partitions: Readonly<Record<PartitionName, ResultPartition>>;
  groups: Readonly<Record<string, ResultGroup>>;
  elections: ResultElection[];
  isrChanges: ResultIsrChange[];
  lost: ResultLost[];
  /** By broker id: what compressed batches made it do. Only where a broker met one. */
  work?: Readonly<Record<string, ResultWork>>;
  internal: {
    partitions: Readonly<Record<PartitionName, ResultPartition>>;
    elections: ResultElection[];
    isrChanges: ResultIsrChange[];
  };
  /** Only with `--events`. */
  events?: ResultEvent[];
};

export type ResultCounters = Readonly<Record<string, number>>;

/** A step of the file that never ran: its place in `steps`, from 0, its verb, and what it waited for. */
export type ResultStepNotRun = { step: number; do: string; why: string };

export type ResultRecords = {
  /** Handed to send(). */
  sent: number;
  /** The callback succeeded. */
  acked: number;
  /** The callback got an error. */
  failed: number;
  failedButWritten: number;
  pending: number;
  lost: number;
  atRisk: number;
  unavailable: number;
  duplicated: number;
  reordered: number;
};

/** null where nothing was measured. */
export type ResultLatency = {
  ack: { p50: number | null; p99: number | null; p50WhileHealthy: number | null; p99WhileHealthy: number | null };
  endToEnd: { p50: number | null; p99: number | null };
};

export type ResultPartition = {
  /** -1: no leader. The numbers below are then the last leader's. */
  leader: number;
  leaderEpoch: number;
  /** As assigned. */
  replicas: number[];
  /** Ascending. */
  isr: number[];
  /** Ascending. */
  elr: number[];
  logStartOffset: number;
  highWatermark: number;
  lastStableOffset: number;
  logEndOffset: number;
  sizeBytes: number;
  batches: number;
  records: number;
  /** Batches by codec. */
  codecs: ResultCounters;
  /** Only of a log in which a codec stands: what its batches would take without it, and how many times smaller they are. */
  compression?: { plainBytes: number; ratio: number };
};

/** Batches that a codec was involved in at one leader; microseconds of one thread; bytes with headers. */
export type ResultWork = {
  /** Looked at record by record, for which a compressed batch is unpacked. */
  validated: number;
  /** Stored as they came. */
  kept: number;
  /** Packed by another codec than they came with, or unpacked for good. */
  repacked: number;
  unpackUs: number;
  packUs: number;
  plainBytes: number;
  bytesIn: number;
  bytesOut: number;
};

export type ResultGroup = {
  protocol: 'classic' | 'consumer' | 'share';
  state: string;
  generation: number;
  coordinator: number;
  rebalances: number;
  partitionSecondsUnread: number;
  members: Readonly<Record<string, readonly PartitionName[]>>;
  committed: Readonly<Record<PartitionName, number>>;
  processed: number;
  skipped: number;
  reprocessed: number;
  errors: ResultCounters;
  /** Only of a share group. */
  share?: Readonly<Record<PartitionName, ResultSharePartition>>;
};

/** What became of a partition's records in a share group. */
export type ResultSharePartition = {
  /** Everything below is done with; -1: nobody has read it. */
  startOffset: number;
  /** Deliveries, repeated ones too. */
  acquired: number;
  accepted: number;
  /** Records that were accepted again after they had been. */
  acceptedTwice: number;
  released: number;
  rejected: number;
  rejectedOffsets: readonly number[];
  /** Records whose lock ran out. */
  lockTimeouts: number;
  /** Archived after the last allowed delivery. */
  givenUp: number;
  /** Acknowledgements of records that were done with already. */
  late: number;
  /** Highest delivery count by offset, of those delivered more than once. */
  deliveries: Readonly<Record<string, number>>;
};

export type ResultElection = { atMs: number; partition: PartitionName; from: number; to: number; unclean: boolean };

export type ResultIsrChange = { atMs: number; partition: PartitionName; isr: number[]; why: string };

export type ResultLost = {
  producer: string;
  ordinal: number;
  partition: PartitionName;
  offset: number;
  why: ResultCause[];
};

export type ResultCause = { code: string; atMs: number; text: string };

/** One event in plain words, as the page's event list shows it. */
export type ResultEvent = { atMs: number; kind: string; text: string };

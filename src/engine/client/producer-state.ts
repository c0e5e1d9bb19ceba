/** One producer: its process's memory (metadata, accumulator, sequences) and what outlives the process (its workload). */
import type { ProducerConfig } from '../../kafka/config/effective-producer.ts';
import type { ConfigEntries } from '../../kafka/config/types.ts';
import type { BuiltInPartitioner } from '../../kafka/partitioner/built-in-partitioner.ts';
import type { KafkaRecord } from '../../kafka/records/record-batch.ts';
import type { ResolvedWorkload } from '../../protocol/scenario.ts';
import type { ProducerSend } from '../../protocol/verbs/producer-send.ts';
import { type ClientTopic, cloneMetadata } from './client-metadata.ts';
import type { ClientState } from './client-network.ts';
import type { Packing } from './pack-state.ts';
import { cloneBatch, type ProducerBatch } from './producer-batch.ts';

/** What TransactionManager knows of one partition (Kafka: TxnPartitionEntry). -1: none. */
export interface SequenceState {
  producerId: number;
  producerEpoch: number;
  nextSequence: number;
  lastAckedSequence: number;
  lastAckedOffset: number;
  /** Batches with a sequence that are not settled, by (id, epoch, sequence): in flight or waiting to be retried. */
  inFlight: ProducerBatch[];
  /** Next sequence after an expired batch whose fate is not known; -1: none. */
  unresolvedNext: number;
  /** Its sequences start over with the next epoch. */
  rewrite: boolean;
}

/** The queue of one partition (RecordAccumulator) and what the Sender keeps of it. */
export interface PartitionQueue {
  readonly partition: number;
  readonly topic: string;
  readonly index: number;
  queue: ProducerBatch[];
  /** Sent or about to be, unanswered, in the order of draining (Sender.inFlightBatches). */
  inFlight: ProducerBatch[];
  muted: boolean;
  sequences: SequenceState;
}

/** Queue lengths by partition as the Sender last saw them (rule 109); null: not every partition has had a batch. */
export interface QueueLoad {
  readonly sizes: readonly number[] | null;
  readonly ids: readonly number[];
  readonly length: number;
}

export interface TopicQueues {
  readonly name: string;
  partitioner: BuiltInPartitioner;
  /** Weights for the partitioner, worked in when it is asked; null: they are. */
  load: QueueLoad | null;
  /** By partition index; null until a record went there. */
  queues: (PartitionQueue | null)[];
}

export interface ProduceInFlight {
  readonly connection: number;
  readonly correlationId: number;
  readonly batches: readonly ProducerBatch[];
}

/** A call of the application that waits for its turn on the producer's one application thread. */
export type Task =
  | { readonly kind: 'send'; readonly atUs: number; readonly send: ProducerSend; readonly left: number }
  | { readonly kind: 'flush' | 'close'; readonly atUs: number };

/** A send() under way. */
export interface PendingSend {
  readonly record: KafkaRecord;
  readonly topic: string;
  /** -1: the partitioner chooses. */
  readonly partition: number;
  readonly startUs: number;
  readonly estimate: number;
  /** What metadata said when send() went on: it keeps to that. */
  readonly cluster: ClientTopic | null;
  /** The ledger has heard of it. */
  readonly told: boolean;
}

export interface Blocked {
  readonly why: 'metadata' | 'buffer' | 'flush' | 'close';
  readonly sinceUs: number;
  /** When max.block.ms ends it; Infinity for flush and close. */
  readonly deadlineUs: number;
  readonly send: PendingSend | null;
  /** Bytes that send() waits for. */
  readonly bytes: number;
  /** Metadata version that did not have what it waits for. */
  readonly version: number;
}

export interface NodeLatency {
  readyUs: number;
  drainUs: number;
}

export interface ProducerState extends ClientState {
  readonly startUs: number;
  workload: ResolvedWorkload | null;
  config: ConfigEntries;
  settings: ProducerConfig;
  /** With these the process starts again as soon as it has closed. */
  restartWith: ConfigEntries | null;
  everStarted: boolean;
  closing: boolean;
  /** close() has returned. */
  closed: boolean;

  // The application.
  /** Next record of the workload. */
  workloadNext: number;
  nextOrdinal: number;
  tasks: readonly Task[];
  blocked: Blocked | null;
  /** When the event list last said that send() waits for memory, and whether it has said since that it goes on. */
  blockedToldUs: number;
  blockedTold: boolean;
  /** When the ProducerDue event for the workload fires; -1: none is pending. */
  dueArmedUs: number;
  doneTold: boolean;

  // RecordAccumulator and BufferPool.
  topics: TopicQueues[];
  bufferUsedBytes: number;
  incomplete: number;
  nextBatchId: number;
  /** By broker id. */
  drainIndex: number[];
  nodeLatency: (NodeLatency | null)[];

  // Sender.
  requests: ProduceInFlight[];
  /** Set when a new or a full batch wakes the Sender. */
  senderWoken: boolean;
  /** null: it has compressed nothing yet. */
  packing: Packing | null;
  retries: number;
  sent: number;
  acked: number;
  failed: number;

  // TransactionManager of an idempotent producer.
  producerId: number;
  producerEpoch: number;
  epochBumpRequired: boolean;
  /** idle: nobody asked for an id yet, or it has one. */
  initState: 'idle' | 'wanted' | 'connecting' | 'in-flight';
  initBroker: number;
  initRetryAtUs: number;
  initCorrelationId: number;
  /** Nothing can be sent any more by this process: the exception's simple name. */
  fatalError: string | null;
}

export function emptySequences(): SequenceState {
  return {
    producerId: -1,
    producerEpoch: -1,
    nextSequence: 0,
    lastAckedSequence: -1,
    lastAckedOffset: -1,
    inFlight: [],
    unresolvedNext: -1,
    rewrite: false,
  };
}

function cloneTopics(topics: readonly TopicQueues[], copyOf: (b: ProducerBatch) => ProducerBatch): TopicQueues[] {
  const copyQueue = (q: PartitionQueue): PartitionQueue => ({
    partition: q.partition,
    topic: q.topic,
    index: q.index,
    queue: q.queue.map(copyOf),
    inFlight: q.inFlight.map(copyOf),
    muted: q.muted,
    sequences: copySequences(q.sequences),
  });
  const copySequences = (s: SequenceState): SequenceState => ({
    producerId: s.producerId,
    producerEpoch: s.producerEpoch,
    nextSequence: s.nextSequence,
    lastAckedSequence: s.lastAckedSequence,
    lastAckedOffset: s.lastAckedOffset,
    inFlight: s.inFlight.map(copyOf),
    unresolvedNext: s.unresolvedNext,
    rewrite: s.rewrite,
  });
  const copyTopic = (t: TopicQueues): TopicQueues => ({
    name: t.name,
    partitioner: t.partitioner,
    load: t.load,
    queues: t.queues.map((q) => (q === null ? null : copyQueue(q))),
  });
  return topics.map(copyTopic);
}

/** A batch may be known to a queue, the Sender and the sequences at once: each is copied once. */
export function cloneProducer(p: ProducerState): ProducerState {
  const copies = new Map<number, ProducerBatch>();
  const copyOf = (b: ProducerBatch): ProducerBatch => {
    let copy = copies.get(b.id);
    if (copy === undefined) {
      copy = cloneBatch(b);
      copies.set(b.id, copy);
    }
    return copy;
  };
  return {
    gen: p.gen,
    node: p.node,
    id: p.id,
    channel: p.channel,
    metadata: cloneMetadata(p.metadata),
    connectionSettings: p.connectionSettings,
    backoff: p.backoff,
    metadataMaxAgeUs: p.metadataMaxAgeUs,
    maxInFlight: p.maxInFlight,
    wakeUs: p.wakeUs,
    armedUs: p.armedUs.slice(),
    closing: p.closing,
    closed: p.closed,
    tasks: p.tasks,
    blocked: p.blocked,
    blockedToldUs: p.blockedToldUs,
    blockedTold: p.blockedTold,
    dueArmedUs: p.dueArmedUs,
    topics: cloneTopics(p.topics, copyOf),
    bufferUsedBytes: p.bufferUsedBytes,
    incomplete: p.incomplete,
    drainIndex: p.drainIndex.slice(),
    nodeLatency: p.nodeLatency.map((n) => (n === null ? null : { readyUs: n.readyUs, drainUs: n.drainUs })),
    requests: p.requests.map((r) => ({
      connection: r.connection,
      correlationId: r.correlationId,
      batches: r.batches.map(copyOf),
    })),
    senderWoken: p.senderWoken,
    producerId: p.producerId,
    producerEpoch: p.producerEpoch,
    epochBumpRequired: p.epochBumpRequired,
    initState: p.initState,
    initBroker: p.initBroker,
    initRetryAtUs: p.initRetryAtUs,
    initCorrelationId: p.initCorrelationId,
    fatalError: p.fatalError,
    startUs: p.startUs,
    workload: p.workload,
    config: p.config,
    settings: p.settings,
    restartWith: p.restartWith,
    everStarted: p.everStarted,
    workloadNext: p.workloadNext,
    nextOrdinal: p.nextOrdinal,
    doneTold: p.doneTold,
    nextBatchId: p.nextBatchId,
    packing: p.packing,
    retries: p.retries,
    sent: p.sent,
    acked: p.acked,
    failed: p.failed,
  };
}

/**
 * The whole cluster at one moment, as plain data. Entities are copied on write: each carries the generation of the world
 * that owns it, and `own` copies one before its first change after a checkpoint. Tables are arrays that a checkpoint
 * copies shallowly. Only handlers change a world, one event at a time.
 */
import { makeStream, type RandomStream } from '../../base/random.ts';
import { emptyVector, type Vector } from '../../base/vector.ts';
import type { Phrase, ThingId } from '../../protocol/frame.ts';
import type { ResolvedScenario } from '../../protocol/scenario.ts';
import type { Command } from '../../protocol/verbs/index.ts';
import type { BrokerState } from '../broker/broker-state.ts';
import type { FetcherState } from '../broker/replica-fetcher-state.ts';
import type { ReplicaState } from '../broker/replica-state.ts';
import type { ConsumerState } from '../client/consumer-state.ts';
import type { ProducerState } from '../client/producer-state.ts';
import type { ControllerState } from '../controller/controller-state.ts';
import type { GroupObserved } from '../coordinator/observed.ts';
import type { CoordinatorShard } from '../coordinator/shard-state.ts';
import type { LedgerState } from '../ledger/ledger-state.ts';
import type { Connection, LinkState } from '../net/connection-state.ts';
import type { ShareTables } from '../share/tables.ts';
import type { SimEvent } from './event.ts';

export interface Owned {
  gen: number;
}

/** `admin` stands for the tools (kafka-topics.sh and so on): one process that sends what the scenario's steps ask for. */
export type NodeKind = 'broker' | 'controller' | 'producer' | 'consumer' | 'admin';

/** A process on a host of its own. `index` is dense and never reused. */
export interface NodeState extends Owned {
  index: number;
  /** '1', '101', 'checkout'. */
  id: string;
  /** Kafka's node id for brokers and controllers, -1 for clients. */
  nodeId: number;
  kind: NodeKind;
  /** Index in the table of its kind (brokers, producers, consumers). */
  ref: number;
  version: string;
  rack: string | null;
  process: 'up' | 'paused' | 'down' | 'power-off';
  sinceUs: number;
  /** Counts processes: timers of an older process are not heard by a newer one. */
  incarnation: number;
  /** Timers that fired while the process was stopped (SIGSTOP), in order. */
  deferred: SimEvent[];
}

/** A partition's dense index is its place in `World.partitions`; names are interned here for all nodes. */
export interface PartitionName {
  readonly topic: string;
  readonly topicId: number;
  readonly index: number;
  readonly name: string;
}

export interface LogLineFact {
  readonly atUs: number;
  readonly phrase: Phrase;
  readonly about: readonly ThingId[];
  readonly tone: 'plain' | 'harm' | 'risk' | 'good';
  readonly lane: 'elections' | 'isr' | 'groups' | 'losses' | 'faults' | null;
  /** Where the span began that ends here (a rebalance). */
  readonly fromUs?: number;
}

export interface ElectionFact {
  readonly atUs: number;
  readonly partition: number;
  readonly from: number;
  readonly to: number;
  readonly unclean: boolean;
}

export interface IsrFact {
  readonly atUs: number;
  readonly partition: number;
  readonly isr: readonly number[];
  readonly why: string;
}

/** Test-only faults planted in the engine, to see that the checks find them. */
export interface PlantedBugs {
  readonly noLeaderEpochCheck: boolean;
  readonly ackBeforeMinIsr: boolean;
  readonly highWatermarkAheadOfIsr: boolean;
  /** A coordinator that takes over knows a group's members and not their generation. */
  readonly generationForgotten: boolean;
}

/** Broker ids are 1..31; a replica's slot is `partition * BROKER_STRIDE + brokerId`. */
export const BROKER_STRIDE = 32;

/** Virtual 0 in record timestamps: 2026-01-01T00:00:00Z. */
export const EPOCH_MS = 1_767_225_600_000;

export interface World {
  gen: number;
  readonly scenario: ResolvedScenario;
  readonly bugs: PlantedBugs;
  nowUs: number;
  nextSeq: number;
  nextMessageId: number;
  eventCount: number;
  queue: SimEvent[];
  hashA: number;
  hashB: number;

  nodes: NodeState[];
  /** Node index by id as written in scenarios ('1', '101', 'checkout'). Replaced when a node is added. */
  nodeById: ReadonlyMap<string, number>;
  /** Node index by broker id; -1 where there is none. */
  brokerNode: number[];
  controllerNode: number;
  adminNode: number;
  partitions: PartitionName[];
  partitionByName: ReadonlyMap<string, number>;

  streams: Map<string, RandomStream>;
  links: LinkState[];
  linkIndex: Map<number, number>;
  connections: Connection[];
  connectionIndex: Map<number, number>;

  controller: ControllerState;
  brokers: BrokerState[];
  replicas: (ReplicaState | null)[];
  /** By follower broker id * BROKER_STRIDE + leader broker id. */
  fetchers: (FetcherState | null)[];
  producers: ProducerState[];
  consumers: ConsumerState[];
  /** Group coordinators of the brokers, one a led partition of __consumer_offsets; null: it went with its leadership or process. */
  coordinators: (CoordinatorShard | null)[];
  /** Place in `coordinators` by partition * BROKER_STRIDE + broker id. */
  coordinatorIndex: Map<number, number>;
  /** Observers' own; the hash does not see them. */
  groupsObserved: GroupObserved[];
  /** Share groups; all empty where nobody has one. */
  share: ShareTables;

  /** Requests of the tools that wait for a connection. */
  adminCalls: readonly { readonly apiKey: number; readonly body: unknown; readonly to: number }[];

  ledger: LedgerState;
  lines: Vector<LogLineFact>;
  elections: Vector<ElectionFact>;
  isrChanges: Vector<IsrFact>;
  /** Messages sent per 100 ms, and at-risk records at each bucket's end. */
  requestBuckets: Vector<number>;
  riskBuckets: Vector<number>;
  bucketCount: number;
  bucketIndex: number;
  requestErrors: Map<number, number>;

  /** Position in the branch's list of timed commands: those before it have been applied. */
  commandsRun: number;
  /** `when` steps: place of the armed one in `scenario.steps`' `when` steps, and whether its condition was met and only `afterUs` is left. */
  whenPosition: number;
  whenWaiting: boolean;
  /** A condition may have become true since the last look. */
  whenDirty: boolean;
  /** File indices of steps that were applied. */
  appliedSteps: readonly number[];
  /** What commands could not do, for the page and the command line. */
  refusals: readonly { readonly atUs: number; readonly id: number; readonly message: string }[];
  /** Set for a moment that the player may stop at: why. */
  interest: 'data-flight' | 'decision' | null;
}

/** A command with its place in time; the history's log holds these. */
export interface TimedCommand {
  readonly id: number;
  readonly atUs: number;
  readonly command: Command;
}

let generation = 0;

/** A number no world has had. It never enters the history. */
export function newGeneration(): number {
  generation += 1;
  return generation;
}

/**
 * The entity `table[i]`, owned by this world: copied first if an older checkpoint shares it. Such a copy names every field,
 * in the order in which the entity was made (fork.test.ts): made by a spread, each copy had a hidden class of its own, and
 * whatever the machine had compiled for the entity ran at half its speed.
 */
export function own<T extends Owned>(w: World, table: T[], i: number, clone: (entity: T) => T): T {
  const entity = table[i] as T;
  if (entity.gen === w.gen) return entity;
  const copy = clone(entity);
  copy.gen = w.gen;
  table[i] = copy;
  return copy;
}

function cloneNode(n: NodeState): NodeState {
  return {
    gen: n.gen,
    index: n.index,
    id: n.id,
    nodeId: n.nodeId,
    kind: n.kind,
    ref: n.ref,
    version: n.version,
    rack: n.rack,
    process: n.process,
    sinceUs: n.sinceUs,
    incarnation: n.incarnation,
    deferred: n.deferred.slice(),
  };
}

export function ownNode(w: World, index: number): NodeState {
  return own(w, w.nodes, index, cloneNode);
}

/** The named stream of this world, made from the scenario's seed on first use. */
export function stream(w: World, name: string): RandomStream {
  let s = w.streams.get(name);
  if (s === undefined) {
    s = makeStream(w.scenario.seed, name);
    w.streams.set(name, s);
  }
  return s;
}

export function nodeOf(w: World, brokerId: number): NodeState {
  return w.nodes[w.brokerNode[brokerId] as number] as NodeState;
}

export function emptyFacts(): Pick<World, 'lines' | 'elections' | 'isrChanges' | 'requestBuckets' | 'riskBuckets'> {
  return {
    lines: emptyVector(-1),
    elections: emptyVector(-1),
    isrChanges: emptyVector(-1),
    requestBuckets: emptyVector(-1),
    riskBuckets: emptyVector(-1),
  };
}

/** What every node's clock shows now, in whole milliseconds since the epoch. */
export function wallMs(w: World): number {
  return EPOCH_MS + Math.floor(w.nowUs / 1000);
}

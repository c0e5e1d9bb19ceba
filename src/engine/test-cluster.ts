/**
 * For tests: a cluster in two lines, run to a time, looked at and broken. Commands act at once; whatever was delivered is
 * kept, so that a test can ask for requests and their answers; `ask` sends a request of its own from the tools' node.
 */
import { vectorGet, vectorLength } from '../base/vector.ts';
import { fieldsOfRecords, makeBatch, type RecordBatch, recordOf } from '../kafka/records/record-batch.ts';
import { validateScenario } from '../protocol/parse-scenario.ts';
import type { Scenario } from '../protocol/scenario.ts';
import type { Command } from '../protocol/verbs/index.ts';
import type { BrokerState } from './broker/broker-state.ts';
import type { ReplicaState } from './broker/replica-state.ts';
import { brokerState, ownBroker, ownReplica } from './broker/replicas.ts';
import type { BrokerRegistration, PartitionRegistration } from './controller/metadata-image.ts';
import { adminRequest } from './fault/admin.ts';
import { runCommand } from './fault/register.ts';
import './index.ts';
import { EventKind } from './kernel/event.ts';
import { makeWorld, NO_BUGS } from './kernel/make-world.ts';
import { applyCommand, step } from './kernel/run.ts';
import { BROKER_STRIDE, EPOCH_MS, type PlantedBugs, type TimedCommand, type World } from './kernel/world.ts';
import type { Message } from './net/message.ts';

export type ClusterOptions = Partial<Omit<Scenario, 'kafkascope'>> & {
  readonly brokers?: number;
  readonly config?: Readonly<Record<string, string>>;
  /** Configuration of the one topic `t`, used unless `topics` are given; its replicas are all brokers in order. */
  readonly topic?: Readonly<Record<string, string>>;
  readonly partitions?: number;
  /** Configuration of one producer `p` without a workload. */
  readonly producer?: Readonly<Record<string, string>>;
  readonly elr?: boolean;
  readonly bugs?: Partial<PlantedBugs>;
};

export interface Traffic {
  readonly atUs: number;
  readonly message: Message;
}

export class TestCluster {
  readonly world: World;
  /** Every message as it was delivered (or met a cut link). */
  readonly traffic: Traffic[] = [];
  #ids = 0;

  constructor(options: ClusterOptions = {}) {
    const { brokers = 3, config = {}, topic = {}, partitions = 1, producer, elr = true, bugs, ...file } = options;
    const replicas = Array.from({ length: brokers }, (_, i) => i + 1);
    const scenario: Scenario = {
      kafkascope: 1,
      topics: [{ name: 't', assignment: Array.from({ length: partitions }, () => replicas), config: topic }],
      cluster: { brokers, controllers: 1, config, features: { 'eligible.leader.replicas.version': elr ? 1 : 0 } },
      network: { latencyMs: 1 },
      ...(producer === undefined ? {} : { producers: [{ id: 'p', config: producer }] }),
      ...file,
    };
    const parsed = validateScenario(scenario, 'a test');
    if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
    this.world = makeWorld(parsed.resolved, { ...NO_BUGS, ...bugs });
  }

  get nowMs(): number {
    return this.world.nowUs / 1000;
  }

  /** Runs to this moment, inclusive. */
  to(ms: number): this {
    while (this.#step(ms * 1000));
    return this;
  }

  for(ms: number): this {
    return this.to(this.nowMs + ms);
  }

  /** Runs until something holds; at most so long. */
  until(holds: () => boolean, atMostMs = 60_000): this {
    const endUs = this.world.nowUs + atMostMs * 1000;
    while (!holds()) if (!this.#step(endUs)) throw new Error(`it did not come about within ${atMostMs} ms`);
    return this;
  }

  #step(toUs: number): boolean {
    const next = this.world.queue[0];
    const message = next !== undefined && next.atUs <= toUs && next.kind === EventKind.Deliver ? next.message : null;
    const went = step(this.world, NO_COMMANDS, toUs);
    if (message !== null) this.traffic.push({ atUs: this.world.nowUs, message });
    return went;
  }

  /** Does it now, as a step of a scenario would. */
  do(command: Command): this {
    applyCommand(this.world, { id: 1_000_000 + this.#ids, atUs: this.world.nowUs, command });
    this.#ids += 1;
    return this;
  }

  /** The same, and says what a refused command answers. */
  try(command: Command): string | null {
    return runCommand(this.world, command);
  }

  kill(broker: number): this {
    return this.do({ do: 'broker.kill', broker });
  }
  start(broker: number): this {
    return this.do({ do: 'broker.start', broker });
  }
  stop(broker: number): this {
    return this.do({ do: 'broker.stop', broker });
  }
  pause(broker: number): this {
    return this.do({ do: 'broker.pause', broker });
  }
  resume(broker: number): this {
    return this.do({ do: 'broker.resume', broker });
  }
  powerLoss(broker: number): this {
    return this.do({ do: 'host.powerLoss', broker });
  }
  cut(left: (number | string)[], right: (number | string)[], oneWay = false): this {
    return this.do({ do: 'network.cut', between: [left, right], oneWay });
  }
  heal(): this {
    return this.do({ do: 'network.heal', between: null, oneWay: false });
  }
  link(left: (number | string)[], right: (number | string)[], latencyMs: number, oneWay = false): this {
    return this.do({
      do: 'network.set',
      between: [left, right],
      oneWay,
      latencyMs,
      jitterMs: null,
      lossPercent: null,
      bandwidthMbps: null,
    });
  }
  send(count = 1, partition = 0): this {
    return this.do({
      do: 'producer.send',
      producer: 'p',
      topic: 't',
      partition,
      key: null,
      value: 'v',
      headers: [],
      count,
    });
  }
  setTopic(key: string, value: string | null): this {
    return this.do({ do: 'config.set', scope: 'topic', entity: 't', key, value });
  }

  partition(index = 0): PartitionRegistration {
    return this.world.controller.image.partitions[index] as PartitionRegistration;
  }
  registration(broker: number): BrokerRegistration {
    return this.world.controller.image.brokers[broker] as BrokerRegistration;
  }
  broker(broker: number): BrokerState {
    return brokerState(this.world, broker);
  }
  ownBroker(broker: number): BrokerState {
    return ownBroker(this.world, broker);
  }
  replica(broker: number, partition = 0): ReplicaState {
    return this.world.replicas[partition * BROKER_STRIDE + broker] as ReplicaState;
  }
  ownReplica(broker: number, partition = 0): ReplicaState {
    return ownReplica(this.world, broker, partition);
  }

  /** Sends a request from the tools' node to a server and returns the answer's body. */
  ask<T>(server: number, apiKey: number, body: unknown): T {
    const node = this.world.nodeById.get(String(server)) as number;
    const from = this.traffic.length;
    adminRequest(this.world, apiKey, body, node);
    let answer: Message | undefined;
    this.until(() => {
      answer = this.traffic
        .slice(from)
        .find(({ message: m }) => !m.toServer && m.to === this.world.adminNode && m.apiKey === apiKey)?.message;
      return answer !== undefined;
    });
    return answer?.body as T;
  }

  /** Delivered requests (or answers) of an API, by who served them; all servers if none is named. */
  delivered(apiKey: number, toServer: boolean, server: number | null = null): Traffic[] {
    return this.traffic.filter(({ message: m }) => {
      const served = this.world.nodes[toServer ? m.to : m.from]?.nodeId;
      return m.apiKey === apiKey && m.toServer === toServer && (server === null || served === server);
    });
  }

  /** Keys of the lines told, with their times. */
  lines(from = 0): { ms: number; key: string }[] {
    const out: { ms: number; key: string }[] = [];
    for (let i = 0; i < vectorLength(this.world.lines); i++) {
      const { atUs, phrase } = vectorGet(this.world.lines, i);
      if (atUs >= from * 1000) out.push({ ms: atUs / 1000, key: phrase.key });
    }
    return out;
  }

  /** A batch of `count` records as an application without a ledger would send it. */
  batch(count = 1, timestampMs = EPOCH_MS + Math.floor(this.nowMs), key: string | null = null): RecordBatch {
    return makeBatch(fieldsOfRecords(Array.from({ length: count }, () => recordOf(timestampMs, key, 'v'))));
  }
}

const NO_COMMANDS: readonly TimedCommand[] = [];

/** For tests: a coordinator that answers ConsumerGroupHeartbeat, OffsetCommit and OffsetFetch as the test says, in a cluster that is else real. */
import { errorCode } from '../../../kafka/api/errors.ts';
import type {
  ConsumerGroupHeartbeatRequest,
  ConsumerGroupHeartbeatResponse,
} from '../../../kafka/api/messages-consumer-group.ts';
import type { OffsetCommitRequest, OffsetFetchRequest } from '../../../kafka/api/messages-group.ts';
import type { ScenarioConsumer } from '../../../protocol/scenario.ts';
import type { World } from '../../kernel/world.ts';
import type { Message } from '../../net/message.ts';
import { registerApi, respond } from '../../net/network.ts';
import { type ClusterOptions, TestCluster } from '../../test-cluster.ts';
import type { GroupMembership } from '../group-membership.ts';
import type { AsyncConsumer } from './state.ts';

type ErrorName = Parameters<typeof errorCode>[0];

interface Seen<T> {
  readonly atMs: number;
  readonly body: T;
}

/** An answer in the making: an error, or an epoch with or without an assignment (indices of topic t). */
export interface Answer {
  readonly error?: ErrorName;
  readonly epoch?: number;
  readonly assign?: readonly number[];
  readonly intervalMs?: number;
}

export class ScriptedCoordinator {
  readonly cluster: TestCluster;
  readonly heartbeats: Seen<ConsumerGroupHeartbeatRequest>[] = [];
  readonly commits: Seen<OffsetCommitRequest>[] = [];
  readonly lookups: Seen<OffsetFetchRequest>[] = [];
  /** Used up from the front; then a heartbeat is answered with the epoch that it carries. */
  answers: Answer[] = [];
  /** Errors for commits and lookups, used up from the front; then 0. */
  commitErrors: ErrorName[] = [];
  lookupErrors: ErrorName[] = [];
  committed = new Map<number, number>();
  /** So many commits are not answered. */
  heldCommits = 0;
  /** Nothing is answered any more. */
  mute = false;
  /** Topic id that assignments name instead of t's own. */
  topicId: number | null = null;

  constructor(consumer: Partial<ScenarioConsumer> = {}, options: ClusterOptions = {}) {
    const config = {
      'group.id': 'g',
      'group.protocol': 'consumer',
      'auto.offset.reset': 'earliest',
      ...consumer.config,
    };
    const member: ScenarioConsumer = { id: 'a', joinMs: 500, subscribe: ['t'], ...consumer, config };
    if (member.subscribePattern !== undefined) delete (member as { subscribe?: unknown }).subscribe;
    this.cluster = new TestCluster({ partitions: 4, producer: {}, consumers: [member], ...options });
    registerApi('broker', 68, (w, _node, _connection, request) => this.#heartbeat(w, request));
    registerApi('broker', 8, (w, _node, _connection, request) => this.#commit(w, request));
    registerApi('broker', 9, (w, _node, _connection, request) => this.#lookup(w, request));
  }

  get member(): AsyncConsumer {
    return this.cluster.world.consumers[0] as AsyncConsumer;
  }
  get membership(): GroupMembership {
    return this.member.membership;
  }
  get nowMs(): number {
    return this.cluster.nowMs;
  }

  /** Runs until the member is in this state. */
  untilState(state: GroupMembership['state']): this {
    this.cluster.until(() => this.membership.state === state);
    return this;
  }

  /** Joined at epoch 1 with these partitions, and acknowledged. */
  joined(...assign: number[]): this {
    this.answers.push({ epoch: 1, assign });
    this.cluster.until(() => this.membership.state === 'stable' && this.membership.generation === 1).for(5);
    return this;
  }

  #heartbeat(w: World, request: Message): void {
    const body = request.body as ConsumerGroupHeartbeatRequest;
    this.heartbeats.push({ atMs: w.nowUs / 1000, body });
    if (this.mute) return;
    const answer = this.answers.shift() ?? {};
    const { assign, intervalMs = 5000 } = answer;
    const error = answer.error === undefined ? 0 : errorCode(answer.error);
    const topic = w.controller.image.topics.get('t');
    const topicPartitions =
      assign === undefined || assign.length === 0
        ? []
        : [{ topicId: this.topicId ?? topic?.topicId ?? -1, topic: 't', partitions: assign }];
    const response: ConsumerGroupHeartbeatResponse = {
      errorCode: error,
      errorMessage: error === 0 ? null : 'as the test says',
      memberId: body.memberId,
      memberEpoch: error === 0 ? (answer.epoch ?? body.memberEpoch) : 0,
      heartbeatIntervalMs: intervalMs,
      assignment: assign === undefined ? null : { topicPartitions },
      errors: [error],
    };
    respond(w, request, response, 60);
  }

  #commit(w: World, request: Message): void {
    const body = request.body as OffsetCommitRequest;
    this.commits.push({ atMs: w.nowUs / 1000, body });
    if (this.heldCommits > 0) {
      this.heldCommits -= 1;
      return;
    }
    if (this.mute) return;
    const name = this.commitErrors.shift();
    const code = name === undefined ? 0 : errorCode(name);
    if (code === 0) for (const p of body.partitions) this.committed.set(p.index, p.committedOffset);
    const partitions = body.partitions.map(({ topic, index, partition }) => ({
      topic,
      index,
      partition,
      errorCode: code,
    }));
    respond(w, request, { partitions, errors: [code] }, 60);
  }

  #lookup(w: World, request: Message): void {
    const body = request.body as OffsetFetchRequest;
    this.lookups.push({ atMs: w.nowUs / 1000, body });
    if (this.mute) return;
    const name = this.lookupErrors.shift();
    const code = name === undefined ? 0 : errorCode(name);
    const partitions = (body.partitions ?? []).map(({ topic, index, partition }) => ({
      topic,
      index,
      partition,
      committedOffset: this.committed.get(index) ?? -1,
      committedLeaderEpoch: -1,
      metadata: '',
      errorCode: 0,
    }));
    respond(w, request, { errorCode: code, partitions: code === 0 ? partitions : [], errors: [code] }, 60);
  }
}

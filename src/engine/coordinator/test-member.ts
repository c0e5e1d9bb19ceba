/** For tests: members that say what a test tells them to, each on a connection of its own, and the group they meet in. */

import { errorForCode } from '../../kafka/api/errors.ts';
import type {
  Assignment,
  FindCoordinatorResponse,
  HeartbeatResponse,
  JoinGroupResponse,
  LeaveGroupResponse,
  OffsetCommitResponse,
  OffsetFetchResponse,
  Subscription,
  SyncGroupResponse,
} from '../../kafka/api/messages-group.ts';
import { Channel } from '../net/connection-state.ts';
import { connectionTo, ready, sendRequest } from '../net/network.ts';
import { type ClusterOptions, TestCluster } from '../test-cluster.ts';
import type { ClassicGroup, CoordinatorShard } from './shard-state.ts';

const SETTINGS = {
  requestTimeoutUs: 600_000_000,
  setupTimeoutUs: 10_000_000,
  setupTimeoutMaxUs: 30_000_000,
  backoffUs: 50_000,
  backoffMaxUs: 1_000_000,
};

export const NAMES = ['m1', 'm2', 'm3', 'm4', 'm5'];

/** A cluster of three brokers whose offsets topic is there, with hosts for five members. */
export function groupCluster(options: ClusterOptions = {}): TestCluster {
  const config = { 'offsets.topic.num.partitions': '4', 'offsets.topic.replication.factor': '3', ...options.config };
  return new TestCluster({ ...options, config, producers: NAMES.map((id) => ({ id })) });
}

export function subscription(topics: readonly string[], more: Partial<Subscription> = {}): Subscription {
  return { version: 3, topics, userData: null, ownedPartitions: [], generationId: -1, rackId: null, ...more };
}

export function assignmentOf(...partitions: number[]): Assignment {
  return { version: 3, partitions: partitions.map((index) => ({ topic: 't', index })), userData: null };
}

/** A request under way; `body` when it has been answered. */
export interface Pending<T> {
  readonly body: T | null;
  readonly error: string;
}

export class Member {
  readonly cluster: TestCluster;
  readonly id: string;
  readonly groupId: string;
  memberId = '';
  generation = -1;
  instance: string | null = null;
  protocols: readonly string[] = ['range'];
  topics: readonly string[] = ['t'];
  sessionMs = 10_000;
  rebalanceMs = 30_000;
  broker = 1;

  constructor(cluster: TestCluster, id: string, groupId = 'g') {
    this.cluster = cluster;
    this.id = id;
    this.groupId = groupId;
  }

  /** Sends it now and goes on; look at `.body` later. */
  send<T>(apiKey: number, body: unknown, broker = this.broker): Pending<T> {
    const { cluster } = this;
    const w = cluster.world;
    const node = w.nodeById.get(this.id) as number;
    const server = w.nodeById.get(String(broker)) as number;
    const connection = connectionTo(w, node, server, Channel.Admin, SETTINGS);
    if (!ready(w, connection)) cluster.until(() => ready(w, connection));
    const correlationId = sendRequest(w, connection, apiKey, body, 100);
    const from = cluster.traffic.length;
    const find = (): { errorCode?: number; errors: readonly number[] } | null =>
      (cluster.traffic
        .slice(from)
        .find(
          ({ message: m }) =>
            !m.toServer && m.connection === connection && m.correlationId === correlationId && m.apiKey === apiKey,
        )?.message.body as { errors: readonly number[] }) ?? null;
    return {
      get body() {
        return find() as T | null;
      },
      get error() {
        const found = find();
        return found === null ? 'WAITS' : errorForCode(found.errorCode || found.errors[0] || 0).name;
      },
    };
  }

  /** Sends it and runs until it is answered. */
  ask<T>(apiKey: number, body: unknown, broker = this.broker): { body: T; error: string } {
    const pending = this.send<T>(apiKey, body, broker);
    this.cluster.until(() => pending.body !== null, 600_000);
    return { body: pending.body as T, error: pending.error };
  }

  /** Asks until somebody coordinates and has loaded. */
  find(): this {
    for (let tries = 0; tries < 50; tries++) {
      const { nodeId } = this.ask<FindCoordinatorResponse>(
        10,
        { key: this.groupId, keyType: 0 },
        this.cluster.nowMs > 0 ? this.alive() : 1,
      ).body;
      if (nodeId >= 0) {
        this.broker = nodeId;
        if (shardOf(this.cluster, this.groupId) !== null) return this;
      }
      this.cluster.for(100);
    }
    throw new Error('nobody coordinates');
  }

  alive(): number {
    const { world } = this.cluster;
    return world.nodes.find((n) => n.kind === 'broker' && n.process === 'up')?.nodeId ?? 1;
  }

  joinBody(memberId = this.memberId): object {
    return {
      groupId: this.groupId,
      sessionTimeoutMs: this.sessionMs,
      rebalanceTimeoutMs: this.rebalanceMs,
      memberId,
      groupInstanceId: this.instance,
      protocolType: 'consumer',
      protocols: this.protocols.map((name) => ({ name, metadata: subscription(this.topics) })),
      reason: 'test',
    };
  }

  /** Gets its id first, if it has none. */
  join(): Pending<JoinGroupResponse> {
    if (this.memberId === '' && this.instance === null)
      this.memberId = this.ask<JoinGroupResponse>(11, this.joinBody()).body.memberId;
    return this.send<JoinGroupResponse>(11, this.joinBody());
  }

  took(joined: Pending<JoinGroupResponse>): JoinGroupResponse {
    const body = joined.body as JoinGroupResponse;
    this.memberId = body.memberId;
    this.generation = body.generationId;
    return body;
  }

  sync(assignments: readonly [Member, Assignment][] = [], protocolName = 'range'): Pending<SyncGroupResponse> {
    return this.send<SyncGroupResponse>(14, {
      groupId: this.groupId,
      generationId: this.generation,
      memberId: this.memberId,
      groupInstanceId: this.instance,
      protocolType: 'consumer',
      protocolName,
      assignments: assignments.map(([m, assignment]) => ({ memberId: m.memberId, assignment })),
    });
  }

  heartbeat(): string {
    return this.ask<HeartbeatResponse>(12, {
      groupId: this.groupId,
      generationId: this.generation,
      memberId: this.memberId,
      groupInstanceId: this.instance,
    }).error;
  }

  leave(...others: Member[]): LeaveGroupResponse {
    const members = [this, ...others].map((m) => ({
      memberId: m.memberId,
      groupInstanceId: m.instance,
      reason: 'test',
    }));
    return this.ask<LeaveGroupResponse>(13, { groupId: this.groupId, members }).body;
  }

  commit(offset: number, partition = 0, more: object = {}): Pending<OffsetCommitResponse> {
    return this.send<OffsetCommitResponse>(8, {
      groupId: this.groupId,
      generationIdOrMemberEpoch: this.generation,
      memberId: this.memberId,
      groupInstanceId: this.instance,
      partitions: [
        {
          topic: 't',
          index: partition,
          partition,
          committedOffset: offset,
          committedLeaderEpoch: 0,
          committedMetadata: '',
        },
      ],
      ...more,
    });
  }

  /** -1: nothing is committed. */
  fetch(partition = 0, requireStable = true): { offset: number; error: string } {
    const { body, error } = this.ask<OffsetFetchResponse>(9, {
      groupId: this.groupId,
      memberId: '',
      memberEpoch: -1,
      requireStable,
      partitions: [{ topic: 't', index: partition, partition }],
    });
    return { offset: body.partitions[0]?.committedOffset ?? -2, error };
  }
}

export function shardOf(cluster: TestCluster, _groupId = 'g'): CoordinatorShard | null {
  const { coordinators } = cluster.world;
  const having = coordinators.find((s) => s?.state === 'active' && s.groups.some((g) => g.groupId === _groupId));
  return having ?? coordinators.find((s) => s?.state === 'active') ?? null;
}

export function groupOf(cluster: TestCluster, groupId = 'g'): ClassicGroup {
  for (const s of cluster.world.coordinators) for (const g of s?.groups ?? []) if (g.groupId === groupId) return g;
  throw new Error(`no group ${groupId}`);
}

/** Members that are together in a Stable group; the first leads, and each has the partition of its place. */
export function stableGroup(
  cluster: TestCluster,
  count: number,
  change: (m: Member, i: number) => void = () => {},
): Member[] {
  const members = NAMES.slice(0, count).map((id) => new Member(cluster, id));
  members.forEach(change);
  for (const m of members) m.find();
  const joins = members.map((m) => m.join());
  cluster.until(() => joins.every((j) => j.body !== null));
  for (const [i, m] of members.entries()) m.took(joins[i] as Pending<JoinGroupResponse>);
  syncAll(cluster, members);
  return members;
}

/** Everybody syncs; whoever leads assigns. */
export function syncAll(cluster: TestCluster, members: readonly Member[]): void {
  const { leader, protocolName } = groupOf(cluster);
  const all = members.map((m, i): [Member, Assignment] => [m, assignmentOf(i)]);
  const syncs = members.map((m) => m.sync(m.memberId === leader ? all : [], protocolName ?? 'range'));
  cluster.until(() => syncs.every((s) => s.body !== null));
}

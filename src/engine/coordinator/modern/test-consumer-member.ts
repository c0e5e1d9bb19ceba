/** For tests: members of the new protocol that say what a test tells them to, each on a connection of its own. */
import type {
  ConsumerGroupHeartbeatRequest,
  ConsumerGroupHeartbeatResponse,
  TopicPartitions,
} from '../../../kafka/api/messages-consumer-group.ts';
import type { TestCluster } from '../../test-cluster.ts';
import { Member, type Pending } from '../test-member.ts';
import type { ConsumerGroup } from './consumer-group.ts';

export const CONSUMER_GROUP_HEARTBEAT = 68;

export function consumerGroupOf(cluster: TestCluster, groupId = 'g'): ConsumerGroup {
  const { coordinators } = cluster.world;
  for (const s of coordinators) for (const g of s?.consumerGroups ?? []) if (g.groupId === groupId) return g;
  throw new Error(`no consumer group ${groupId}`);
}

export class ConsumerMember extends Member {
  regex: string | null = null;
  assignor: string | null = null;
  /** What it has been assigned: it takes up and gives up at once, unless a test sets `owned` itself. */
  owned: readonly TopicPartitions[] = [];
  assigned: readonly TopicPartitions[] = [];
  heartbeatIntervalMs = 0;

  constructor(cluster: TestCluster, id: string, groupId = 'g') {
    super(cluster, id, groupId);
    this.memberId = `${id}-member`;
    this.generation = 0;
  }

  request(more: Partial<ConsumerGroupHeartbeatRequest> = {}): ConsumerGroupHeartbeatRequest {
    const joins = (more.memberEpoch ?? this.generation) === 0;
    return {
      groupId: this.groupId,
      memberId: this.memberId,
      memberEpoch: this.generation,
      instanceId: this.instance,
      rackId: null,
      rebalanceTimeoutMs: joins ? this.rebalanceMs : -1,
      subscribedTopicNames: joins && this.regex === null ? this.topics : null,
      subscribedTopicRegex: joins ? this.regex : null,
      serverAssignor: joins ? this.assignor : null,
      topicPartitions: joins ? [] : this.owned,
      ...more,
    };
  }

  sendBeat(more: Partial<ConsumerGroupHeartbeatRequest> = {}): Pending<ConsumerGroupHeartbeatResponse> {
    return this.send(CONSUMER_GROUP_HEARTBEAT, this.request(more));
  }

  /** One heartbeat, answered; what it says is taken up. The error's name, or 'NONE'. */
  beat(more: Partial<ConsumerGroupHeartbeatRequest> = {}): string {
    const pending = this.sendBeat(more);
    this.cluster.until(() => pending.body !== null, 600_000);
    return this.take(pending);
  }

  take(pending: Pending<ConsumerGroupHeartbeatResponse>): string {
    const body = pending.body as ConsumerGroupHeartbeatResponse;
    if (body.errorCode !== 0) return pending.error;
    this.generation = body.memberEpoch;
    this.heartbeatIntervalMs = body.heartbeatIntervalMs;
    if (body.assignment !== null) {
      this.assigned = body.assignment.topicPartitions;
      this.owned = this.assigned;
    }
    return 'NONE';
  }

  /** "t: 0 1, u: 0" of what it has been assigned. */
  get text(): string {
    return [...this.assigned]
      .sort((a, b) => (a.topic < b.topic ? -1 : 1))
      .map(({ topic, partitions }) => `${topic}: ${partitions.join(' ')}`)
      .join(', ');
  }
}

/** Heartbeats of all, one after the other with a pause, until the group is Stable and everybody knows it. */
export function settle(cluster: TestCluster, members: readonly ConsumerMember[], pauseMs = 1000): void {
  for (let round = 0; round < 20; round++) {
    for (const m of members) m.beat();
    const g = consumerGroupOf(cluster, members[0]?.groupId);
    if (g.state === 'Stable' && members.every((m) => m.generation === g.groupEpoch)) return;
    cluster.for(pauseMs);
  }
  throw new Error('the group does not settle');
}

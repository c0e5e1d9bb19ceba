/** What heartbeats of the coordinator's own protocols mean (KIP-848 ConsumerGroupHeartbeat, KIP-932 ShareGroupHeartbeat). */
import type {
  ConsumerGroupHeartbeatRequest,
  ConsumerGroupHeartbeatResponse,
  TopicPartitions,
} from '../../../kafka/api/messages-consumer-group.ts';
import type { ShareAssignedTopic, ShareGroupHeartbeatResponse } from '../../../kafka/api/messages-share.ts';
import type { NodeState } from '../../kernel/world.ts';
import { heldBy } from './members-now.ts';
import { type Context, type Said, saying } from './saying.ts';

type HeartbeatResponse = ConsumerGroupHeartbeatResponse | ShareGroupHeartbeatResponse;

const listOf = (topics: readonly (TopicPartitions | ShareAssignedTopic)[]): string[] =>
  topics.flatMap(({ topic, partitions }) => partitions.map((index) => `${topic}-${index}`));

/** Errors that have a sentence of their own. */
const KNOWN_ERRORS = ['FENCED_MEMBER_EPOCH', 'UNKNOWN_MEMBER_ID', 'UNRELEASED_INSTANCE_ID'];

export function sayConsumerHeartbeat(kind: 'consumer' | 'share') {
  const own = (c: Context, key: string, params = {}, matters = true): Said =>
    saying(c, `${kind}-${key}`, params, matters);
  const ask = (c: Context): Said => {
    const body = c.message.body as Partial<ConsumerGroupHeartbeatRequest> & { readonly memberEpoch: number };
    const epoch = body.memberEpoch;
    if (epoch === 0) return own(c, 'join', { group: body.groupId ?? '' });
    if (epoch === -1) return own(c, 'leave');
    if (epoch === -2) return own(c, 'leave-static');
    const { topicPartitions, subscribedTopicNames } = body;
    if (topicPartitions !== null && topicPartitions !== undefined) {
      const owned = listOf(topicPartitions);
      return own(c, 'owns', { epoch, count: owned.length, partitions: owned.join(', ') });
    }
    if (subscribedTopicNames !== null && subscribedTopicNames !== undefined)
      return own(c, 'subscribes', { epoch, topics: subscribedTopicNames.join(', ') });
    return own(c, 'beat', { epoch }, false);
  };
  const answer = (c: Context, error: string | null): Said => {
    if (error !== null) return own(c, KNOWN_ERRORS.includes(error) ? `error-${error}` : 'error', { error });
    const { memberEpoch: epoch, assignment } = c.message.body as HeartbeatResponse;
    const before = (c.request as ConsumerGroupHeartbeatRequest | null)?.memberEpoch ?? epoch;
    if (epoch < 0) return own(c, 'left');
    if (assignment !== null && assignment !== undefined) {
      const all = listOf('topicPartitions' in assignment ? assignment.topicPartitions : assignment);
      const owned = heldBy(c.w, (c.w.nodes[c.consumer.node] as NodeState).ref);
      const gone = owned.filter((name) => !all.includes(name));
      const params = { epoch, count: all.length, partitions: all.join(', '), gone: gone.join(', ') };
      return own(c, gone.length > 0 ? 'gives-up' : all.length === 0 ? 'nothing' : 'assigned', params);
    }
    if (epoch !== before) return own(c, 'epoch', { epoch });
    return own(c, 'ok', { epoch }, false);
  };
  return { ask, answer };
}

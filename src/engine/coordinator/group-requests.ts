/** The way of a group request into its coordinator (Kafka: GroupCoordinatorService): checks that need no group, then the group's shard. */
import { errorCode } from '../../kafka/api/errors-core.ts';
import type { NodeState, World } from '../kernel/world.ts';
import type { Message } from '../net/message.ts';
import { registerApi } from '../net/network.ts';
import { lateModern } from '../slots.ts';
import { errorAnswer } from './answers.ts';
import { activeShard, shardAt } from './shards.ts';
import { answer, inTurn } from './turns.ts';

const INVALID_GROUP_ID = errorCode('INVALID_GROUP_ID');

export function registerGroupApi(
  apiKey: number,
  handle: (w: World, index: number, request: Message) => void,
  refuse: (w: World, broker: number, request: Message) => number = () => 0,
): void {
  registerApi('broker', apiKey, (w, node, _connection, request) => {
    const broker = (w.nodes[node] as NodeState).nodeId;
    const { groupId } = request.body as { readonly groupId: string };
    inTurn(w, () => {
      // Offsets may be stored under the empty id, for clients of the past; members need one.
      const error = groupId === '' && apiKey >= 11 && apiKey <= 14 ? INVALID_GROUP_ID : refuse(w, broker, request);
      const shard = error !== 0 ? { error } : activeShard(w, broker, groupId);
      if ('error' in shard) answer(w, request, errorAnswer(request, shard.error), 60);
      else if (shardAt(w, shard.index).consumerGroups.length === 0) handle(w, shard.index, request);
      else if (!lateModern.servedByConsumerGroup(w, shard.index, request)) handle(w, shard.index, request);
    });
  });
}

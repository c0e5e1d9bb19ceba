/**
 * FindCoordinator (Kafka: KafkaApis.getCoordinator): the leader of the group's partition of __consumer_offsets, as this broker knows it
 * (rule 60). The topic is made when somebody first asks; until it is there nobody coordinates.
 */
import { errorCode } from '../../../kafka/api/errors-core.ts';
import type { FindCoordinatorRequest, FindCoordinatorResponse } from '../../../kafka/api/messages-group.ts';
import { coordinatorConfig } from '../../coordinator/coordinator-config.ts';
import { OFFSETS_TOPIC, offsetsPartitionFor } from '../../coordinator/shards.ts';
import type { NodeState, World } from '../../kernel/world.ts';
import { registerApi, respond } from '../../net/network.ts';
import { requestOffsetsTopic } from '../auto-topic-creation.ts';
import { brokerState } from '../replicas.ts';

const COORDINATOR_NOT_AVAILABLE = errorCode('COORDINATOR_NOT_AVAILABLE');
const INVALID_REQUEST = errorCode('INVALID_REQUEST');

function coordinatorOf(w: World, broker: number, key: string): number {
  const { image, entries } = brokerState(w, broker);
  if (!image.topics.has(OFFSETS_TOPIC)) {
    requestOffsetsTopic(w, broker, OFFSETS_TOPIC, coordinatorConfig(entries).segmentBytes);
    return -1;
  }
  const leader = image.partitions[offsetsPartitionFor(w, broker, key)]?.leader ?? -1;
  const registration = image.brokers[leader] ?? null;
  return registration === null || registration.fenced ? -1 : leader;
}

/** By key type, coordinators of other things than groups; filled where a part brings them. */
export const otherCoordinators: ((w: World, broker: number, key: string) => number)[] = [];

registerApi('broker', 10, (w, node, _connection, request) => {
  const broker = (w.nodes[node] as NodeState).nodeId;
  const { key, keyType } = request.body as FindCoordinatorRequest;
  const lookup = keyType === 0 ? coordinatorOf : otherCoordinators[keyType];
  const nodeId = lookup?.(w, broker, key) ?? -1;
  const error = nodeId >= 0 ? 0 : lookup !== undefined ? COORDINATOR_NOT_AVAILABLE : INVALID_REQUEST;
  const body: FindCoordinatorResponse = { key, nodeId, errorCode: error, errors: error === 0 ? [] : [error] };
  respond(w, request, body, 60);
});

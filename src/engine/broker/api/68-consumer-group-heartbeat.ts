/** ConsumerGroupHeartbeat (KIP-848; Kafka: GroupCoordinatorService.consumerGroupHeartbeat): joining, living and leaving in one request. */
import { errorCode } from '../../../kafka/api/errors.ts';
import type { ConsumerGroupHeartbeatRequest } from '../../../kafka/api/messages-consumer-group.ts';
import { registerGroupApi } from '../../coordinator/group-requests.ts';
import { consumerGroupHeartbeat } from '../../coordinator/modern/heartbeat.ts';

const INVALID_REQUEST = errorCode('INVALID_REQUEST');

registerGroupApi(68, consumerGroupHeartbeat, (_w, _broker, request) => {
  const { groupId } = request.body as ConsumerGroupHeartbeatRequest;
  return groupId.trim() === '' ? INVALID_REQUEST : 0;
});

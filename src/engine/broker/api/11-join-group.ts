/** JoinGroup (Kafka: GroupCoordinatorService.joinGroup). A request that waits holds its connection: no other of it is read meanwhile. */
import { errorCode } from '../../../kafka/api/errors-core.ts';
import type { JoinGroupRequest } from '../../../kafka/api/messages-group.ts';
import { coordinatorConfig } from '../../coordinator/coordinator-config.ts';
import { joinGroup } from '../../coordinator/group-join.ts';
import { registerGroupApi } from '../../coordinator/group-requests.ts';
import { brokerState } from '../replicas.ts';

const INVALID_SESSION_TIMEOUT = errorCode('INVALID_SESSION_TIMEOUT');

registerGroupApi(11, joinGroup, (w, broker, request) => {
  const { sessionTimeoutMs } = request.body as JoinGroupRequest;
  const { minSessionTimeoutMs, maxSessionTimeoutMs } = coordinatorConfig(brokerState(w, broker).entries);
  return sessionTimeoutMs < minSessionTimeoutMs || sessionTimeoutMs > maxSessionTimeoutMs ? INVALID_SESSION_TIMEOUT : 0;
});

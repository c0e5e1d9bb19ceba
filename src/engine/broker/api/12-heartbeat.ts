/** Heartbeat (Kafka: GroupCoordinatorService.heartbeat). */
import { registerGroupApi } from '../../coordinator/group-requests.ts';
import { heartbeat } from '../../coordinator/group-sync.ts';

registerGroupApi(12, heartbeat);

/** LeaveGroup (Kafka: GroupCoordinatorService.leaveGroup). */
import { registerGroupApi } from '../../coordinator/group-requests.ts';
import { leaveGroup } from '../../coordinator/group-sync.ts';

registerGroupApi(13, leaveGroup);

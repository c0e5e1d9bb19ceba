/** LeaveGroup (Kafka: GroupCoordinatorService.leaveGroup). */
import { registerGroupApi } from '../../coordinator/group-requests.ts';
import { leaveGroup } from '../../coordinator/group-leave.ts';

registerGroupApi(13, leaveGroup);

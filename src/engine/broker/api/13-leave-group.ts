/** LeaveGroup (Kafka: GroupCoordinatorService.leaveGroup). */

import { leaveGroup } from '../../coordinator/group-leave.ts';
import { registerGroupApi } from '../../coordinator/group-requests.ts';

registerGroupApi(13, leaveGroup);

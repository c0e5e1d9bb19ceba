/** SyncGroup (Kafka: GroupCoordinatorService.syncGroup). A follower's waits until its leader's assignment is stored. */
import { registerGroupApi } from '../../coordinator/group-requests.ts';
import { syncGroup } from '../../coordinator/group-sync.ts';

registerGroupApi(14, syncGroup);

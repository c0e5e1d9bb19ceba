/** OffsetFetch (Kafka: GroupCoordinatorService.fetchOffsets). */
import { registerGroupApi } from '../../coordinator/group-requests.ts';
import { fetchOffsets } from '../../coordinator/offset-metadata-manager.ts';

registerGroupApi(9, fetchOffsets);

/** OffsetCommit (Kafka: GroupCoordinatorService.commitOffsets). Answered when the high watermark has passed its records. */
import { registerGroupApi } from '../../coordinator/group-requests.ts';
import { commitOffsets } from '../../coordinator/offset-metadata-manager.ts';

registerGroupApi(8, commitOffsets);

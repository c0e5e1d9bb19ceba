/** One operation on a consumer group: what it works on, and the records that it comes to. */

import { brokerState } from '../../broker/replicas.ts';
import type { MetadataImage } from '../../controller/metadata-image.ts';
import type { World } from '../../kernel/world.ts';
import type { CoordinatorShard } from '../shard-state.ts';
import { ownShard } from '../shards.ts';
import { type ConsumerGroupConfig, configOfGroup } from './config.ts';
import type { GroupRecord } from './write.ts';

export interface Operation {
  readonly w: World;
  readonly index: number;
  readonly shard: CoordinatorShard;
  readonly groupId: string;
  readonly image: MetadataImage;
  readonly config: ConsumerGroupConfig;
  readonly records: GroupRecord[];
  /** What is done once the records stand in the log, in this order. */
  readonly after: (() => void)[];
}

/** Takes note of topics that are new to this shard (GroupMetadataManager.onMetadataUpdate: lastMetadataImageWithNewTopics). */
function noteNewTopics(shard: CoordinatorShard, image: MetadataImage): void {
  let newest = -1;
  for (const { topicId } of image.topics.values()) if (topicId > newest) newest = topicId;
  if (newest <= shard.newestTopicId && shard.newTopicsAt >= 0) return;
  shard.newestTopicId = newest;
  shard.newTopicsAt = image.offset;
}

export function operation(w: World, index: number, groupId: string): Operation {
  const shard = ownShard(w, index);
  const { image } = brokerState(w, shard.broker);
  noteNewTopics(shard, image);
  return { w, index, shard, groupId, image, config: configOfGroup(w, index, groupId), records: [], after: [] };
}

/** Rule 69 for consumer groups: offsets of topics that no member asks for expire by their own age; then a group without members goes. */
import { encodeConsumerGroupValue } from '../../../kafka/records/consumer-group-records.ts';
import { expireOffsets, otherGroups } from '../group-cleanup.ts';
import type { CoordinatorRecord } from '../runtime.ts';
import { configOfShard, ownShard } from '../shards.ts';
import type { ConsumerGroup } from './consumer-group.ts';
import { groupTombstones } from './records.ts';

otherGroups.cleanup = (w, index, records) => {
  const shard = ownShard(w, index);
  const { offsetsRetentionMs } = configOfShard(w, shard);
  const gone: ConsumerGroup[] = [];
  for (const g of shard.consumerGroups) {
    const subscribed = (topic: string): boolean => g.subscribedTopics.has(topic);
    if (!expireOffsets(w, g, offsetsRetentionMs, (o) => o.commitTimestampMs, subscribed, records)) continue;
    if (g.members.size > 0) continue;
    gone.push(g);
    for (const record of groupTombstones(g)) records.push(tombstone(record));
  }
  shard.consumerGroups = shard.consumerGroups.filter((g) => !gone.includes(g));
};

function tombstone(record: ReturnType<typeof groupTombstones>[number]): CoordinatorRecord {
  return { key: record.key, value: encodeConsumerGroupValue(record) };
}

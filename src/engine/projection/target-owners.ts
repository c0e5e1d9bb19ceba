/** Who waits for which partition: the target of a consumer group (KIP-848), as long as its members have not come to it. */
import { topicUuid } from '../../kafka/hash/uuid.ts';
import type { World } from '../kernel/world.ts';
import { nextOwners } from './group-hooks.ts';
import type { GroupSeen } from './groups-read.ts';

/** By partition name; null: nobody waits. */
function targetOwners(w: World, { modern }: GroupSeen): Map<string, string> | null {
  if (modern === null || modern.state === 'Stable' || modern.state === 'Empty') return null;
  const names = new Map([...w.controller.image.topics.values()].map((t) => [topicUuid(t.topicId), t.name]));
  const owners = new Map<string, string>();
  for (const [memberId, topics] of modern.targetAssignment)
    for (const [topic, partitions] of topics)
      for (const p of partitions) owners.set(`${names.get(topic)}-${p}`, modern.members.get(memberId)?.clientId ?? '');
  return owners;
}

nextOwners.of = targetOwners;

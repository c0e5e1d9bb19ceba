/**
 * What the coordinator of a group of the new protocol keeps in order (KIP-848): no member is ahead of the target assignment, which is not
 * ahead of the group; no member's epoch goes back under one coordinator; and a partition that one member holds, or has still
 * to give up, is no other's (rule 71).
 */
import type { ConsumerGroup } from '../coordinator/modern/consumer-group.ts';
import { shardAt } from '../coordinator/shards.ts';
import type { World } from '../kernel/world.ts';
import type { Seen } from './seen.ts';

export function groupEpochs(w: World, seen: Seen): string | null {
  for (let index = 0; index < w.coordinators.length; index++) {
    if (w.coordinators[index] == null) continue;
    const shard = shardAt(w, index);
    if (shard.state !== 'active') continue;
    for (const group of shard.consumerGroups) {
      const wrong = epochsInOrder(group) ?? heldOnce(group) ?? epochsForward(group, `${index}\n${shard.epoch}`, seen);
      if (wrong !== null) return `group ${group.groupId}: ${wrong}`;
    }
  }
  return null;
}

function epochsInOrder(group: ConsumerGroup): string | null {
  if (group.assignmentEpoch > group.groupEpoch)
    return `its target is of epoch ${group.assignmentEpoch}, the group in ${group.groupEpoch}`;
  for (const { memberId, memberEpoch } of group.members.values())
    if (memberEpoch > group.assignmentEpoch)
      return `member ${memberId} is in epoch ${memberEpoch}, the target of ${group.assignmentEpoch}`;
  return null;
}

function heldOnce(group: ConsumerGroup): string | null {
  const holders = new Map<string, string>();
  for (const { memberId, assignedPartitions, partitionsPendingRevocation } of group.members.values()) {
    for (const held of [assignedPartitions, partitionsPendingRevocation]) {
      for (const [topicId, partitions] of held) {
        for (const partition of partitions.keys()) {
          const key = `${topicId}:${partition}`;
          const other = holders.get(key);
          if (other !== undefined) return `${other} and ${memberId} hold partition ${partition} of topic ${topicId}`;
          holders.set(key, memberId);
        }
      }
    }
  }
  return null;
}

function epochsForward(group: ConsumerGroup, coordinator: string, seen: Seen): string | null {
  for (const { memberId, memberEpoch } of group.members.values()) {
    // A static member that is away has epoch -2.
    if (memberEpoch < 0) continue;
    const key = `${coordinator}\n${group.groupId}\n${memberId}`;
    const highest = seen.memberEpochs.get(key) ?? -1;
    if (memberEpoch < highest) return `member ${memberId} was in epoch ${highest} and is in ${memberEpoch} now`;
    if (memberEpoch > highest) seen.memberEpochs.set(key, memberEpoch);
  }
  return null;
}

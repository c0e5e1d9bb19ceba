/** What a broker tells its share partitions, share coordinators and share groups, beside its group coordinator. */
import { coordinatorHooks, registerCoordinatorHooks } from '../broker/coordinator-hooks.ts';
import type { MetadataImage } from '../controller/metadata-image.ts';
import { forgetTopics } from '../coordinator/share/initialize.ts';
import { shareGroupIn, shareGroupState } from '../coordinator/share/share-groups.ts';
import { inTurn } from '../coordinator/turns.ts';
import type { PartitionName, World } from '../kernel/world.ts';
import { forgetStates, stateCommitted, stateLeadershipChanged } from './coordinator/service.ts';
import { logGrew } from './fetch.ts';
import { SHARE_STATE_TOPIC } from './keys.ts';
import { dataLeadershipChanged } from './manager.ts';
import { shareBroker } from './tables.ts';

const groups = { ...coordinatorHooks };

function isStateTopic(w: World, partition: number): boolean {
  return (w.partitions[partition] as PartitionName).topic === SHARE_STATE_TOPIC;
}

function deletedTopics(before: MetadataImage, after: MetadataImage): Set<number> {
  const deleted = new Set<number>();
  for (const topic of before.topics.values())
    if (after.topics.get(topic.name)?.topicId !== topic.topicId) deleted.add(topic.topicId);
  return deleted;
}

registerCoordinatorHooks({
  leadershipChanged(w, broker, partition) {
    groups.leadershipChanged(w, broker, partition);
    if (isStateTopic(w, partition)) stateLeadershipChanged(w, broker, partition);
    else if (shareBroker(w, broker) !== null) inTurn(w, () => dataLeadershipChanged(w, broker, partition));
  },
  highWatermarkMoved(w, broker, partition) {
    groups.highWatermarkMoved(w, broker, partition);
    if (isStateTopic(w, partition)) stateCommitted(w, broker, partition);
    else if ((shareBroker(w, broker)?.pending.length ?? 0) > 0) inTurn(w, () => logGrew(w, broker, partition));
  },
  processEnded(w, broker) {
    groups.processEnded(w, broker);
    if (broker < w.share[0].length) w.share[0][broker] = null;
    for (let i = 0; i < w.share[1].length; i++) if (w.share[1][i]?.broker === broker) w.share[1][i] = null;
    for (let i = 0; i < w.share[2].length; i++) if (w.share[2][i]?.broker === broker) w.share[2][i] = null;
  },
  metadataChanged(w, broker, before, after) {
    groups.metadataChanged(w, broker, before, after);
    if (before.topics === after.topics || shareBroker(w, broker) === null) return;
    const deleted = deletedTopics(before, after);
    if (deleted.size === 0) return;
    inTurn(w, () => {
      w.coordinators.forEach((c, index) => {
        if (c?.broker === broker && c.state === 'active' && index < w.share[3].length) forgetTopics(w, index, deleted);
      });
      forgetStates(w, broker, deleted);
    });
  },
  groupState(w, groupId) {
    const known = groups.groupState(w, groupId);
    if (known !== null) return known;
    for (let index = 0; index < w.share[3].length; index++) {
      const g = w.coordinators[index]?.state === 'active' ? shareGroupIn(w, index, groupId) : null;
      if (g !== null) return { state: shareGroupState(g), members: g.members.length };
    }
    return null;
  },
});

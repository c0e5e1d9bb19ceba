/** A coordinator has read its log: its consumer groups go on from there (GroupMetadataManager.onLoaded). */
import type { PartitionName, World } from '../../kernel/world.ts';
import { observeCommitted } from '../observed.ts';
import { ownShard } from '../shards.ts';
import { configOfGroup } from './config.ts';
import { preferredServerAssignor } from './consumer-group.ts';
import { stateOf } from './counts.ts';
import { startRebalanceTimer, touchSession } from './timers.ts';
import { sayLoaded } from './words.ts';

export function finishLoadingModern(w: World, index: number): void {
  const shard = ownShard(w, index);
  const { name } = w.partitions[shard.partition] as PartitionName;
  for (const g of shard.consumerGroups) {
    const config = configOfGroup(w, index, g.groupId);
    g.state = stateOf(g);
    g.stableEpoch = g.state === 'Stable' ? g.groupEpoch : 0;
    g.rebalanceSinceUs = g.state === 'Stable' || g.state === 'Empty' ? -1 : w.nowUs;
    g.assignor = preferredServerAssignor(g.serverAssignors) ?? config.assignors[0] ?? null;
    for (const o of g.offsets.values()) observeCommitted(w, g, o.topic, o.index, o.offset);
    sayLoaded(w, shard.broker, name, g);
    for (const m of g.members.values()) {
      touchSession(w, index, g, m.memberId, config.sessionTimeoutMs);
      if (m.state === 'UNREVOKED_PARTITIONS')
        startRebalanceTimer(w, index, g, m.memberId, m.memberEpoch, m.rebalanceTimeoutMs);
    }
  }
}

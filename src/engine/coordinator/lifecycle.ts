/**
 * A coordinator comes and goes with the leadership of its partition (Kafka: CoordinatorRuntime, CoordinatorLoaderImpl): elected, it reads
 * the whole log before it answers; resigned, it tells those who wait; with its process it is gone.
 */
import { vectorGet, vectorLength } from '../../base/vector.ts';
import { errorCode } from '../../kafka/api/errors-core.ts';
import { groupCoordinatorPartition } from '../../kafka/hash/java-string-hash.ts';
import { bytesOf } from '../../kafka/records/bytes.ts';
import { registerCoordinatorHooks } from '../broker/coordinator-hooks.ts';
import { replicaOf } from '../broker/replicas.ts';
import type { PartitionName, World } from '../kernel/world.ts';
import { lateGroupCleanup, lateModern, lateReplay } from '../slots.ts';
import { joinError, syncError } from './answers.ts';
import { observeCommitted } from './observed.ts';
import { prepareRebalance, touchSession } from './rebalance.ts';
import { failWrites, onCommitted } from './runtime.ts';
import {
  addShard,
  anyGroupIn,
  armTimer,
  configOfShard,
  OFFSETS_TOPIC,
  ownShard,
  shardAt,
  shardIndex,
} from './shards.ts';
import { answer, inTurn } from './turns.ts';
import { sayLoaded } from './words.ts';

const NOT_COORDINATOR = errorCode('NOT_COORDINATOR');
/** What reading a partition takes: little, as a coordinator's log is mostly in the page cache; a record costs a microsecond. */
const LOAD_US = 1_000;

registerCoordinatorHooks({
  leadershipChanged(w, broker, partition) {
    if ((w.partitions[partition] as PartitionName).topic !== OFFSETS_TOPIC) return;
    const r = replicaOf(w, broker, partition);
    if (r?.role === 'leader') elected(w, broker, partition, r.leaderEpoch, vectorLength(r.batches));
    else resigned(w, broker, partition);
  },
  highWatermarkMoved(w, broker, partition) {
    const index = shardIndex(w, broker, partition);
    if (index >= 0 && shardAt(w, index).state === 'active') inTurn(w, () => onCommitted(w, index));
  },
  metadataChanged(w, broker, before, after) {
    if (before.topics === after.topics) return;
    const deleted = [...before.topics.values()].filter((t) => after.topics.get(t.name)?.topicId !== t.topicId);
    if (deleted.length > 0) lateGroupCleanup.onTopicsDeleted(w, broker, deleted);
  },
  groupState(w, groupId) {
    const partition = w.partitionByName.get(
      `${OFFSETS_TOPIC}-${groupCoordinatorPartition(groupId, partitionCount(w))}`,
    );
    const leader = partition === undefined ? -1 : (w.controller.image.partitions[partition]?.leader ?? -1);
    const index = partition === undefined || leader < 0 ? -1 : shardIndex(w, leader, partition);
    const shard = index < 0 ? null : shardAt(w, index);
    const g = shard?.state === 'active' ? anyGroupIn(shard, groupId) : null;
    if (g === null) return null;
    return { state: g.state, members: 'generation' in g ? g.members.length : g.members.size };
  },
  processEnded(w, broker) {
    for (let i = 0; i < w.coordinators.length; i++) if (w.coordinators[i]?.broker === broker) w.coordinators[i] = null;
  },
});

function partitionCount(w: World): number {
  return w.controller.image.topics.get(OFFSETS_TOPIC)?.partitions.length ?? 1;
}

function elected(w: World, broker: number, partition: number, epoch: number, batches: number): void {
  const known = shardIndex(w, broker, partition);
  if (known >= 0) {
    // Elected again while it was: it goes on under the new epoch.
    ownShard(w, known).epoch = epoch;
    return;
  }
  const index = addShard(w, broker, partition, epoch);
  const endsUs = w.nowUs + LOAD_US + batches;
  ownShard(w, index).loadEndsUs = endsUs;
  armTimer(w, index, endsUs);
}

function resigned(w: World, broker: number, partition: number): void {
  const index = shardIndex(w, broker, partition);
  if (index < 0) return;
  inTurn(w, () => {
    failWrites(w, index, NOT_COORDINATOR);
    for (const g of shardAt(w, index).groups) {
      for (const m of g.members) {
        if (m.awaitingJoin !== null) answer(w, m.awaitingJoin, joinError(NOT_COORDINATOR, m.memberId), 60);
        if (m.awaitingSync !== null) answer(w, m.awaitingSync, syncError(NOT_COORDINATOR), 60);
      }
    }
    w.coordinators[index] = null;
  });
}

/** Reads the log from its start to its end and goes to work. */
export function finishLoading(w: World, index: number): void {
  const shard = ownShard(w, index);
  shard.loadEndsUs = 0;
  const r = replicaOf(w, shard.broker, shard.partition);
  if (r === null || r.role !== 'leader') return;
  for (let i = 0; i < vectorLength(r.batches); i++) {
    const { batch, baseOffset } = vectorGet(r.batches, i);
    if (batch.isControl) continue;
    batch.records.forEach(({ key, value, offsetDelta }, at) => {
      const offset = baseOffset + (offsetDelta ?? at);
      if (offset >= r.logStart) lateReplay.replay(w, shard, offset, bytesOf(key), bytesOf(value));
    });
  }
  shard.state = 'active';
  shard.sinceUs = w.nowUs;
  shard.lastWrittenOffset = r.leo;
  shard.committedOffset = r.highWatermark;
  const { name } = w.partitions[shard.partition] as PartitionName;
  const { maxSize, offsetsRetentionCheckIntervalMs } = configOfShard(w, shard);
  shard.expirationUs = w.nowUs + offsetsRetentionCheckIntervalMs * 1000;
  armTimer(w, index, shard.expirationUs);
  for (const g of shard.groups) {
    for (const o of g.offsets.values()) observeCommitted(w, g, o.topic, o.index, o.offset);
    sayLoaded(w, shard.broker, name, g);
    for (const m of g.members) touchSession(w, index, m, m.sessionTimeoutMs);
    if (g.members.length > maxSize) prepareRebalance(w, index, g, { why: 'too-many', member: String(maxSize) });
  }
  if (shard.consumerGroups.length > 0) lateModern.finishLoadingModern(w, index);
  w.whenDirty = true;
}

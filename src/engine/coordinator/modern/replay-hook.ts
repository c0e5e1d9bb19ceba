/** Replaying a consumer group's record: filled by replay.ts of this folder, which comes only with groups (replay of the other kinds comes earlier). */
import type { ConsumerGroupRecord } from '../../../kafka/records/consumer-group-records.ts';
import type { World } from '../../kernel/world.ts';
import type { CoordinatorShard } from '../shard-state.ts';

export const replayHook: {
  replay(w: World, shard: CoordinatorShard, offset: number, record: ConsumerGroupRecord): void;
} = { replay() {} };

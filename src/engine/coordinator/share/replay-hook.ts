/** Replaying a share group's record: filled by replay.ts of this folder, which comes only with share groups. */
import type { World } from '../../kernel/world.ts';
import type { CoordinatorShard } from '../shard-state.ts';

export const shareReplayHook: {
  replay(w: World, shard: CoordinatorShard, key: Uint8Array, value: Uint8Array | null): void;
} = { replay() {} };

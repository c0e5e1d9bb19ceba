/** How share groups are seen. Filled by share-groups.ts, a part that comes with share consumers. */
import type { Detail, Frame } from '../../protocol/frame.ts';
import type { ResultGroup } from '../../protocol/result.ts';
import type { ShareGroupDetail } from '../../protocol/share-detail.ts';
import type { World } from '../kernel/world.ts';

export interface ShareProjection {
  /** Ids of share groups, in order of first appearance in the scenario. */
  ids(w: World): readonly string[];
  result(w: World, groupId: string): ResultGroup;
  rows(w: World, groupId: string): Detail['state'];
  detail(w: World, groupId: string): ShareGroupDetail;
  /** Records that share groups could have and do not have yet. */
  behind(w: World): number;
  isBehind(w: World): (partition: number, offset: number) => boolean;
  /** `ended`: nothing is sent any more. */
  waiting(w: World, ended: boolean): Frame['waiting'] | null;
}

export const shareProjection: ShareProjection = {
  ids: () => [],
  result: () => {
    throw new Error('share groups are not loaded');
  },
  rows: () => [],
  detail: () => ({ deliveryCountLimit: 0, recordLockUs: 0, maxRecordLocks: 0, partitions: [] }),
  behind: () => 0,
  isBehind: () => () => false,
  waiting: () => null,
};

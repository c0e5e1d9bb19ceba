/** The checkers of the replication rules, by name; one file each beside this one. */
import type { InvariantReport } from '../../protocol/frame.ts';
import type { World } from '../kernel/world.ts';

export function checkInvariants(_w: World): InvariantReport['checked'] {
  return [];
}

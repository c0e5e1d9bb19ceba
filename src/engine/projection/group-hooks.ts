/** What groups add to a frame. Filled by frame-groups.ts, a part that is loaded only where a scenario has groups. */
import type { Frame, GroupView, RingView } from '../../protocol/frame.ts';
import type { World } from '../kernel/world.ts';
import type { GroupSeen } from './groups-read.ts';

export interface GroupProjection {
  views(w: World): GroupView[];
  rings(w: World): RingView[];
  waiting(w: World): Frame['waiting'] | null;
}

export const groupProjection: GroupProjection = { views: () => [], rings: () => [], waiting: () => null };

/** Called while modules load. */
export function registerGroupProjection(projection: GroupProjection): void {
  Object.assign(groupProjection, projection);
}

/** Who shall have which partition while a consumer group comes to its target. Filled by target-owners.ts, which comes late. */
export const nextOwners: { of(w: World, seen: GroupSeen): ReadonlyMap<string, string> | null } = { of: () => null };

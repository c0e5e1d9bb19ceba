/** What groups add to a frame. Filled by frame-groups.ts, a part that is loaded only where a scenario has groups. */
import type { Frame, GroupView, RingView } from '../../protocol/frame.ts';
import type { World } from '../kernel/world.ts';

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

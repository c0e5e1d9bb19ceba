/** The selected thing, decoded: only the tab that is looked at. */
import type { ViewRequest } from '../../protocol/engine-client.ts';
import type { Detail } from '../../protocol/frame.ts';
import type { World } from '../kernel/world.ts';
import { batchRows } from './detail-log.ts';
import { parameterRows } from './detail-parameters.ts';
import { requestRows } from './detail-requests.ts';
import { stateRows } from './detail-state.ts';
import { groupDetail } from './group-detail.ts';
import './target-owners.ts';
import { shareProjection } from './share-hooks.ts';
import { linesAbout } from './timeline.ts';

function isShareGroup(w: World, thing: string): boolean {
  return thing.startsWith('group:') && shareProjection.ids(w).includes(thing.slice(6));
}

export function detailOf(w: World, view: ViewRequest): Detail | null {
  const thing = view.selection;
  if (thing === null) return null;
  const { tab } = view;
  return {
    thing,
    tab,
    parameters: tab === 'parameters' ? parameterRows(w, thing) : [],
    state: tab === 'state' ? stateRows(w, thing) : [],
    batches: tab === 'log' ? batchRows(w, thing, view) : [],
    requests: tab === 'requests' ? requestRows(w, thing) : [],
    lines: tab === 'events' ? linesAbout(w, thing) : [],
    share: tab === 'state' && isShareGroup(w, thing) ? shareProjection.detail(w, thing.slice(6)) : null,
    group: thing.startsWith('group:') && (tab === 'state' || tab === 'log') ? groupDetail(w, thing.slice(6)) : null,
  };
}

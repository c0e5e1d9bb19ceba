/** The ways into the lab and out of it: from a moment of free play, and to a run on the stage. */
import type { LabRun, LabSpec } from '../protocol/lab.ts';
import type { AppStore } from './app-store.ts';
import { FIRST_PLACE, type LabPlace, labHash, readLabHash } from './lab-link.ts';
import { changed, FIRST_SPEC } from './lab-spec.ts';
import { pageMode } from './page-mode.ts';
import { presentScenario } from './present.ts';

/** A scenario that no link can hold is handed over in memory; the address then opens the lab without it. */
let held: LabSpec['base'] | null = null;

/** What the address asks for, and what was handed over with it. */
export function placeAsked(hash: string): LabPlace {
  const place = readLabHash(hash);
  const base = held;
  held = null;
  return base === null ? place : { ...place, spec: changed(place.spec, { base }) };
}

/** Opens the lab on the scenario that is played, its group and the present moment. */
export async function openInLab(store: AppStore, group: string): Promise<void> {
  const { frame } = store.getState();
  if (frame === null) return;
  const { scenario } = await presentScenario(store);
  const coordinator = frame.groups.find(({ id }) => id === group)?.coordinator ?? -1;
  const base: LabSpec['base'] = {
    kind: 'moment',
    scenario,
    group,
    atUs: frame.atUs,
    ...(coordinator > 0 ? { coordinator } : {}),
  };
  const { hash, whole } = labHash({ ...FIRST_PLACE, spec: changed(FIRST_SPEC, { base, seed: scenario.seed ?? 1 }) });
  if (!whole) held = base;
  location.hash = hash;
}

/** Back to the cluster as it was left. An entry of the history is left behind, so that the browser's own button returns. */
export function leaveLab(): void {
  history.pushState(null, '', location.pathname + location.search);
  pageMode.setState({ lab: false });
}

/** Plays a run of the lab on the stage, at the cursor's moment; what was played before is kept, as before a link. */
export async function showOnStage(store: AppStore, run: LabRun, atUs: number): Promise<void> {
  const { keepPresent } = await import('./persistence-write.ts');
  await keepPresent(store).catch(() => undefined);
  const { actions } = store.getState();
  actions.wantLesson(false);
  actions.foldLesson(true);
  leaveLab();
  actions.open(run.scenario, { atUs, selection: `group:${run.group}` });
}

/** The learner's own history as a scenario file: what is saved, shared and given away after a crash. */
import type { Scenario, ScenarioStep } from '../protocol/scenario.ts';
import type { AppStore } from './app-store.ts';
import { keptBookmarks } from './bookmarks.ts';

export interface Present {
  /** The file that plays what is on the screen: commands that are switched off are not in it. */
  readonly scenario: Scenario;
  /** The same with the commands that are off as its last steps, and their places: given back to `open`, they stay off. */
  readonly withOff: Scenario;
  readonly off: readonly number[];
}

export async function presentScenario(store: AppStore): Promise<Present> {
  const { bookmarks: _, ...answer } = await store.getState().actions.ask({ ask: 'scenario' });
  const bookmarks = keptBookmarks(store.getState().bookmarks, store.getState().timeline.branches);
  const scenario: Scenario = bookmarks.length === 0 ? answer : { ...answer, bookmarks };
  const steps = scenario.steps ?? [];
  const offSteps = store
    .getState()
    .timeline.commands.filter((command) => command.off)
    .map((command) => ({ atMs: command.atUs / 1000, ...command.command }) as ScenarioStep);
  if (offSteps.length === 0) return { scenario, withOff: scenario, off: [] };
  return {
    scenario,
    withOff: { ...scenario, steps: [...steps, ...offSteps] },
    off: offSteps.map((_, i) => steps.length + i),
  };
}

/** Puts the history into another scenario (one broker more, a producer more) and plays it up to the present moment. */
export async function alterScenario(store: AppStore, change: (scenario: Scenario) => Scenario): Promise<void> {
  const { withOff, off } = await presentScenario(store);
  const { frame, player, selection, actions } = store.getState();
  actions.open(change(withOff), { atUs: frame?.atUs ?? 0, off, play: player.playing, selection });
}

/** Hands a file to the browser's downloads. */
export function saveFile(name: string, content: string, type = 'application/json'): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** In CONTRACT's order of fields, so that equal scenarios are equal files. */
export async function scenarioText(scenario: Scenario): Promise<string> {
  const { serializeScenario } = await import('../protocol/serialize-scenario.ts');
  return serializeScenario(scenario);
}

export async function saveScenario(scenario: Scenario): Promise<void> {
  saveFile(scenarioFileName(scenario), await scenarioText(scenario));
}

export function scenarioFileName(scenario: Scenario): string {
  const name = (scenario.title ?? '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  return `${name.slice(0, 60) || 'kafkascope'}.json`;
}

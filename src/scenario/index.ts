/**
 * The scenario files that ship with the page. The default is in the first load; every other is loaded when asked for.
 */
import type { Scenario, ScenarioProducer } from '../protocol/scenario.ts';
import { DEFAULT_SCENARIO } from './default.ts';
import type { LessonLanguage } from './lesson-view.ts';

/** Parsed JSON has wider types than a scenario; every file is checked in scenario.test.ts. */
const asScenario = (json: unknown): Scenario => json as Scenario;

export { DEFAULT_AT_US, DEFAULT_SCENARIO } from './default.ts';

const files = import.meta.glob<unknown>('./*.json', { import: 'default' });

/** Ids of all files, the file's name without `.json`, in alphabetical order. */
export const SCENARIO_IDS: readonly string[] = Object.keys(files)
  .map((path) => path.slice(2, -'.json'.length))
  .sort();

/** The experiments that a real 4.3.1 cluster ran, by trace, and the big ones: what 'Open' offers. */
export const LAB_IDS: readonly string[] = SCENARIO_IDS.filter((id) => /^([a-z]\d|big|queue|pubsub)-/.test(id));

async function load(id: string): Promise<Scenario> {
  const file = files[`./${id}.json`];
  if (file === undefined) throw new Error(`no scenario ${id}`);
  return asScenario(await file());
}

/** Puts the keys and lines of one scenario's producer into another's. */
function withWords(scenario: Scenario, from: ScenarioProducer): Scenario {
  const producers = (scenario.producers ?? []).map((producer) =>
    producer.id !== from.id || producer.workload === undefined || from.workload === undefined
      ? producer
      : { ...producer, workload: { ...producer.workload, keys: from.workload.keys, values: from.workload.values } },
  );
  return { ...scenario, producers: producers as ScenarioProducer[] };
}

/** Replaces the lines that a producer sends by the learner's own. */
export function withValues(scenario: Scenario, producer: string, text: string): Scenario {
  const producers = (scenario.producers ?? []).map((each) =>
    each.id !== producer || each.workload === undefined
      ? each
      : { ...each, workload: { ...each.workload, values: { kind: 'lines' as const, text } } },
  );
  return { ...scenario, producers };
}

/** A shipped scenario; the shop's orders are in the learner's language. */
export async function loadScenario(id: string, language: LessonLanguage = 'en'): Promise<Scenario> {
  if (id === 'default' && language === 'zh') return load('default.zh');
  const scenario = id === 'default' ? DEFAULT_SCENARIO : await load(id);
  if (language === 'en' || !id.startsWith('lesson-')) return scenario;
  const shop = (await load('default.zh')).producers?.[0];
  return shop === undefined ? scenario : withWords(scenario, shop);
}

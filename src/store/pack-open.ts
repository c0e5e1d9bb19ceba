/** From the compression lab to the stage: a cluster whose producer sends these records with these settings. */
import type { PackSpec } from '../protocol/pack.ts';
import type { Scenario } from '../protocol/scenario.ts';
import { linesOf } from '../protocol/text-lines.ts';
import type { AppStore } from './app-store.ts';
import { leaveLab } from './lab-open.ts';
import { isLeveled, LEVELS } from './pack-spec.ts';

const TOPIC = 'lab';
const START_MS = 100;
/** The stage opens a little before the first record leaves. */
const LEAD_US = 2_000;

/** The lab's own hidden run as a scenario to play: one partition on three brokers, a producer and a reader. Format v2 always. */
export function packScenario(spec: PackSpec, text: string, title: string): Scenario {
  const { codec, level } = spec;
  return {
    kafkascope: 1,
    title,
    seed: 1,
    cluster: { brokers: 3, controllers: 1 },
    topics: [{ name: TOPIC, assignment: [[1, 2, 3]], config: { 'compression.type': spec.brokerCodec } }],
    producers: [
      {
        id: 'app',
        config: {
          'compression.type': codec,
          ...(level === null || !isLeveled(codec) ? {} : { [LEVELS[codec].key]: String(level) }),
          'batch.size': String(spec.batchSizeBytes),
          'linger.ms': String(spec.lingerMs),
        },
        workload: {
          topic: TOPIC,
          ratePerSecond: spec.ratePerSecond,
          count: linesOf(text).length,
          startMs: START_MS,
          values: { kind: 'lines', text },
        },
      },
    ],
    consumers: [{ id: 'reader', config: { 'auto.offset.reset': 'earliest' }, assign: [`${TOPIC}-0`], commit: 'none' }],
  };
}

/** What was played before is kept, as before a link. */
export async function packOnStage(store: AppStore, spec: PackSpec, text: string, title: string): Promise<void> {
  const { keepPresent } = await import('./persistence-write.ts');
  await keepPresent(store).catch(() => undefined);
  const { actions } = store.getState();
  actions.wantLesson(false);
  actions.foldLesson(true);
  leaveLab();
  actions.open(packScenario(spec, text, title), {
    atUs: START_MS * 1000 - LEAD_US,
    play: true,
    selection: 'producer:app',
  });
}

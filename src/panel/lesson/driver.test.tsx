/** The driver over a fake engine: what a lesson asks for is done in order, and where it stands is kept. */
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test, vi } from 'vitest';
import { LESSONS } from '../../lesson/index.ts';
import { makeBroker, makeFrame, makePartition } from '../../lesson/lesson.fixture.ts';
import type { Question } from '../../protocol/engine-client.ts';
import type { Frame, WorldInfo } from '../../protocol/frame.ts';
import { DEFAULT_SCENARIO } from '../../scenario/index.ts';
import { type AppStore, createAppStore } from '../../store/app-store.ts';
import { FakeClient } from '../../store/fake-client.ts';
import { StoreProvider } from '../../store/use-app.tsx';
import { loadLanguage } from '../../text/index.ts';
import { LessonPanel } from '../lesson-panel.tsx';
import { isAstray, LessonDriver } from './driver.ts';

const lesson = LESSONS[0]!;

const info: WorldInfo = {
  world: 1,
  title: 'A shop at work',
  version: '4.3',
  seed: 7,
  endUs: 120_000_000,
  keys: [],
  topics: [],
};

const KILL_US = 9_000_000;
const ELECTED_US = 17_400_000;

function setUp(frameOf: (atUs: number) => Partial<Frame> = () => ({})) {
  const asked: Question['ask'][] = [];
  const client = new FakeClient({
    info,
    frame: (atUs) => makeFrame({ atUs, ...frameOf(atUs) }),
    answer(question) {
      asked.push(question.ask);
      if (question.ask === 'scenario') return DEFAULT_SCENARIO;
      if (question.ask === 'records') return { rows: [], total: 0 };
      return undefined;
    },
  });
  const store = createAppStore();
  store.getState().actions.connect(client);
  const driver = new LessonDriver(store, lesson);
  const sent = (): string[] => client.requests.map(({ type }) => type).filter((type) => type !== 'view');
  return { client, store, driver, asked, sent };
}

const step = (store: AppStore): number | undefined => store.getState().lesson?.step;
const open = (store: AppStore): Promise<void> => {
  store.getState().actions.open(DEFAULT_SCENARIO, { atUs: 8_000_000 });
  return vi.waitFor(() => expect(store.getState().frame).not.toBeNull());
};

describe('the driver', () => {
  test('shows the first step and leaves the stage alone', async () => {
    const { store, driver, sent } = setUp();
    driver.start();
    await open(store);
    expect(store.getState().lesson).toMatchObject({ id: 'acknowledged-and-lost', step: 0 });
    expect(sent()).toEqual(['open']);
  });

  test('a pressed button enters the next step, and the cluster is kept to come back to', async () => {
    const { store, driver, asked } = setUp();
    driver.start();
    await open(store);
    driver.press([]);
    await vi.waitFor(() => expect(store.getState().lesson?.data.kept).toMatchObject({ title: 'A shop at work' }));
    expect(step(store)).toBe(1);
    expect(asked).toEqual(['records', 'scenario']);
    expect(isAstray(store.getState())).toBe(false);
  });

  test('the engine’s frames move it on: the kill, then the election', async () => {
    const { client, store, driver } = setUp((atUs) => ({
      brokers: [1, 2, 3].map((id) =>
        makeBroker(id, id === 1 && atUs >= KILL_US ? { state: 'down', sinceUs: KILL_US } : {}),
      ),
      partitions: [makePartition({ leader: atUs >= ELECTED_US ? 2 : 1 })],
    }));
    store.getState().actions.setLesson({ id: lesson.id, step: 3, data: {} });
    driver.start();
    await open(store);
    driver.choose('gone');
    driver.press([]);
    await vi.waitFor(() =>
      expect(client.requests).toContainEqual({ type: 'command', command: { do: 'broker.kill', broker: 1 } }),
    );
    store.getState().actions.seek(KILL_US);
    await vi.waitFor(() => expect(step(store)).toBe(4));
    store.getState().actions.seek(ELECTED_US);
    await vi.waitFor(() => expect(step(store)).toBe(5));
    expect(store.getState().lesson?.data).toMatchObject({ killUs: KILL_US, electedUs: ELECTED_US });
    expect(store.getState().player.playing).toBe(false);
  });

  test('own lines become the workload, from the start', async () => {
    const { client, store, driver } = setUp();
    store.getState().actions.setLesson({ id: lesson.id, step: 2, data: {} });
    driver.start();
    await open(store);
    driver.press(['Hello']);
    await vi.waitFor(() => expect(step(store)).toBe(3));
    await vi.waitFor(() => expect(driver.isBusy()).toBe(false));
    expect(client.requests).toContainEqual({ type: 'workload', producer: 'checkout', text: 'Hello', from: 'start' });
  });

  test('with another scenario on the stage it waits, and is taken up where it was', async () => {
    const { client, store, driver } = setUp();
    driver.start();
    await open(store);
    driver.press([]);
    await vi.waitFor(() => expect(store.getState().lesson?.data.kept).toBeDefined());
    client.emit({ type: 'info', info: { ...info, title: 'something else' } });
    expect(isAstray(store.getState())).toBe(true);
    driver.takeUp();
    await vi.waitFor(() => expect(isAstray(store.getState())).toBe(false));
    expect(step(store)).toBe(1);
  });
});

describe.each(['en', 'zh'] as const)('the panel in %s', (language) => {
  test('every step is drawn, with one filled button at most and no key for a sentence', async () => {
    await loadLanguage(language);
    const frame = makeFrame();
    for (let i = 0; i < lesson.steps; i++) {
      const store = createAppStore({
        frame,
        info,
        language,
        lesson: { id: lesson.id, step: i, data: { oneRows: [] } },
      });
      const html = renderToStaticMarkup(
        <StoreProvider store={store}>
          <LessonPanel lessons={LESSONS} />
        </StoreProvider>,
      );
      expect(html).not.toMatch(/>lesson\.|\{[a-zA-Z]+(?:\||\})/);
      expect(html.match(/ks-btn-fill/g)?.length ?? 0).toBeLessThanOrEqual(1);
      expect(html).toContain('<h2');
    }
  });
});

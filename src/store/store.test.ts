import { afterEach, describe, expect, test, vi } from 'vitest';
import type { EngineMessage } from '../protocol/engine-client.ts';
import type { Frame, TimelineDelta, WorldInfo } from '../protocol/frame.ts';
import type { Scenario } from '../protocol/scenario.ts';
import { type AppStore, createAppStore } from './app-store.ts';
import { FakeClient } from './fake-client.ts';
import { readMoment, readScenario, type Storage } from './persistence.ts';
import { startPersistence } from './persistence-write.ts';
import { presentScenario } from './present.ts';
import { openShared } from './share.ts';
import { configOwner, thingPhrase } from './thing.ts';
import { applyTimeline, EMPTY_TIMELINE } from './timeline.ts';
import { WorkerClient, type WorkerLike } from './worker-client.ts';

const scenario: Scenario = { kafkascope: 1, title: 'mine', topics: [{ name: 'orders' }], steps: [] };
const info: WorldInfo = { world: 1, title: 'mine', version: '4.3', seed: 1, endUs: 30_000_000, keys: [], topics: [] };
const frame = (atUs: number): Frame =>
  ({ world: 1, branch: 0, jump: 0, atUs, endUs: info.endUs, detail: null }) as unknown as Frame;

function connected(): { store: AppStore; client: FakeClient } {
  const store = createAppStore();
  const client = new FakeClient(
    { info, frame, answer: (question) => (question.ask === 'scenario' ? scenario : undefined) },
    (run) => run(),
  );
  store.getState().actions.connect(client);
  return { store, client };
}

const delta = (change: Partial<TimelineDelta>): TimelineDelta => ({
  reset: false,
  bucketUs: 100_000,
  fromBucket: 0,
  requests: [],
  atRisk: [],
  marks: [],
  lines: [],
  commands: [],
  branches: [],
  ...change,
});

afterEach(() => {
  vi.useRealTimers();
});

describe('timeline', () => {
  test('buckets are put where they belong, the last one is counted on', () => {
    const first = applyTimeline(EMPTY_TIMELINE, delta({ requests: [1, 2], atRisk: [0, 3] }));
    const second = applyTimeline(first, delta({ fromBucket: 1, requests: [5, 6] }));
    const gap = applyTimeline(second, delta({ fromBucket: 5, requests: [9] }));
    expect(second.requests).toEqual([1, 5, 6]);
    expect(gap.requests).toEqual([1, 5, 6, 0, 0, 9]);
    expect(applyTimeline(gap, delta({ reset: true })).requests).toEqual([]);
  });

  test('commands change in place and stand in the order of time', () => {
    const command = (id: number, atUs: number, off = false) => ({
      id,
      atUs,
      off,
      command: {},
      phrase: { key: '', params: {} },
      origin: 'you' as const,
    });
    const first = applyTimeline(EMPTY_TIMELINE, delta({ commands: [command(1, 5), command(2, 9)] }));
    const second = applyTimeline(first, delta({ commands: [command(1, 12, true)] }));
    expect(second.commands.map(({ id, off }) => [id, off])).toEqual([
      [2, false],
      [1, true],
    ]);
  });

  test('one branch is current', () => {
    const branch = (id: number, current: boolean) => ({
      id,
      parent: null,
      forkUs: 0,
      title: { key: '', params: {} },
      what: null,
      name: null,
      note: '',
      current,
    });
    const first = applyTimeline(EMPTY_TIMELINE, delta({ branches: [branch(0, true)] }));
    const second = applyTimeline(first, delta({ branches: [branch(1, true)] }));
    expect(second.branches.filter((b) => b.current).map((b) => b.id)).toEqual([1]);
  });
});

describe('store', () => {
  test('opening shows the moment, the selection and plays', () => {
    const { store } = connected();
    store.getState().actions.open(scenario, { atUs: 8_000_000, play: true, selection: 'broker:1' });
    expect(store.getState()).toMatchObject({ selection: 'broker:1', pending: 0, info, player: { playing: true } });
    expect(store.getState().frame?.atUs).toBe(8_000_000);
  });

  test('a refusal changes nothing and is kept until it is read', () => {
    const { store, client } = connected();
    store.getState().actions.open(scenario);
    client.emit({ type: 'refused', message: 'no', kafkaException: 'InvalidConfigurationException', edit: null });
    expect(store.getState().refusal?.message).toBe('no');
    store.getState().actions.dismissRefusal();
    expect(store.getState().refusal).toBeNull();
  });

  test('commands that are off are kept for the next visit and left out of the file', async () => {
    const { store } = connected();
    const { actions } = store.getState();
    actions.open(scenario);
    actions.command({ do: 'broker.kill', broker: 1 });
    actions.editCommand(1, 'off');
    const present = await presentScenario(store);
    expect(present.scenario.steps).toEqual([]);
    expect(present.withOff.steps).toEqual([{ atMs: 0, do: 'broker.kill', broker: 1 }]);
    expect(present.off).toEqual([0]);
  });

  test('records get a ring, other things are pointed at', () => {
    const { store } = connected();
    const { actions } = store.getState();
    actions.setEmphasis(['record:17', 'broker:2', 3]);
    expect(store.getState().emphasis).toEqual([17, 3]);
    expect(store.getState().pointed).toEqual(['broker:2']);
  });

  test('a broken link leaves the scenario alone and says why', async () => {
    const { store } = connected();
    store.getState().actions.open(scenario, { atUs: 5 });
    expect(await openShared(store, '#k1.AAAA')).toBe(false);
    expect(store.getState().openFailure).toMatchObject({ source: 'link' });
    expect(store.getState().scenario).toBe(scenario);
    expect(store.getState().frame?.atUs).toBe(5);
  });

  test('things', () => {
    expect(configOwner('replica:my-orders-0@2')).toEqual({ scope: 'topic', entity: 'my-orders' });
    expect(configOwner('link:1>2')).toBeNull();
    expect(thingPhrase('replica:my-orders-0@2').params).toEqual({ name: 'my-orders-0', broker: '2' });
  });
});

/** Storage in memory that can be full. */
class MemoryStorage implements Storage {
  full = false;
  readonly items = new Map<string, string>();
  readonly rows = new Map<string, unknown>();
  getItem(name: string): string | null {
    return this.items.get(name) ?? null;
  }
  setItem(name: string, value: string): void {
    if (this.full) throw new Error('QuotaExceededError');
    this.items.set(name, value);
  }
  load(name: string): Promise<unknown> {
    return Promise.resolve(this.rows.get(name));
  }
  save(name: string, value: unknown): Promise<void> {
    if (this.full) return Promise.reject(new Error('QuotaExceededError'));
    this.rows.set(name, value);
    return Promise.resolve();
  }
  remove(name: string): Promise<void> {
    this.rows.delete(name);
    return Promise.resolve();
  }
}

describe('persistence', () => {
  test('the moment, the scenario and the lesson come back', async () => {
    vi.useFakeTimers();
    const { store } = connected();
    const storage = new MemoryStorage();
    startPersistence(store, storage, () => 0);
    const { actions } = store.getState();
    actions.open(scenario, { atUs: 3_000_000, selection: 'broker:2' });
    actions.setLesson({ id: 'one', step: 3, data: { seen: true } });
    actions.command({ do: 'broker.kill', broker: 1 });
    actions.setTheme('dark');
    await vi.advanceTimersByTimeAsync(1000);
    actions.setSpeed(2);
    expect(readMoment(storage)).toMatchObject({ atUs: 3_000_000, selection: 'broker:2', theme: 'dark', speed: 2 });
    expect(await readScenario(storage)).toMatchObject({ scenario, off: [], lesson: { id: 'one', step: 3 } });
  });

  test('a full storage gives one quiet notice and the page goes on', async () => {
    vi.useFakeTimers();
    const { store } = connected();
    const storage = new MemoryStorage();
    storage.full = true;
    startPersistence(store, storage, () => 0);
    const { actions } = store.getState();
    actions.open(scenario, { atUs: 1 });
    actions.setTheme('dark');
    actions.command({ do: 'broker.kill', broker: 1 });
    await vi.advanceTimersByTimeAsync(2000);
    expect(store.getState().notices.map(({ phrase }) => phrase.key)).toEqual(['app.notice.storage']);
    expect(store.getState().frame?.atUs).toBe(1);
  });

  test('what is not understood is not believed', async () => {
    const storage = new MemoryStorage();
    storage.setItem('kafkascope.moment', '{"version":1,"atUs":"soon","language":"xx","speed":-1,"words":"kafka"}');
    expect(readMoment(storage)).toEqual({ words: 'kafka' });
    storage.setItem('kafkascope.moment', 'not json');
    expect(readMoment(storage)).toEqual({});
    storage.rows.set('scenario', { version: 2 });
    expect(await readScenario(storage)).toBeNull();
  });
});

class FakeWorker implements WorkerLike {
  readonly sent: unknown[] = [];
  readonly listeners = new Map<string, (event: never) => void>();
  terminated = false;
  postMessage(message: unknown): void {
    this.sent.push(message);
  }
  addEventListener(type: string, listener: (event: never) => void): void {
    this.listeners.set(type, listener);
  }
  terminate(): void {
    this.terminated = true;
  }
  say(data: unknown): void {
    this.listeners.get('message')?.({ data } as never);
  }
}

describe('worker client', () => {
  test('answers find their questions', async () => {
    const worker = new FakeWorker();
    const client = new WorkerClient(worker);
    const first = client.ask({ ask: 'hash' });
    const second = client.ask({ ask: 'story', id: 7 });
    worker.say({ id: 2, answer: null });
    worker.say({ id: 1, error: 'no world' });
    await expect(second).resolves.toBeNull();
    await expect(first).rejects.toThrow('no world');
    expect(worker.sent).toEqual([
      { id: 1, question: { ask: 'hash' } },
      { id: 2, question: { ask: 'story', id: 7 } },
    ]);
  });

  test('a question that is never answered fails in the end', async () => {
    vi.useFakeTimers();
    const client = new WorkerClient(new FakeWorker());
    const answer = expect(client.ask({ ask: 'hash' })).rejects.toThrow('did not answer');
    await vi.advanceTimersByTimeAsync(31_000);
    await answer;
  });

  test('a worker that dies becomes a crash with the scenario', async () => {
    const worker = new FakeWorker();
    const client = new WorkerClient(worker);
    const messages: EngineMessage[] = [];
    client.subscribe((message) => messages.push(message));
    client.send({ type: 'open', scenario, atUs: 0 });
    const waiting = expect(client.ask({ ask: 'hash' })).rejects.toThrow('out of memory');
    worker.listeners.get('error')?.({ message: 'out of memory' } as never);
    await waiting;
    expect(messages).toEqual([{ type: 'crashed', message: 'out of memory', invariant: null, atUs: 0, scenario }]);
    expect(worker.terminated).toBe(true);
  });
});

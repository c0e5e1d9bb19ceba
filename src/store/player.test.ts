import { describe, expect, test } from 'vitest';
import type { EngineClient, EngineMessage, EngineRequest } from '../protocol/engine-client.ts';
import type { FlightView, Frame, LaneMark, WorldInfo } from '../protocol/frame.ts';
import { type AppStore, createAppStore } from './app-store.ts';
import { approach, FAST_RATE, FLOW_RATE, pace, rateLabel, SLOW_RATE, touches } from './pace.ts';
import { type Screen, startPlayer } from './player.ts';

const flow: Frame['waiting'] = { kind: 'flow', phrase: { key: 'wait.flow', params: {} }, sinceUs: 0, untilUs: null };
const timer = (untilUs: number | null): Frame['waiting'] => ({ ...flow, kind: 'timer', untilUs });

function frameAt(atUs: number, change: Partial<Frame> = {}): Frame {
  return {
    world: 1,
    branch: 0,
    jump: 0,
    atUs,
    endUs: 30_000_000,
    events: 0,
    brokers: [],
    controllers: [],
    partitions: [],
    producers: [],
    consumers: [],
    groups: [],
    flights: [],
    rings: [],
    links: [],
    totals: {} as Frame['totals'],
    waiting: flow,
    detail: null,
    ...change,
  };
}

const flight = (change: Partial<FlightView> = {}): FlightView => ({
  id: 1,
  from: 'producer:checkout',
  to: 'broker:1',
  api: 'Produce',
  response: false,
  correlationId: 1,
  sentUs: 0,
  arriveUs: 1000,
  partitions: ['orders-0'],
  keys: [],
  records: 1,
  bytes: 100,
  error: null,
  weight: 'data',
  stuck: false,
  ...change,
});

const mark = (lane: LaneMark['lane'], atUs: number): LaneMark => ({
  id: 1,
  lane,
  atUs,
  phrase: { key: '', params: {} },
  about: [],
});

/** What pace says for a frame, with nothing selected and no marks unless given. */
const paceOf = (frame: Frame, marks: LaneMark[] = [], selection: string | null = null) =>
  pace({ frame, marks, selection, speed: 'auto' });

describe('pace', () => {
  test('a fixed speed is a choice', () => {
    const fixed = pace({ frame: frameAt(0, { waiting: timer(9e6) }), marks: [], selection: null, speed: 10 });
    expect(fixed).toMatchObject({ rate: 10, mode: 'fixed', watch: false });
  });

  test('data flows at a fiftieth', () => {
    expect(paceOf(frameAt(0, { flights: [flight()] }))).toMatchObject({ rate: FLOW_RATE, mode: 'flow' });
  });

  test('a flight that touches the selection slows time, a quiet or stuck one does not', () => {
    const frame = (change: Partial<FlightView>) => frameAt(0, { flights: [flight(change)] });
    expect(paceOf(frame({}), [], 'broker:1')).toMatchObject({ mode: 'slow', rate: SLOW_RATE });
    expect(paceOf(frame({ arriveUs: 40_000 }), [], 'broker:1').rate).toBe(FLOW_RATE);
    expect(paceOf(frame({ weight: 'quiet' }), [], 'broker:1').mode).toBe('flow');
    expect(paceOf(frame({ stuck: true }), [], 'broker:1').mode).toBe('flow');
    expect(paceOf(frame({}), [], 'broker:2').mode).toBe('flow');
  });

  test('a named event slows time a little before and after it', () => {
    const marks = [mark('elections', 5_000_000)];
    const at = (atUs: number) => paceOf(frameAt(atUs, { waiting: timer(9e6) }), marks);
    expect(at(4_990_000).mode).toBe('fast');
    expect(at(4_996_000)).toMatchObject({ mode: 'slow', reason: { key: 'app.pace.election' } });
    expect(at(5_007_000).mode).toBe('slow');
    expect(at(5_009_000).mode).toBe('fast');
  });

  test('timers run fast, brake before they end, and say how long is left', () => {
    const far = paceOf(frameAt(1_000_000, { waiting: timer(9_000_000) }));
    expect(far).toMatchObject({ rate: FAST_RATE, mode: 'fast', watch: true, untilUs: 9_000_000 });
    expect(far.reason).toEqual({ key: 'app.pace.timer', params: { left: 8_000_000 } });
    const near = paceOf(frameAt(8_900_000, { waiting: timer(9_000_000) }));
    expect(near.rate).toBeLessThan(0.5);
    expect(near.rate).toBeGreaterThanOrEqual(FLOW_RATE);
    expect(paceOf(frameAt(8_999_999, { waiting: timer(9_000_000) })).rate).toBe(FLOW_RATE);
    expect(paceOf(frameAt(0, { waiting: { ...flow, kind: 'stuck' } }))).toMatchObject({
      rate: FAST_RATE,
      untilUs: null,
    });
  });

  test('what touches what', () => {
    const it = flight();
    const yes = [
      'producer:checkout',
      'broker:1',
      'partition:orders-0',
      'topic:orders',
      'replica:orders-0@1',
      'link:1>checkout',
    ];
    const no = ['broker:2', 'partition:orders-1', 'topic:order', 'replica:orders-0@2', 'link:1>2', 'record:1'];
    expect(yes.filter((thing) => !touches(it, thing))).toEqual([]);
    expect(no.filter((thing) => touches(it, thing))).toEqual([]);
  });

  test('braking is at once, speeding up takes a moment', () => {
    expect(approach(3, 0.02, 16)).toBe(0.02);
    expect(approach(0.02, 3, 16)).toBeLessThan(0.03);
    let rate = 0.02;
    let ms = 0;
    while (rate < 3 && ms < 5000) {
      rate = approach(rate, 3, 16);
      ms += 16;
    }
    expect(ms).toBeLessThan(700);
  });

  test('labels stand still', () => {
    expect([1 / 1000, 1 / 50, 1 / 47, 0.5, 1, 2.9, 100].map(rateLabel)).toEqual([
      '1/1000',
      '1/50',
      '1/50',
      '1/2',
      '1',
      '3',
      '100',
    ]);
  });
});

/** A screen whose frames come when the test says so. */
class FakeScreen implements Screen {
  time = 0;
  #callbacks = new Map<number, () => void>();
  #ids = 0;
  now(): number {
    return this.time;
  }
  requestFrame(callback: () => void): number {
    this.#ids += 1;
    this.#callbacks.set(this.#ids, callback);
    return this.#ids;
  }
  cancelFrame(id: number): void {
    this.#callbacks.delete(id);
  }
  tick(ms = 16): void {
    this.time += ms;
    const callbacks = [...this.#callbacks.values()];
    this.#callbacks.clear();
    for (const callback of callbacks) callback();
  }
}

/** An engine that answers by hand and counts grants under way. */
class HandClient implements EngineClient {
  requests: EngineRequest[] = [];
  listener: ((message: EngineMessage) => void) | null = null;
  send(request: EngineRequest): void {
    this.requests.push(request);
  }
  ask(): Promise<never> {
    return Promise.reject(new Error('not here'));
  }
  subscribe(listener: (message: EngineMessage) => void): () => void {
    this.listener = listener;
    return () => {
      this.listener = null;
    };
  }
  close(): void {}
  say(frame: Frame, stopped: 'granted' | 'data-flight' | 'end' = 'granted'): void {
    this.listener?.({ type: 'frame', frame, stopped });
  }
  grants(): Extract<EngineRequest, { type: 'grant' }>[] {
    return this.requests.filter((request) => request.type === 'grant');
  }
}

function playing(first: Frame): { store: AppStore; client: HandClient; screen: FakeScreen } {
  const store = createAppStore();
  const client = new HandClient();
  const screen = new FakeScreen();
  const { actions } = store.getState();
  actions.connect(client);
  startPlayer(store, screen);
  client.listener?.({ type: 'info', info: { endUs: first.endUs } as WorldInfo });
  client.say(first);
  actions.play();
  return { store, client, screen };
}

describe('player', () => {
  test('grants time as it passes, never two at once', () => {
    const { client, screen } = playing(frameAt(0));
    screen.tick();
    expect(client.grants()).toEqual([{ type: 'grant', toUs: 320, watch: false }]);
    screen.tick();
    screen.tick();
    expect(client.grants()).toHaveLength(1);
    client.say(frameAt(320));
    screen.tick();
    // The time of the frames that waited is not lost.
    expect(client.grants()[1]).toEqual({ type: 'grant', toUs: 320 + 960, watch: false });
  });

  test('a hidden page does not run ahead', () => {
    const { client, screen } = playing(frameAt(0));
    screen.tick(60_000);
    expect(client.grants()[0]!.toUs).toBe(1000);
  });

  test('while a seek is answered nothing is granted, and the next grant is from where it went', () => {
    const { store, client, screen } = playing(frameAt(10_000_000));
    store.getState().actions.seek(3_000_000);
    screen.tick();
    expect(client.grants()).toEqual([]);
    client.say(frameAt(3_000_000, { jump: 1 }));
    screen.tick();
    expect(client.grants()[0]!.toUs).toBeLessThan(3_001_000);
  });

  test('a dragged playhead asks for the newest moment only', () => {
    const { store, client } = playing(frameAt(10_000_000));
    const { actions } = store.getState();
    actions.seek(3_000_000);
    actions.seek(4_000_000);
    actions.seek(5_000_000);
    client.say(frameAt(3_000_000, { jump: 1 }));
    client.say(frameAt(5_000_000, { jump: 2 }));
    expect(client.requests).toEqual([
      { type: 'seek', atUs: 3_000_000 },
      { type: 'seek', atUs: 5_000_000 },
    ]);
  });

  test('fast forward does not pass the end of the wait and goes on when data merely flies by', () => {
    const wait = { waiting: timer(500_000) };
    const { client, screen } = playing(frameAt(0, wait));
    let at = 0;
    for (let i = 0; i < 40 && at < 500_000; i++) {
      screen.tick();
      const last = client.grants().at(-1)!;
      expect(last.watch).toBe(true);
      expect(last.toUs).toBeLessThanOrEqual(500_000);
      at = last.toUs;
      client.say(frameAt(at, wait));
    }
    const before = client.grants().length;
    screen.tick();
    const wanted = client.grants().at(-1)!;
    client.say(frameAt(Math.floor((at + wanted.toUs) / 2), wait), 'data-flight');
    expect(client.grants().length).toBeGreaterThan(before);
  });

  test('stops at the end and says so', () => {
    const { store, client, screen } = playing(frameAt(29_999_900));
    screen.tick();
    client.say(frameAt(30_000_000), 'end');
    expect(store.getState().player).toMatchObject({ playing: false, mode: 'paused' });
  });

  test('an answer that never comes does not stop time for good', () => {
    const { client, screen } = playing(frameAt(0));
    screen.tick();
    for (let i = 0; i < 300; i++) screen.tick();
    expect(client.grants().length).toBeGreaterThan(1);
  });

  test('a crash stops the clock', () => {
    const { store, client, screen } = playing(frameAt(0));
    client.listener?.({
      type: 'crashed',
      message: 'no',
      invariant: null,
      atUs: 0,
      scenario: { kafkascope: 1, topics: [] },
    });
    expect(store.getState().player.playing).toBe(false);
    screen.tick();
    expect(client.grants()).toEqual([]);
  });
});

test('a frame for a changed view does not answer a seek', () => {
  const { store, client, screen } = playing(frameAt(10_000_000));
  const { actions } = store.getState();
  actions.select('broker:1');
  actions.seek(3_000_000);
  client.say(frameAt(10_000_000));
  screen.tick();
  expect(store.getState().pending).toBe(1);
  expect(client.grants()).toEqual([]);
  client.say(frameAt(3_000_000, { jump: 1 }));
  expect(store.getState().pending).toBe(0);
});

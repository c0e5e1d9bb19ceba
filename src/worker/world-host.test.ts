/** The host: one answer a request, in order; refusals change nothing; a crash is a report, and opening goes on. */
import { describe, expect, test } from 'vitest';
import type { EngineMessage, EngineRequest } from '../protocol/engine-client.ts';
import type { Frame, TimelineDelta } from '../protocol/frame.ts';
import type { Scenario } from '../protocol/scenario.ts';
import { DEFAULT_SCENARIO } from '../scenario/default.ts';
import { hasText } from '../text/index.ts';
import type { HostClock } from './clock.ts';
import { ENGINE } from './parts.ts';
import { type Reply, WorldHost } from './world-host.ts';

const SCENARIO: Scenario = { ...DEFAULT_SCENARIO, untilMs: 30_000 };

/** A clock by hand: each look at it takes a while, later turns wait until they are asked for. */
class HandClock implements HostClock {
  ms = 0;
  perLook = 1;
  readonly turns: { callback: () => void; atMs: number }[] = [];
  now(): number {
    this.ms += this.perLook;
    return this.ms;
  }
  later(callback: () => void, delayMs: number): void {
    this.turns.push({ callback, atMs: this.ms + delayMs });
  }
  runAll(limit = 1_000_000): void {
    for (let i = 0; i < limit && this.turns.length > 0; i++) {
      this.turns.sort((a, b) => a.atMs - b.atMs);
      const { callback, atMs } = this.turns.shift() as { callback: () => void; atMs: number };
      this.ms = Math.max(this.ms, atMs);
      callback();
    }
  }
}

function makeHost(parts = ENGINE) {
  const clock = new HandClock();
  const messages: EngineMessage[] = [];
  const host = new WorldHost(parts, clock, (message) => messages.push(structuredClone(message)));
  const send = (...requests: EngineRequest[]): EngineMessage[] => {
    const from = messages.length;
    for (const request of requests) host.send(request);
    clock.runAll();
    return messages.slice(from);
  };
  const ask = (question: Parameters<WorldHost['ask']>[0]): Reply => {
    let reply: Reply | null = null;
    host.ask(question, (r) => {
      reply = r;
    });
    clock.runAll();
    if (reply === null) throw new Error('no answer');
    return reply;
  };
  return { clock, host, messages, send, ask };
}

const frames = (messages: readonly EngineMessage[]): Frame[] =>
  messages.flatMap((m) => (m.type === 'frame' ? [m.frame] : []));
const deltas = (messages: readonly EngineMessage[]): TimelineDelta[] =>
  messages.flatMap((m) => (m.type === 'timeline' ? [m.delta] : []));

test('a moment between two events of one microsecond is opened where it was', () => {
  const { send } = makeHost();
  send({ type: 'open', scenario: SCENARIO, atUs: 4_000_000 });
  const passed: { atUs: number; events: number }[] = [];
  for (let i = 0; i < 60; i++) {
    const [frame] = frames(send({ type: 'step', direction: 1, by: 'event', of: null }));
    passed.push({ atUs: frame?.atUs ?? 0, events: frame?.events ?? 0 });
  }
  const between = passed.filter(({ atUs }, i) => passed[i + 1]?.atUs === atUs);
  expect(between.length).toBeGreaterThan(0);
  for (const { atUs, events } of between.slice(0, 5)) {
    expect(frames(send({ type: 'open', scenario: SCENARIO, atUs, events }))).toMatchObject([{ atUs, events }]);
  }
  // A count that is not there is not believed.
  const whole = frames(send({ type: 'open', scenario: SCENARIO, atUs: 4_000_000 }));
  for (const events of [0, 1e9]) {
    const opened = frames(send({ type: 'open', scenario: SCENARIO, atUs: 4_000_000, events }));
    expect(opened).toMatchObject([{ atUs: 4_000_000, events: whole[0]?.events }]);
  }
});

describe('requests', () => {
  test('opening brings info, timeline and one frame at the moment asked for', () => {
    const { send } = makeHost();
    const messages = send({ type: 'open', scenario: SCENARIO, atUs: 8_000_000 });
    expect(frames(messages).map((f) => f.atUs)).toEqual([8_000_000]);
    expect(messages.some((m) => m.type === 'info')).toBe(true);
    expect(deltas(messages)[0]).toMatchObject({ reset: true, fromBucket: 0, branches: [{ id: 0, current: true }] });
    expect(deltas(messages)[0]?.requests).toHaveLength(80);
  });

  test('each grant is answered by exactly one frame, in order', () => {
    const { send } = makeHost();
    send({ type: 'open', scenario: SCENARIO, atUs: 1_000_000 });
    const grants: EngineRequest[] = [1.01, 1.02, 1.5, 3].map((s) => ({ type: 'grant', toUs: s * 1e6, watch: false }));
    const messages = send(...grants);
    expect(frames(messages).map((f) => f.atUs)).toEqual([1_010_000, 1_020_000, 1_500_000, 3_000_000]);
    expect(new Set(frames(messages).map((f) => f.jump)).size).toBe(1);
    expect(frames(send({ type: 'grant', toUs: 2_000_000, watch: false })).map((f) => f.atUs)).toEqual([3_000_000]);
  });

  test('a watched grant stops at a decision, and at records for what is selected', () => {
    const { send } = makeHost();
    send({
      type: 'open',
      scenario: { ...SCENARIO, steps: [{ atMs: 4000, do: 'broker.kill', broker: 1 }] },
      atUs: 5_000_000,
    });
    const decided = send({ type: 'grant', toUs: 20_000_000, watch: true }).find((m) => m.type === 'frame');
    expect(decided).toMatchObject({ stopped: 'decision' });
    const other = makeHost();
    other.send({ type: 'open', scenario: SCENARIO, atUs: 5_000_000 });
    other.send({ type: 'view', view: { selection: 'producer:checkout', tab: 'state', windowRecords: 12, scroll: {} } });
    const stopped = other.send({ type: 'grant', toUs: 6_000_000, watch: true }).find((m) => m.type === 'frame');
    expect(stopped).toMatchObject({ stopped: 'data-flight' });
  });

  test('the end is said', () => {
    const { send } = makeHost();
    send({ type: 'open', scenario: { ...SCENARIO, untilMs: 2000 }, atUs: 0 });
    const [last] = send({ type: 'grant', toUs: 9_000_000, watch: false }).filter((m) => m.type === 'frame');
    expect(last).toMatchObject({ stopped: 'end', frame: { atUs: 2_000_000, waiting: { kind: 'ended' } } });
  });

  test('a view is answered when nothing else is, and is in every later frame', () => {
    const { send } = makeHost();
    send({ type: 'open', scenario: SCENARIO, atUs: 1_000_000 });
    const view: EngineRequest = {
      type: 'view',
      view: { selection: 'broker:1', tab: 'state', windowRecords: 5, scroll: { 'orders-0': 3 } },
    };
    const [frame] = frames(send(view));
    expect(frame?.detail).toMatchObject({ thing: 'broker:1', tab: 'state' });
    expect(frame?.partitions[0]?.replicas[0]?.log).toMatchObject({ base: 3 });
    expect(frame?.partitions[0]?.replicas[0]?.log.keys).toHaveLength(5);
    expect(frames(send({ type: 'grant', toUs: 2e6, watch: false }))[0]?.detail).not.toBeNull();
  });

  test('a refusal stands in the place of the frame, and nothing changes', () => {
    const { send, ask } = makeHost();
    send({ type: 'open', scenario: SCENARIO, atUs: 2_000_000 });
    const before = ask({ ask: 'hash' });
    const messages = send(
      { type: 'configure', edits: [{ scope: 'producer', entity: 'checkout', key: 'acks', value: '7' }], from: 'start' },
      { type: 'command', command: { do: 'broker.start', broker: 1 } },
    );
    expect(messages.map((m) => m.type)).toEqual(['refused', 'refused']);
    expect(messages[0]).toMatchObject({ kafkaException: 'ConfigException', edit: { key: 'acks' } });
    expect(ask({ ask: 'hash' })).toEqual(before);
  });

  test('a scenario that is not right is answered by its problems; the one that is open stays', () => {
    const { send } = makeHost();
    send({ type: 'open', scenario: SCENARIO, atUs: 2_000_000 });
    const messages = send({ type: 'open', scenario: { kafkascope: 1, topics: [{ name: 'a b' }] }, atUs: 0 });
    expect(messages.map((m) => m.type)).toEqual(['problems']);
    expect(frames(send({ type: 'grant', toUs: 2_500_000, watch: false }))[0]?.atUs).toBe(2_500_000);
  });
});

describe('time and branches', () => {
  test('seek and step back are jumps; the picture is that of the first pass', () => {
    const { send } = makeHost();
    send({ type: 'open', scenario: SCENARIO, atUs: 3_000_000 });
    const [there] = frames(send({ type: 'grant', toUs: 3_500_000, watch: false }));
    const [far] = frames(send({ type: 'grant', toUs: 9_000_000, watch: false }));
    const [back] = frames(send({ type: 'seek', atUs: 3_500_000 }));
    expect(back?.jump).toBeGreaterThan(far?.jump ?? 0);
    expect({ ...back, jump: 0 }).toEqual({ ...there, jump: 0 });
    const [stepped] = frames(send({ type: 'step', direction: -1, by: 'event', of: null }));
    expect(stepped?.events).toBe((back?.events ?? 0) - 1);
  });

  test('a value from the start branches, comes back to this moment, and both can be compared', () => {
    const { send, ask } = makeHost();
    send({ type: 'open', scenario: { ...SCENARIO, steps: [{ atMs: 4000, do: 'broker.kill', broker: 1 }] }, atUs: 0 });
    send({ type: 'grant', toUs: 25_000_000, watch: false });
    const messages = send({
      type: 'configure',
      edits: [{ scope: 'producer', entity: 'checkout', key: 'acks', value: 'all' }],
      from: 'start',
    });
    expect(messages.find((m) => m.type === 'branched')).toMatchObject({ from: 0, to: 1, atUs: 25_000_000 });
    expect(deltas(messages)[0]).toMatchObject({ reset: true });
    expect(frames(messages)).toHaveLength(1);
    const now = ask({ ask: 'summary', branch: 1, atUs: 25_000_000 });
    const before = ask({ ask: 'summary', branch: 0, atUs: 25_000_000 });
    expect(before).toMatchObject({ answer: { totals: { lost: expect.any(Number) } } });
    expect(now).toMatchObject({ answer: { totals: { lost: 0 }, luck: { key: 'luck.acks-all' } } });
    const [old] = frames(send({ type: 'branch', id: 0 }));
    expect(old).toMatchObject({ branch: 0, atUs: 25_000_000 });
  });

  test('a saved scenario gives the same hash', () => {
    const first = makeHost();
    first.send({ type: 'open', scenario: SCENARIO, atUs: 4_000_000 });
    first.send(
      { type: 'command', command: { do: 'broker.kill', broker: 1 } },
      { type: 'grant', toUs: 15_000_000, watch: false },
    );
    const { answer } = first.ask({ ask: 'scenario' }) as { answer: Scenario };
    const second = makeHost();
    second.send({ type: 'open', scenario: answer, atUs: 15_000_000 });
    expect(second.ask({ ask: 'hash' })).toEqual(first.ask({ ask: 'hash' }));
  });

  test('named events reach the timeline before their frame, with texts for all of them', () => {
    const { send } = makeHost();
    send({
      type: 'open',
      scenario: { ...SCENARIO, steps: [{ atMs: 4000, do: 'broker.kill', broker: 1 }] },
      atUs: 5_000_000,
    });
    const messages = send({ type: 'grant', toUs: 16_000_000, watch: false });
    const [delta] = deltas(messages);
    expect(delta?.marks.some((m) => m.lane === 'elections' && m.phrase.key === 'mark.elected')).toBe(true);
    expect(messages.findIndex((m) => m.type === 'timeline')).toBeLessThan(
      messages.findIndex((m) => m.type === 'frame'),
    );
    for (const { phrase } of [...(delta?.lines ?? []), ...(delta?.marks ?? [])])
      expect(hasText(phrase.key), phrase.key).toBe(true);
  });
});

describe('questions and crashes', () => {
  test('lists, stories and results', () => {
    const { send, ask } = makeHost();
    send({ type: 'open', scenario: SCENARIO, atUs: 10_000_000 });
    const { answer } = ask({ ask: 'records', which: 'all', from: 3, limit: 2 }) as {
      answer: { rows: { id: number }[]; total: number };
    };
    expect(answer.rows.map((r) => r.id)).toEqual([3, 4]);
    expect(answer.total).toBe(1981);
    expect(ask({ ask: 'story', id: 3 })).toMatchObject({
      answer: { producer: 'checkout', ordinal: 3, delivered: true, fate: 'safe' },
    });
    expect(ask({ ask: 'story', id: 999_999 })).toEqual({ answer: null });
    expect(ask({ ask: 'result' })).toMatchObject({
      answer: { kafkascope: 1, endedAtMs: 10_000, records: { sent: 1981 } },
    });
    expect(ask({ ask: 'summary', branch: 9, atUs: 0 })).toHaveProperty('error');
  });

  test('a hidden run goes on between grants and leaves the picture alone', () => {
    const { clock, host, messages, send } = makeHost();
    send({ type: 'open', scenario: SCENARIO, atUs: 1_000_000 });
    let reply: Reply | null = null;
    host.ask({ ask: 'run', scenario: SCENARIO, untilUs: 20_000_000 }, (r) => {
      reply = r;
    });
    expect(reply).toBeNull();
    const from = messages.length;
    host.send({ type: 'grant', toUs: 1_010_000, watch: false });
    expect(frames(messages.slice(from)).map((f) => f.atUs)).toEqual([1_010_000]);
    clock.runAll();
    expect(reply).toMatchObject({ answer: { endedAtMs: 20_000 } });
  });

  test('a broken rule is a report with the commands in it; opening again goes on', () => {
    const { send, ask, messages } = makeHost();
    send({ type: 'open', scenario: SCENARIO, atUs: 2_000_000 });
    send({ type: 'command', command: { do: 'broker.pause', broker: 2 } });
    expect(ask({ ask: 'crash' })).toEqual({ answer: null });
    expect(messages.at(-1)).toMatchObject({
      type: 'crashed',
      invariant: 'planted',
      scenario: { steps: [{ do: 'broker.pause', broker: 2 }] },
    });
    expect(send({ type: 'grant', toUs: 3_000_000, watch: false })).toEqual([]);
    expect(ask({ ask: 'hash' })).toHaveProperty('error');
    expect(frames(send({ type: 'open', scenario: SCENARIO, atUs: 1_000_000 }))).toHaveLength(1);
  });

  test('an engine that throws in the middle of a run is a report too', () => {
    let calls = 0;
    const { send } = makeHost({
      ...ENGINE,
      makeWorld: (resolved) => {
        calls += 1;
        const world = ENGINE.makeWorld(resolved);
        if (calls === 1) world.nodes.length = 2;
        return world;
      },
    });
    const messages = send({ type: 'open', scenario: SCENARIO, atUs: 5_000_000 });
    expect(messages.at(-1)).toMatchObject({ type: 'crashed', invariant: null, scenario: SCENARIO });
  });
});

import { describe, expect, test } from 'vitest';
import { makeFrame } from '../diagram/fixture.ts';
import { configEntry } from '../kafka/config/registry.ts';
import type { BranchSummary } from '../protocol/frame.ts';
import { parseScenario } from '../protocol/parse-scenario.ts';
import type { Scenario } from '../protocol/scenario.ts';
import { createAppStore } from '../store/app-store.ts';
import { FakeClient } from '../store/fake-client.ts';
import { loadLanguage } from '../text/index.ts';
import { withBroker, withConsumer, withProducer } from './dialogs/add-to-scenario.ts';
import { changedFacts } from './dialogs/changed-facts.ts';
import { readTextFile } from './dialogs/read-file.ts';
import { checkValue } from './inspector/check-value.ts';
import { typedValue, valueWords } from './inspector/value-words.ts';
import { sendVerb, verbsFor } from './menu/verbs-for.ts';
import { areaPath, columns, follow, ownDomain, pan, ticks, xScale, zoom } from './time-strip/lane-math.ts';

describe('lanes', () => {
  const box = { left: 100, right: 400 };
  const domain = { fromUs: 0, toUs: 30_000_000 };

  test('time grows in few steps and never past the end', () => {
    expect(ownDomain(0, 600e6).toUs).toBe(30e6);
    expect(ownDomain(28e6, 600e6).toUs).toBe(60e6);
    expect(ownDomain(590e6, 600e6).toUs).toBe(600e6);
    expect(ownDomain(0, 20e6).toUs).toBe(20e6);
  });

  test('a place and its moment are each other’s inverse', () => {
    const x = xScale(domain, box);
    expect(x(15e6)).toBe(250);
    expect(x.invert(250)).toBeCloseTo(15e6);
  });

  test('zooming keeps the moment under the pointer; nothing leaves time', () => {
    const near = zoom(domain, 10e6, 0.5, 30e6);
    const x = xScale(near, box);
    expect(Math.round(x(10e6))).toBe(200);
    expect(zoom(near, 10e6, 1e-9, 30e6).toUs - zoom(near, 10e6, 1e-9, 30e6).fromUs).toBe(20_000);
    expect(zoom(near, 0, 100, 30e6)).toEqual(domain);
    expect(pan(near, -1e9, 30e6).fromUs).toBe(0);
    expect(pan(near, 1e9, 30e6).toUs).toBe(30e6);
    expect(follow(near, 29e6, 30e6).fromUs).toBeGreaterThan(near.fromUs);
    expect(follow(near, 10e6, 30e6)).toBe(near);
  });

  test('the largest bucket of a column shows; wide buckets fill their columns', () => {
    expect(columns([1, 9, 2, 0], 100, { fromUs: 0, toUs: 400 }, 2, 1)).toEqual([9, 2]);
    expect(columns([5, 3], 100, { fromUs: 0, toUs: 200 }, 4, 1)).toEqual([5, 5, 3, 3]);
    expect(areaPath([0, 0], box, 50, 10, 3)).toBe('');
  });

  test('ticks say as many decimals as they need', () => {
    expect(ticks({ fromUs: 0, toUs: 30e6 }, 780).map(({ label }) => label)).toContain('10 s');
    expect(ticks({ fromUs: 3_300_000, toUs: 3_320_000 }, 780)[0]!.label).toMatch(/^3\.30\d+ s$/);
  });
});

describe('values of parameters', () => {
  const entry = (scope: 'topic' | 'producer', key: string) => configEntry(scope, key)!;
  test('as people read them, exactly', () => {
    expect(valueWords(entry('topic', 'segment.bytes'), '1073741824')).toBe('1 GiB');
    expect(valueWords(entry('topic', 'max.message.bytes'), '1048588')).toBe('1,048,588 B');
    expect(valueWords(entry('topic', 'retention.ms'), '604800000')).toBe('7 d');
    expect(valueWords(entry('topic', 'retention.ms'), '5400000')).toBe('1.5 h');
    expect(valueWords(entry('topic', 'flush.ms'), '9223372036854775807')).toBe('∞');
    expect(valueWords(entry('topic', 'retention.bytes'), '-1')).toBe('-1');
    expect(valueWords(entry('producer', 'linger.ms'), '5')).toBe('5 ms');
  });
  test('as people type them', () => {
    expect(typedValue(entry('topic', 'segment.bytes'), ' 1 MiB ')).toBe('1048576');
    expect(typedValue(entry('topic', 'retention.ms'), '2 h')).toBe('7200000');
    expect(typedValue(entry('topic', 'max.message.bytes'), '1,048,588')).toBe('1048588');
    expect(typedValue(entry('topic', 'segment.bytes'), '2 apples')).toBe('2 apples');
    expect(typedValue(entry('producer', 'acks'), 'all')).toBe('all');
  });
  test('a bad value is refused with the reason, in both languages', async () => {
    await loadLanguage('zh');
    expect(await checkValue('topic', 'segment.bytes', '20000', 'en')).toMatch(/1048576.*InvalidConfigurationException/);
    expect(await checkValue('topic', 'segment.bytes', '20000', 'zh')).toMatch(/1048576.*Kafka 返回/);
    expect(await checkValue('topic', 'segment.bytes', '1048576', 'en')).toBeNull();
  });
});

describe('what changed', () => {
  const summary = (change: Partial<BranchSummary>): BranchSummary => ({
    branch: 0,
    atUs: 0,
    totals: {
      sent: 0,
      acked: 0,
      failed: 0,
      failedButWritten: 0,
      pending: 0,
      lost: 0,
      atRisk: 0,
      unavailable: 0,
      duplicated: 0,
      reordered: 0,
      delivered: 0,
      behind: 0,
    },
    ack: { p50: 0, p99: 0, p50WhileHealthy: 0, p99WhileHealthy: 0, p50DuringFailover: 0, p99DuringFailover: 0 },
    leaderless: [],
    settings: [],
    errors: [],
    luck: null,
    ...change,
  });
  const setting = (key: string, value: string, set: boolean) => ({ thing: 'producer:checkout', key, value, set });

  test('by the learner, by itself, and not at all', () => {
    const base = summary({});
    const before = summary({
      totals: { ...base.totals, lost: 3 },
      ack: { ...base.ack, p50WhileHealthy: 3000, p50DuringFailover: 8_500_000 },
      leaderless: [{ partition: 'orders-0', totalUs: 8_510_000 }],
      settings: [
        setting('acks', '1', true),
        setting('enable.idempotence', 'false', false),
        setting('linger.ms', '5', false),
      ],
    });
    const after = summary({
      ack: { ...base.ack, p50WhileHealthy: 41_000, p50DuringFailover: 8_600_000 },
      leaderless: [{ partition: 'orders-0', totalUs: 8_530_000 }],
      settings: [
        setting('acks', 'all', true),
        setting('enable.idempotence', 'true', false),
        setting('linger.ms', '5', false),
      ],
    });
    const facts = changedFacts(before, after);
    expect(facts.byYou.map(({ key, from, to }) => [key, from, to])).toEqual([['acks', '1', 'all']]);
    expect(facts.byItself.map(({ key }) => key)).toEqual(['enable.idempotence']);
    expect(facts.changed.map(({ name, from, to, tone }) => [name, from, to, tone])).toEqual([
      ['panel.changed.lost', 3, 0, 'better'],
      ['panel.changed.usual', 3000, 41_000, 'worse'],
    ]);
    expect(facts.same.map(({ name }) => name)).toEqual(['panel.changed.failover', 'panel.changed.leaderless']);
  });
});

describe('verbs', () => {
  const frame = makeFrame({ situation: 'leader-dead' });
  const possible = (thing: string): string[] =>
    verbsFor(thing, frame)
      .filter((option) => option.possible)
      .map(({ spec }) => spec.verb);

  test('what is dead can be started and not killed', () => {
    expect(possible('broker:1')).toContain('broker.start');
    expect(possible('broker:1')).not.toContain('broker.kill');
    expect(possible('broker:2')).toContain('broker.kill');
    expect(verbsFor('partition:orders-0', frame).map(({ spec }) => spec.verb)).toContain('leader.elect');
  });

  test('what the thing answers is sent, what it does not is asked', () => {
    const store = createAppStore();
    const client = new FakeClient({ info: { endUs: 1 } as never, frame: () => frame }, (run) => run());
    store.getState().actions.connect(client);
    const verb = (thing: string, name: string): void => {
      sendVerb(store, verbsFor(thing, frame).find(({ spec }) => spec.verb === name)!.spec, thing);
    };
    verb('broker:2', 'broker.kill');
    verb('replica:orders-0@2', 'leader.elect');
    expect(client.requests.map((request) => 'command' in request && request.command)).toEqual([
      { do: 'broker.kill', broker: 2 },
      { do: 'leader.elect', partition: 'orders-0' },
    ]);
    verb('broker:2', 'network.cut');
    expect(store.getState().dialog).toEqual({ kind: 'link', verb: 'network.cut', from: 'broker:2', to: null });
    verb('consumer:audit', 'consumer.pause');
    expect(store.getState().dialog).toEqual({ kind: 'ask', verb: 'consumer.pause', thing: 'consumer:audit' });
  });
});

test('what is added makes a scenario that the parser takes', () => {
  const base: Scenario = { kafkascope: 1, topics: [{ name: 'orders', partitions: 3 }] };
  const more = withConsumer(withProducer(withBroker(base), 'web', 'orders'), 'audit', 'orders', 3);
  const parsed = parseScenario(JSON.stringify(more), 'more.json');
  expect(parsed.ok ? [] : parsed.problems.map(({ message }) => message)).toEqual([]);
  expect(more.cluster?.brokers).toBe(4);
});

test('files are text or they are refused', async () => {
  expect(await readTextFile(new Blob(['Grüße 你好']), 100)).toEqual({ ok: true, text: 'Grüße 你好' });
  expect(await readTextFile(new Blob([new Uint8Array([0xff, 0xfe, 0x41])]), 100)).toMatchObject({ fault: 'not-text' });
  expect(await readTextFile(new Blob(['a\0b']), 100)).toMatchObject({ fault: 'not-text' });
  expect(await readTextFile(new Blob(['long']), 3)).toMatchObject({ fault: 'too-large' });
});

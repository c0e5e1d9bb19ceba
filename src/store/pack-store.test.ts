/** The compression lab's store against a made-up worker: parts come together, older questions are not heard, links hold everything. */
import { describe, expect, test } from 'vitest';
import { fixtureParts } from '../panel/pack/fixture.ts';
import type { PackMessage, PackSpec } from '../protocol/pack.ts';
import { parseScenario } from '../protocol/parse-scenario.ts';
import { linesOf } from '../protocol/text-lines.ts';
import { chosenRow, createPackStore, isStale, type StartPackEngine } from './pack.ts';
import { packEngine } from './pack-engine.ts';
import { brokenText, packHash, readPackHash, readPackMeet } from './pack-link.ts';
import { FIRST_MEET } from './pack-meet.ts';
import { packScenario } from './pack-open.ts';
import { changedPack, FIRST_PACK, repacks } from './pack-spec.ts';
import { isLab } from './page-mode.ts';

/** A worker that answers when it is told to. */
function worker() {
  const asked: { id: number; spec: PackSpec }[] = [];
  const seen = { starts: 0, closed: 0 };
  let hear: (message: PackMessage) => void = () => undefined;
  let die: (message: string) => void = () => undefined;
  const start: StartPackEngine = (onMessage, onCrash) => {
    seen.starts += 1;
    hear = onMessage;
    die = onCrash;
    return {
      ask: (id, spec) => asked.push({ id, spec }),
      close: () => {
        seen.closed += 1;
      },
    };
  };
  const last = () => asked.at(-1) as { id: number; spec: PackSpec };
  const send = (until = Number.POSITIVE_INFINITY, to = last(), from = 0): void => {
    for (const part of fixtureParts(to.spec).slice(from, until)) hear({ type: 'part', id: to.id, part });
  };
  const done = (to = last()): void => hear({ type: 'done', id: to.id });
  return { asked, seen, start, last, send, done, hear: (m: PackMessage) => hear(m), die: (m: string) => die(m) };
}

function opened() {
  const made = worker();
  const store = createPackStore(made.start, FIRST_PACK);
  store.getState().actions.start();
  return { ...made, store, actions: store.getState().actions };
}

describe('what is shown', () => {
  test('the first answer of all is shown as it comes', () => {
    const { store, send } = opened();
    expect(store.getState().running).toBe(0);
    send(3);
    expect(store.getState().shown.records?.value.records).toBe(2000);
    expect(store.getState().shown.rows?.value.map(({ codec }) => codec)).toEqual(['none', 'snappy']);
  });

  test('a later answer replaces an older one only when all five rows are there', () => {
    const { store, send, done, actions, last } = opened();
    send();
    done();
    const before = store.getState().shown.rows;
    actions.ask({ batchSizeBytes: 65_536 });
    expect(isStale(store.getState(), before)).toBe(true);
    send(5);
    expect(store.getState().shown.rows).toBe(before);
    send(6, last(), 5);
    expect(store.getState().shown.rows?.value).toHaveLength(5);
    expect(isStale(store.getState(), store.getState().shown.rows)).toBe(false);
    expect(isStale(store.getState(), store.getState().shown.speeds)).toBe(true);
  });

  test('an older question is not heard any more', () => {
    const { store, actions, asked, hear, last } = opened();
    const first = last();
    actions.ask({ codec: 'gzip' });
    for (const part of fixtureParts(first.spec)) hear({ type: 'part', id: first.id, part });
    hear({ type: 'failed', id: first.id, message: 'old' });
    hear({ type: 'done', id: first.id });
    expect(store.getState()).toMatchObject({ shown: { rows: null, speeds: null }, failed: null, running: 0 });
    expect(asked.map(({ spec }) => spec.codec)).toEqual(['zstd', 'gzip']);
  });

  test('asking for what is there already runs nothing', () => {
    const { asked, actions } = opened();
    actions.ask({ codec: 'zstd' });
    expect(asked).toHaveLength(1);
    actions.again();
    expect(asked).toHaveLength(2);
  });

  test('a refusal keeps what was shown, and says why by its key', () => {
    const { store, send, done, actions, hear, last } = opened();
    send();
    done();
    actions.ask({ lingerMs: 7 });
    hear({ type: 'failed', id: last().id, message: 'm', why: { key: 'pack.fail.linger', params: { value: '7' } } });
    const { failed, shown, running } = store.getState();
    expect(failed).toEqual({ kind: 'refused', message: 'm', why: { key: 'pack.fail.linger', params: { value: '7' } } });
    expect(shown.rows?.value).toHaveLength(5);
    expect(running).toBeNull();
  });

  test('a worker that dies is started again with the same question; nothing is lost', () => {
    const { store, send, actions, die, seen, last } = opened();
    send();
    actions.ask({ codec: 'lz4' });
    die('out of memory');
    expect(store.getState().failed).toMatchObject({ kind: 'crashed', message: 'out of memory' });
    expect(chosenRow(store.getState())?.codec).toBe('lz4');
    actions.again();
    expect(seen.starts).toBe(2);
    expect(last().spec.codec).toBe('lz4');
    expect(store.getState().failed).toBeNull();
  });

  test('a worker that cannot be made is a crash too', () => {
    const store = createPackStore(() => {
      throw new Error('no worker');
    }, FIRST_PACK);
    store.getState().actions.start();
    expect(store.getState().failed).toMatchObject({ kind: 'crashed', message: 'no worker' });
  });

  test('after closing nothing is heard', () => {
    const { store, send, actions, seen, last } = opened();
    const first = last();
    actions.close();
    send(Number.POSITIVE_INFINITY, first);
    expect(store.getState().shown.rows).toBeNull();
    expect(seen.closed).toBe(1);
  });
});

test('the worker’s own errors come once, and end it', () => {
  const listeners = new Map<string, (event: never) => void>();
  const posted: unknown[] = [];
  let ended = 0;
  const heard: unknown[] = [];
  const crashes: string[] = [];
  const engine = packEngine(() => ({
    postMessage: (message) => posted.push(message),
    addEventListener: (type: string, listener: (event: never) => void) => listeners.set(type, listener),
    terminate: () => {
      ended += 1;
    },
  }))(
    (message) => heard.push(message),
    (message) => crashes.push(message),
  );
  engine.ask(3, FIRST_PACK);
  expect(posted).toEqual([{ type: 'pack', id: 3, spec: FIRST_PACK }]);
  listeners.get('message')?.({ data: { type: 'done', id: 3 } } as never);
  listeners.get('error')?.({ message: '' } as never);
  listeners.get('messageerror')?.({} as never);
  listeners.get('message')?.({ data: { type: 'done', id: 4 } } as never);
  expect(heard).toEqual([{ type: 'done', id: 3 }]);
  expect(crashes).toEqual(['The worker could not start.']);
  expect(ended).toBe(1);
});

describe('settings that go together', () => {
  test('a level belongs to its codec', () => {
    const leveled = changedPack(FIRST_PACK, { level: 19 });
    expect(leveled.level).toBe(19);
    expect(changedPack(leveled, { codec: 'gzip' }).level).toBeNull();
    expect(changedPack(leveled, { lingerMs: 9 }).level).toBe(19);
    expect(changedPack(changedPack(FIRST_PACK, { codec: 'snappy' }), { level: 3 }).level).toBeNull();
  });

  test('zstd goes with v2 only (KIP-110), for the producer and for the topic', () => {
    const topic = changedPack(FIRST_PACK, { brokerCodec: 'zstd' });
    expect(changedPack(topic, { magic: 1 })).toMatchObject({ codec: 'lz4', brokerCodec: 'producer', level: null });
    expect(changedPack(topic, { codec: 'gzip' })).toMatchObject({ codec: 'gzip', brokerCodec: 'zstd' });
  });

  test('the broker packs anew when the topic names another codec', () => {
    expect(repacks('zstd', 'producer')).toBe(false);
    expect(repacks('zstd', 'zstd')).toBe(false);
    expect(repacks('zstd', 'gzip')).toBe(true);
    expect(repacks('zstd', 'uncompressed')).toBe(true);
    expect(repacks('none', 'uncompressed')).toBe(false);
  });
});

describe('links', () => {
  const places: readonly Partial<PackSpec>[] = [
    {},
    { codec: 'gzip', level: 9, batchSizeBytes: 32_768, lingerMs: 50, ratePerSecond: 1000 },
    { codec: 'lz4', magic: 1, source: { kind: 'sample', name: 'orders' } },
    { codec: 'none', brokerCodec: 'uncompressed', batchSizeBytes: 0 },
    { codec: 'zstd', level: -7, source: { kind: 'text', name: 'mein & log.txt', text: 'ä\nb\r\n\n日本' } },
  ];
  test.each(places)('%o opens as it was', (change) => {
    const spec = { ...FIRST_PACK, ...change };
    const { hash, whole } = packHash(spec);
    expect(whole).toBe(true);
    expect(isLab(hash)).toBe(true);
    expect(readPackHash(hash)).toEqual(spec);
  });

  test('the versions that meet are in it', () => {
    const meet = { producer: '4.3', broker: '2.8', consumer: '0.9', codec: 'none' } as const;
    expect(readPackMeet(packHash(FIRST_PACK, meet).hash)).toEqual(meet);
    expect(readPackMeet('#batch?meet=1~2~3~none')).toEqual(FIRST_MEET);
    expect(readPackMeet('#batch')).toEqual(FIRST_MEET);
  });

  test('what cannot be read has its default', () => {
    expect(readPackHash('#batch')).toEqual(FIRST_PACK);
    expect(
      readPackHash('#batch?codec=brotli&batch=-3&linger=x&rate=1e9&format=3&topic=all&sample=../x&level=99'),
    ).toEqual(FIRST_PACK);
    expect(readPackHash('#batch?format=0&codec=zstd')).toMatchObject({ magic: 0, codec: 'lz4' });
    expect(isLab('#batches')).toBe(false);
  });

  test('a text too large for a link is left out, and said', () => {
    let state = 1;
    const noise = Array.from({ length: 20_000 }, () => {
      state = Math.imul(state, 1_103_515_245) + 12_345;
      return (state >>> 8).toString(36);
    }).join('\n');
    const spec: PackSpec = { ...FIRST_PACK, source: { kind: 'text', name: 'noise', text: noise } };
    const { hash, whole } = packHash(spec);
    expect(whole).toBe(false);
    expect(hash.length).toBeLessThan(200);
    expect(readPackHash(hash).source).toEqual(FIRST_PACK.source);
  });

  test('a damaged text is said, and a sample stands in', () => {
    const { hash } = packHash({ ...FIRST_PACK, source: { kind: 'text', name: 'a', text: 'hello hello\n'.repeat(40) } });
    expect(brokenText(hash)).toBe(false);
    // Cut, and with one letter of its checksum changed.
    const changed = `${hash.slice(0, -3)}${hash.at(-3) === 'A' ? 'B' : 'A'}${hash.slice(-2)}`;
    for (const damaged of [hash.slice(0, -4), changed]) {
      expect(brokenText(damaged)).toBe(true);
      expect(readPackHash(damaged).source).toEqual(FIRST_PACK.source);
    }
  });
});

test('on the stage the producer has these settings and these records', () => {
  const text = 'one\ntwo\nthree\n';
  const spec = { ...FIRST_PACK, codec: 'gzip', level: 9, lingerMs: 50, brokerCodec: 'zstd' } as const;
  const scenario = packScenario(spec, text, 'mine');
  const parsed = parseScenario(JSON.stringify(scenario), 'x');
  expect(parsed.ok && parsed.warnings).toEqual([]);
  expect(scenario.producers?.[0]?.config).toEqual({
    'compression.type': 'gzip',
    'compression.gzip.level': '9',
    'batch.size': '16384',
    'linger.ms': '50',
  });
  expect(scenario.producers?.[0]?.workload?.count).toBe(linesOf(text).length);
  expect(scenario.topics[0]?.config).toEqual({ 'compression.type': 'zstd' });
});

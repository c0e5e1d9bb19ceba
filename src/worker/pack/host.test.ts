/** The worker's host: parts in order, progress, and who gives way to whom. */
import { expect, test } from 'vitest';
import type { PackMessage, PackSpec } from '../../protocol/pack.ts';
import { PackFailure } from './failure.ts';
import { PackHost } from './host.ts';
import type { PackStep } from './pack.ts';

const SPEC = { codec: 'gzip' } as PackSpec;
const CLAIMS: PackStep = { part: { part: 'claims', claims: [] } };

/** A clock that goes on by 5 ms with each look, and turns that the test takes. */
function hosted(begin: (spec: PackSpec) => Promise<Generator<PackStep, void, void>>) {
  const heard: PackMessage[] = [];
  const turns: (() => void)[] = [];
  let ms = 0;
  const clock = {
    now: () => {
      ms += 5;
      return ms;
    },
    later: (callback: () => void) => void turns.push(callback),
  };
  const host = new PackHost({ begin }, clock, (message) => heard.push(message));
  const settled = async (): Promise<void> => {
    for (let i = 0; i < 5; i++) await Promise.resolve();
  };
  return { host, heard, turns, settled };
}

function* steps(count: number): Generator<PackStep, void, void> {
  for (let i = 0; i < count; i++) yield { progress: i / count };
  yield CLAIMS;
}

test('progress now and then, then the parts, then done', async () => {
  const { host, heard, turns, settled } = hosted(async () => steps(40));
  host.send({ type: 'pack', id: 1, spec: SPEC });
  await settled();
  while (turns.length > 0) turns.shift()?.();
  const progress = heard.filter(({ type }) => type === 'progress');
  expect(progress.length).toBeGreaterThan(3);
  expect(progress.length).toBeLessThan(20);
  expect(heard.slice(-2)).toEqual([
    { type: 'part', id: 1, part: { part: 'claims', claims: [] } },
    { type: 'done', id: 1 },
  ]);
});

test('cancel is heard between two slices: nothing more comes', async () => {
  const { host, heard, turns, settled } = hosted(async () => steps(40));
  host.send({ type: 'pack', id: 1, spec: SPEC });
  await settled();
  expect(turns).toHaveLength(1);
  host.send({ type: 'cancel' });
  const before = heard.length;
  while (turns.length > 0) turns.shift()?.();
  expect(heard).toHaveLength(before);
});

test('a newer question takes the place of the older one, at work or still loading', async () => {
  const { host, heard, turns, settled } = hosted(async () => steps(3));
  host.send({ type: 'pack', id: 1, spec: SPEC });
  await settled();
  host.send({ type: 'pack', id: 2, spec: SPEC });
  host.send({ type: 'pack', id: 3, spec: SPEC });
  await settled();
  while (turns.length > 0) turns.shift()?.();
  expect(heard.filter(({ type }) => type === 'done')).toEqual([{ type: 'done', id: 3 }]);
  expect(heard.some((message) => 'id' in message && message.id === 2)).toBe(false);
});

test('what cannot be answered is told with its key; a fault of the program with its message', async () => {
  const failing = hosted(async () => {
    throw new PackFailure('pack.fail.empty', { name: 'mine' });
  });
  failing.host.send({ type: 'pack', id: 1, spec: SPEC });
  await failing.settled();
  expect(failing.heard).toEqual([
    {
      type: 'failed',
      id: 1,
      message: 'mine has no records. One line is one record; paste or drop at least one.',
      why: { key: 'pack.fail.empty', params: { name: 'mine' } },
    },
  ]);
  const broken = hosted(async () => {
    // biome-ignore lint/correctness/useYield: it breaks before it comes to one
    return (function* (): Generator<PackStep, void, void> {
      throw new Error('a fault');
    })();
  });
  broken.host.send({ type: 'pack', id: 7, spec: SPEC });
  await broken.settled();
  expect(broken.heard).toEqual([{ type: 'failed', id: 7, message: 'a fault' }]);
});

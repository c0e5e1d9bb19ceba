/** What the live region says: the important first, counted when it is much, nothing of no weight while it plays. */
import { expect, test } from 'vitest';
import { hasText } from '../text/index.ts';
import { type Heard, NOTHING, sentence, type Waiting } from './announce.ts';

const line = (key: string, tone: Heard['tone']): Heard => ({ line: { key, params: {} }, tone });
const waiting = (change: Partial<Waiting>): Waiting => ({ ...NOTHING, sinceMs: 0, ...change });
const keys = (pieces: ReturnType<typeof sentence>): string[] | null =>
  pieces === null ? null : pieces.map((piece) => (typeof piece === 'string' ? piece : piece.key));

test('harm is said before what is good, and plain lines only to who steps', () => {
  const lines = [line('plain', 'plain'), line('good', 'good'), line('harm', 'harm')];
  expect(keys(sentence(waiting({ lines }), 4000, true))).toEqual(['harm', 'good']);
  expect(keys(sentence(waiting({ lines: [line('plain', 'plain')] }), 4000, true))).toBeNull();
  expect(keys(sentence(waiting({ lines: [line('plain', 'plain')] }), 4000, false))).toEqual(['plain']);
});

test('a refused value comes first of all', () => {
  const refused = 'Not set: acks = 7.';
  expect(sentence(waiting({ refused, lines: [line('harm', 'harm')] }), 0, true)).toEqual([refused]);
});

test('much at once is counted: in the last 10 s, 2 elections, 3 records lost', () => {
  const lines = [1, 2, 3, 4].map((n) => line(`line-${n}`, 'harm'));
  const counts = { elections: 2, isr: 0, groups: 0, losses: 1 };
  expect(sentence(waiting({ lines, counts, lost: 3 }), 10_000, true)).toEqual([
    { key: 'device.say.last', params: { seconds: 10 } },
    { key: 'device.say.losses', params: { count: 3 } },
    { key: 'device.say.elections', params: { count: 2 } },
  ]);
});

test('a moment that was gone to says its time and what the cluster waits for', () => {
  const moment = { atUs: 12_417_000, caption: { key: 'wait.flow', params: {} } };
  expect(keys(sentence(waiting({ moment }), 0, false))).toEqual(['device.say.at', 'wait.flow']);
});

test('all it says is there', () => {
  const kinds = ['last', 'at', 'losses', 'elections', 'groups', 'isr'];
  expect(kinds.filter((kind) => !hasText(`device.say.${kind}`))).toEqual([]);
});

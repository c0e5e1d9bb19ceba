import { expect, test } from 'vitest';
import type { EngineRequest } from '../protocol/engine-client.ts';
import type { Scenario } from '../protocol/scenario.ts';
import { neededCodecs as needed } from './needed-codecs.ts';

const neededCodecs = (message: object) => needed(message, (type) => type === 'none');

const open = (scenario: Partial<Scenario>): EngineRequest => ({
  type: 'open',
  scenario: { kafkascope: 1, topics: [{ name: 't' }], ...scenario },
  atUs: 0,
});

test('a scenario without compression needs none, and neither do moving and looking', () => {
  expect(neededCodecs(open({ producers: [{ id: 'p', config: { acks: '1' } }] }))).toEqual([]);
  expect(neededCodecs({ type: 'grant', toUs: 5, watch: false })).toEqual([]);
});

test('a producer’s, a topic’s, a broker’s codec and a step that sets one are seen', () => {
  const three = ['gzip', 'snappy', 'lz4'];
  expect(neededCodecs(open({ producers: [{ id: 'p', config: { 'compression.type': 'lz4' } }] }))).toEqual(three);
  expect(neededCodecs(open({ topics: [{ name: 't', config: { 'compression.type': 'gzip' } }] }))).toEqual(three);
  const step = { atMs: 5, do: 'config.set', scope: 'topic', entity: 't', key: 'compression.type', value: 'snappy' };
  expect(neededCodecs(open({ steps: [step as never] }))).toEqual(three);
  expect(neededCodecs({ type: 'command', command: step })).toEqual(three);
});

test('zstd comes where it is named, or where a codec has a number', () => {
  expect(neededCodecs(open({ producers: [{ id: 'p', config: { 'compression.type': 'zstd' } }] }))).toContain('zstd');
  const numbered = { 'offsets.topic.compression.codec': '4' };
  expect(neededCodecs(open({ cluster: { config: numbered } as never }))).toContain('zstd');
});

test('what is here is not asked for again', () => {
  const message = open({ producers: [{ id: 'p', config: { 'compression.type': 'zstd' } }] });
  expect(needed(message, (type) => type !== 'lz4')).toEqual(['lz4']);
  // In Node all codecs are there from the start.
  expect(needed(message)).toEqual([]);
});

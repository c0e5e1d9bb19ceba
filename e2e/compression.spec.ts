/** Codecs in the engine's worker: loaded before time is granted to a world that needs them, and only then. */
import '../src/cli/node-codecs.ts';
import type { Result } from '../src/protocol/result.ts';
import type { Scenario } from '../src/protocol/scenario.ts';
import { hiddenRun } from '../src/worker/hidden-run.ts';
import { ENGINE } from '../src/worker/parts.ts';
import { expect, type Scope, shipped, test } from './page.ts';

function inNode(scenario: Scenario, untilUs: number): Result {
  const run = hiddenRun(ENGINE, scenario, untilUs);
  for (;;) {
    const next = run.next();
    if (next.done === true) return next.value.result;
  }
}

/** Codecs that have been fetched so far. */
function codecsFetched(scope: Scope): string[] {
  const fetched: string[] = [];
  scope.page.context().on('response', (response) => {
    const name = /\/(gzip|snappy|lz4|zstd)-[\w-]+\.js$/.exec(new URL(response.url()).pathname)?.[1];
    if (name !== undefined) fetched.push(name);
  });
  return fetched;
}

test('traces with codecs have the same history in Node and in the worker', async ({ scope }) => {
  await scope.openPaused();
  for (const name of ['e1-codecs', 'e1-topic-codecs', 'f1-too-large']) {
    const scenario = shipped(name);
    const here = inNode(scenario, 20_000_000);
    const there = await scope.ask({ ask: 'run', scenario, untilUs: 20_000_000 });
    expect(there, name).toEqual(JSON.parse(JSON.stringify(here)));
  }
});

test('setting a producer’s codec while it plays fetches the codecs first; until then none comes', async ({ scope }) => {
  const fetched = codecsFetched(scope);
  await scope.openPaused();
  await scope.seek(6_000_000);
  expect(fetched).toEqual([]);
  const codecs = async (): Promise<Record<string, number>> =>
    (await scope.ask({ ask: 'result' })).partitions['orders-0']!.codecs;
  for (const [codec, from] of [
    ['zstd', 'start'],
    ['lz4', 'now'],
  ] as const) {
    await scope.page.evaluate(
      ([value, when]) =>
        window
          .kafkascope!.state()
          .actions.configure([{ scope: 'producer', entity: 'checkout', key: 'compression.type', value }], when),
      [codec, from] as const,
    );
    await scope.settled();
    await scope.seek(codec === 'zstd' ? 6_000_000 : 9_000_000);
    const seen = await codecs();
    expect(seen[codec]).toBeGreaterThan(0);
    expect(seen.none).toBeUndefined();
  }
  expect(fetched.toSorted()).toEqual(['gzip', 'lz4', 'snappy', 'zstd']);
  const scenario = await scope.ask({ ask: 'scenario' });
  const { hash } = await scope.hash();
  expect(inNode(scenario, 9_000_000).hash).toBe(hash);
});

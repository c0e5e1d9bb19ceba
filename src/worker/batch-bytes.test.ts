/** The two questions of the byte explorer through the client: the bytes of a batch at this moment, and the file it lies in. */
import { expect, test } from 'vitest';
import { byteMapOf, byteMapsOf } from '../kafka/records/explore/byte-map.ts';
import { judge } from '../kafka/records/explore/judge.ts';
import type { EngineClient } from '../protocol/engine-client.ts';
import { DEFAULT_SCENARIO } from '../scenario/default.ts';
import { InProcessClient } from './in-process-client.ts';
import { ENGINE } from './parts.ts';

/** Seeks and waits for the frame of that moment. */
function seek(client: EngineClient, atUs: number): Promise<void> {
  return new Promise((resolve) => {
    const stop = client.subscribe((message) => {
      if (message.type !== 'frame' || message.frame.atUs < atUs) return;
      stop();
      resolve();
    });
    client.send({ type: 'seek', atUs });
  });
}

test('a batch, its neighbours and its segment file, as they are at the moment asked', async () => {
  const client = new InProcessClient(ENGINE);
  client.send({ type: 'open', scenario: DEFAULT_SCENARIO, atUs: 0 });
  expect(await client.ask({ ask: 'batch-bytes', thing: 'partition:orders-0', offset: 0 })).toBeNull();
  await seek(client, 2_000_000);
  const first = await client.ask({ ask: 'batch-bytes', thing: 'partition:orders-0', offset: 0 });
  expect(first).toMatchObject({ partition: 'orders-0', index: 0, previous: null, segment: '00000000000000000000.log' });
  const bytes = first?.bytes as Uint8Array;
  expect(byteMapOf(bytes)).toMatchObject({ magic: 2, failure: null, recordCount: first?.place.records });
  expect(judge(bytes, bytes).testimonies.some(({ notices }) => notices)).toBe(false);
  const next = await client.ask({
    ask: 'batch-bytes',
    thing: 'partition:orders-0',
    offset: first?.next?.baseOffset as number,
  });
  expect(next?.previous).toEqual(first?.place);
  const file = await client.ask({ ask: 'segment-file', thing: 'partition:orders-0', offset: 0 });
  const maps = byteMapsOf(file?.bytes as Uint8Array);
  expect(maps.length).toBe(first?.count);
  expect(maps.every(({ failure }) => failure === null)).toBe(true);
  client.close();
});

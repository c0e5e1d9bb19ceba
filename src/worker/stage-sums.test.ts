/** The sums of what the stage shows are the ledger's numbers: they read the same frame. */
import { describe, expect, test } from 'vitest';
import type { EngineMessage } from '../protocol/engine-client.ts';
import type { Frame } from '../protocol/frame.ts';
import type { Scenario } from '../protocol/scenario.ts';
import { InProcessClient } from './in-process-client.ts';
import { ENGINE } from './parts.ts';

const SCENARIO: Scenario = {
  kafkascope: 1,
  title: 'Sums',
  seed: 5,
  untilMs: 40_000,
  cluster: { version: '4.3', brokers: 3 },
  topics: [{ name: 'orders', partitions: 6, replicationFactor: 3 }],
  producers: [
    { id: 'web', config: { acks: '1' }, workload: { topic: 'orders', ratePerSecond: 300 } },
    { id: 'batch', config: { acks: 'all' }, workload: { topic: 'orders', ratePerSecond: 200 } },
  ],
  consumers: [
    { id: 'audit', assign: ['orders-0', 'orders-3'] },
    { id: 'c1', config: { 'group.id': 'billing' }, subscribe: ['orders'], processMs: 2 },
    { id: 'c2', config: { 'group.id': 'billing' }, subscribe: ['orders'], processMs: 5 },
    { id: 'd1', config: { 'group.id': 'search' }, subscribe: ['orders'] },
  ],
  steps: [{ atMs: 12_000, do: 'broker.kill', broker: 1 }],
};

async function framesAt(times: readonly number[], columns?: readonly string[]): Promise<Frame[]> {
  const client = new InProcessClient(ENGINE);
  const frames: Frame[] = [];
  const next = (): Promise<Frame> =>
    new Promise((resolve, reject) => {
      const stop = client.subscribe((message: EngineMessage) => {
        if (message.type === 'crashed') reject(new Error(message.message));
        if (message.type !== 'frame') return;
        stop();
        resolve(message.frame);
      });
    });
  if (columns !== undefined)
    client.send({
      type: 'view',
      view: { selection: null, tab: 'parameters', windowRecords: 24, scroll: {}, columns },
    });
  for (const [i, atUs] of times.entries()) {
    const frame = next();
    client.send(i === 0 ? { type: 'open', scenario: SCENARIO, atUs } : { type: 'seek', atUs });
    frames.push(await frame);
  }
  client.close();
  return frames;
}

const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);

describe('what stands on the stage adds up', () => {
  test('at risk, read and behind are the ledger’s numbers, also while a leader is dead', async () => {
    let grouped = 0;
    for (const frame of await framesAt([6_300_000, 11_000_000, 12_400_000, 16_000_000, 30_000_000])) {
      const { totals } = frame;
      expect(sum(frame.partitions.map((p) => p.atRisk))).toBe(totals.atRisk);
      const members = new Set(frame.groups.flatMap((g) => g.members.map((m) => m.consumer)));
      const readers = frame.consumers.filter((c) => !members.has(c.id));
      const held = frame.groups.flatMap((g) => g.partitions.filter((p) => p.owner !== null && p.position >= 0));
      grouped += held.length;
      const unread = sum(held.map((p) => Math.max(0, p.hw - p.position)));
      expect(unread + sum(readers.flatMap((c) => c.positions.map((p) => p.lag)))).toBe(totals.behind);
      for (const g of frame.groups)
        for (const p of g.partitions) {
          expect(p.hw).toBe(frame.partitions.find((x) => x.name === p.partition)?.hw);
          if (p.owner !== null) expect(g.members.find((m) => m.consumer === p.owner)?.owned).toContain(p.partition);
        }
    }
    expect(grouped).toBeGreaterThan(20);
  });

  test('records come only for the columns that are in view, and all else is the same', async () => {
    const [all] = await framesAt([7_000_000]);
    const [some] = await framesAt([7_000_000], ['orders-2']);
    for (const p of some?.partitions ?? [])
      for (const r of p.replicas) expect(r.log.keys.length > 0).toBe(p.name === 'orders-2' && r.leo > 0);
    const bare = (frame: Frame | undefined) =>
      frame?.partitions.map((p) => ({ ...p, replicas: p.replicas.map((r) => ({ ...r, log: null })) }));
    expect(bare(some)).toEqual(bare(all));
    expect(some?.totals).toEqual(all?.totals);
  });
});

/** Batches and segment files of real runs, byte for byte: what Kafka's dump tool printed of the same files, and read back. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runScenario } from '../../cli/run-scenario.ts';
import { decodeBatch } from '../../kafka/records/record-batch.ts';
import { validateScenario } from '../../protocol/parse-scenario.ts';
import type { World } from '../kernel/world.ts';
import { remainingBatches } from '../log/cleaned-log.ts';
import { segmentsOf } from '../log/segments.ts';
import { batchBytesOf, segmentFileOf } from './batch-bytes.ts';

function run(name: string): World {
  const file = readFileSync(new URL(`../../scenario/${name}.json`, import.meta.url), 'utf8');
  const parsed = validateScenario(JSON.parse(file), name);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return runScenario(parsed);
}

/** Every batch of a file, as DumpLogSegments lists them. */
function dump(bytes: Uint8Array): { baseOffset: number; position: number; size: number; crc: number }[] {
  const rows = [];
  for (let position = 0; position < bytes.length; ) {
    const { batch, baseOffset, nextOffset } = decodeBatch(bytes, position);
    rows.push({ baseOffset, position, size: batch.sizeInBytes, crc: batch.crc });
    position = nextOffset;
  }
  return rows;
}

describe('a compacted log (e3)', () => {
  const w = run('e3-compaction');

  test('its segment file is what DumpLogSegments --deep-iteration read of it', () => {
    const file = segmentFileOf(w, 'partition:facts-0', 20);
    expect(file?.name).toBe('00000000000000000000.log');
    expect(dump(file?.bytes as Uint8Array)).toEqual(
      [727117652, 1666948666, 4123755089, 2842096156, 2809711611, 216813088, 230154318, 3325547152, 706021].map(
        (crc, i) => ({ baseOffset: 33 + i, position: 73 * i, size: i === 8 ? 74 : 73, crc }),
      ),
    );
    const active = segmentFileOf(w, 'replica:facts-0@1', 42);
    expect(active?.name).toBe('00000000000000000042.log');
    expect(dump(active?.bytes as Uint8Array)).toEqual([{ baseOffset: 42, position: 0, size: 74, crc: 2769116703 }]);
  });

  test('what compaction took is in no batch; its neighbours are those that are left', () => {
    expect(batchBytesOf(w, 'partition:facts-0', 12)).toBeNull();
    expect(batchBytesOf(w, 'partition:facts-0', 33)).toMatchObject({ index: 0, count: 10, previous: null });
    const last = batchBytesOf(w, 'partition:facts-0', 42);
    expect(last).toMatchObject({ index: 9, previous: { baseOffset: 41 }, next: null });
    expect(last?.segment).toBe('00000000000000000042.log');
  });
});

describe('a log that rolled and lost its beginning to retention (e4)', () => {
  const w = run('e4-retention-size');

  test('each segment is a file of its own; what is deleted is in none', () => {
    const file = segmentFileOf(w, 'partition:logs-0', 34);
    expect(file?.name).toBe('00000000000000000030.log');
    const rows = dump(file?.bytes as Uint8Array);
    expect(rows.map((row) => row.baseOffset)).toEqual([30, 31, 32, 33, 34, 35, 36, 37, 38, 39]);
    expect(rows[9]).toEqual({ baseOffset: 39, position: 900648, size: 100072, crc: 717751478 });
    expect(segmentFileOf(w, 'partition:logs-0', 29)).toBeNull();
    expect(batchBytesOf(w, 'partition:logs-0', 29)).toBeNull();
    expect(batchBytesOf(w, 'partition:logs-0', 40)?.segment).toBe('00000000000000000040.log');
  });

  test('there is nothing at the log end, nor in logs that are not', () => {
    const replica = w.replicas.find((r) => r !== null);
    expect(segmentFileOf(w, 'partition:logs-0', replica?.leo as number)).toBeNull();
    expect(batchBytesOf(w, 'partition:logs-0', replica?.leo as number)).toBeNull();
    for (const thing of ['partition:none-0', 'replica:logs-0@7', 'broker:1', ''])
      expect([batchBytesOf(w, thing, 0), segmentFileOf(w, thing, 0)]).toEqual([null, null]);
  });
});

describe('a cluster that compresses (e1)', () => {
  const w = run('e1-codecs');

  test.each(['none', 'gzip', 'snappy', 'lz4', 'zstd'])(
    '%s: each replica’s file holds all records, packed by it',
    (codec) => {
      for (const broker of [1, 2, 3]) {
        const file = segmentFileOf(w, `replica:${codec}-0@${broker}`, 0)?.bytes as Uint8Array;
        let records = 0;
        for (let at = 0; at < file.length; ) {
          const { batch, nextOffset } = decodeBatch(file, at);
          expect(batch.compression).toBe(codec);
          records += batch.records.length;
          at = nextOffset;
        }
        // As DumpLogSegments --deep-iteration counted in the same file.
        expect(records).toBe(2000);
      }
    },
  );
});

describe('every log of the default scenario, the internal ones too', () => {
  const w = run('default');

  test('each segment file has the size of its segment, and its batches are those asked for one by one', () => {
    const topics = new Set<string>();
    for (const r of w.replicas) {
      if (r === null || r === undefined) continue;
      const { name = '', topic = '' } = w.partitions[r.partition] ?? {};
      const thing = `replica:${name}@${r.broker}`;
      for (const segment of segmentsOf(r)) {
        const file = segmentFileOf(w, thing, segment.base);
        if (segment.sizeBytes === 0) continue;
        topics.add(topic);
        expect(file?.bytes.length).toBe(segment.sizeBytes);
        const rows = dump(file?.bytes as Uint8Array);
        for (const row of [rows[0], rows[rows.length >> 1], rows.at(-1)]) {
          if (row === undefined) continue;
          const one = batchBytesOf(w, thing, row.baseOffset);
          expect(one).toMatchObject({ partition: name, broker: r.broker, segment: file?.name });
          expect(one?.bytes).toEqual(file?.bytes.slice(row.position, row.position + row.size));
        }
      }
      expect(dump(segmentFileOf(w, thing, 0)?.bytes ?? new Uint8Array(0)).length).toBe([...remainingBatches(r)].length);
    }
    expect([...topics].sort()).toEqual(['__consumer_offsets', 'orders']);
  });
});

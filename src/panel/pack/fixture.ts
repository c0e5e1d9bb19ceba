/** A made-up answer of the compression lab's worker, for tests. Nothing that is built for people imports it. */
import type { CompressionType } from '../../kafka/records/codec.ts';
import type { PackClaim, PackPart, PackRow, PackSpec, PackSpeed } from '../../protocol/pack.ts';

const PLAIN = 320_000;
const RATIOS: Readonly<Record<CompressionType, number>> = { none: 1, snappy: 3.6, lz4: 3.7, gzip: 6.4, zstd: 6.2 };

export function fixtureRow(codec: CompressionType, spec: PackSpec): PackRow {
  const ratio = RATIOS[codec];
  const bytes = Math.round(PLAIN / ratio);
  return {
    codec,
    how: 'engine',
    level: null,
    records: 2000,
    batches: Math.ceil(PLAIN / Math.max(1, spec.batchSizeBytes)),
    sentBytes: bytes,
    storedBytes: bytes,
    wireBytes: bytes * 4,
    replicaBytes: bytes * 3,
    plainBytes: PLAIN,
    ratio,
    sentRatio: ratio,
    workUs: 0,
    processorShare: 0,
    savedBytes: (PLAIN - bytes) * 4,
    work: [],
    durationUs: 1_000_000,
    list: [],
  };
}

const speed = (codec: CompressionType): PackSpeed => ({
  codec,
  compressMBps: 100,
  decompressMBps: 200,
  repeats: 9,
  warmUps: 2,
  plainBytes: PLAIN,
  batches: 20,
  library: 'fixture 1.0.0',
});

const ratioClaim: PackClaim = {
  id: 'ratio.lz4-gzip',
  about: 'ratio',
  order: ['lz4', 'gzip'],
  figures: [
    { codec: 'lz4', value: 3.7 },
    { codec: 'gzip', value: 6.4 },
  ],
  holds: false,
};

/** The parts in the worker's order. */
export function fixtureParts(spec: PackSpec): PackPart[] {
  const codecs: readonly CompressionType[] = ['none', 'snappy', 'lz4', 'gzip', 'zstd'];
  const packing = codecs.filter((codec) => codec !== 'none');
  const name = spec.source.name;
  return [
    { part: 'records', records: { name, records: 2000, valueBytes: 300_000, head: ['a', 'b'], origin: null } },
    ...codecs.map((codec): PackPart => ({ part: 'row', row: fixtureRow(codec, spec) })),
    { part: 'batches', magic: spec.magic, batches: [new Uint8Array(70)] },
    { part: 'formats', formats: [] },
    ...packing.map(
      (codec): PackPart => ({
        part: 'curve',
        curve: {
          codec,
          points: [256, 4096, 65_536, 300_000].map((batchBytes, i) => ({
            batchBytes,
            ratio: 1 + ((RATIOS[codec] - 1) * (i + 1)) / 4,
          })),
          endBytes: 300_000,
        },
      }),
    ),
    { part: 'claims', claims: [ratioClaim] },
    ...packing.map((codec): PackPart => ({ part: 'speed', speed: speed(codec) })),
    { part: 'claims', claims: [ratioClaim] },
  ];
}

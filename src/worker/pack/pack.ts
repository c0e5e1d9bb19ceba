/**
 * One question of the compression lab, answered part by part. Pure but for the clock that measures speeds: everything else is the
 * same on every machine. The codecs that it needs are loaded before.
 */
import type { EngineParts } from '../../engine/kernel/history/branch.ts';
import { PACK_CODECS, type PackPart, type PackRow, type PackSpec } from '../../protocol/pack.ts';
import { claimsOf } from './claims.ts';
import { curveOf } from './curve.ts';
import { type PackData, recordsPart } from './data.ts';
import { measuredOf } from './engine-row.ts';
import { formatsOf } from './formats.ts';
import { packSets } from './legacy-run.ts';
import { type Measured, rowOf } from './measured.ts';
import { checkRecords, runCodec } from './run.ts';
import { checkSpec, levelFor } from './spec.ts';
import { type Clock, payloadsOf, speedsOf } from './speed.ts';

export type PackStep = { readonly part: PackPart } | { readonly progress: number };

/** Parts of the whole, as long as they roughly take. */
const ROWS = 0.35;
const CURVES = 0.15;
const SPEEDS = 1 - ROWS - CURVES;

/** Throws a PackFailure for a question that cannot be answered. */
export function* packOf(
  parts: EngineParts,
  spec: PackSpec,
  data: PackData,
  clock: Clock,
): Generator<PackStep, void, void> {
  checkSpec(spec);
  checkRecords(data);
  yield { part: { part: 'records', records: recordsPart(data) } };

  const codecs = PACK_CODECS.filter((codec) => spec.magic === 2 || codec !== 'zstd');
  const all: Measured[] = [];
  const rows: PackRow[] = [];
  for (const codec of codecs) {
    const from = rows.length / codecs.length;
    const run = measure(parts, spec, codec, data);
    const measured = yield* within(run, from * ROWS, ROWS / codecs.length);
    all.push(measured);
    const row = rowOf(measured, all[0] as Measured);
    rows.push(row);
    yield { part: { part: 'row', row } };
  }
  yield* chosenBatches(spec, all);
  const packing = codecs.filter((codec) => codec !== 'none');
  const drawn = PACK_CODECS.filter((codec) => codec !== 'none');
  for (const [i, codec] of drawn.entries()) {
    const points = curveOf(spec, codec, data.values);
    const curve = yield* within(points, ROWS + (CURVES * i) / drawn.length, CURVES / drawn.length);
    yield { part: { part: 'curve', curve } };
  }
  yield { part: { part: 'claims', claims: claimsOf(rows, []) } };

  const { batchesOf, batches } = all[0] as Measured;
  const payloads = payloadsOf(batches, (at) => batchesOf.plain(at));
  const subjects = packing.map((codec) => ({ codec, level: levelFor(spec, codec) }));
  const speeds = yield* within(speedsOf(subjects, payloads, spec.magic, clock), ROWS + CURVES, SPEEDS);
  for (const speed of speeds) yield { part: { part: 'speed', speed } };
  yield { part: { part: 'claims', claims: claimsOf(rows, speeds) } };
}

function* measure(
  parts: EngineParts,
  spec: PackSpec,
  codec: PackSpec['codec'],
  data: PackData,
): Generator<number, Measured, void> {
  const { magic } = spec;
  if (magic === 2) return measuredOf(yield* runCodec(parts, spec, codec, data), spec);
  return yield* packSets({ ...spec, magic }, codec, data);
}

/** The chosen codec's batches, and its first one's records in every format. */
function* chosenBatches(spec: PackSpec, all: readonly Measured[]): Generator<PackStep, void, void> {
  const chosen = all.find(({ codec }) => codec === spec.codec);
  if (chosen === undefined) return;
  const { batchesOf } = chosen;
  const batches = chosen.list.map((_, at) => batchesOf.bytes(at));
  yield { part: { part: 'batches', magic: batchesOf.magic, batches } };
  const formats = yield* within(formatsOf(batchesOf.records(0), spec.codec, levelFor(spec, spec.codec)), ROWS, 0);
  yield { part: { part: 'formats', formats } };
}

/** Passes on how far a part is, as a part of the whole. */
function* within<T>(part: Generator<number, T, void>, from: number, size: number): Generator<PackStep, T, void> {
  for (;;) {
    const next = part.next();
    if (next.done === true) return next.value;
    yield { progress: from + next.value * size };
  }
}

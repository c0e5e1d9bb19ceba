/** `pack [--file F | --sample NAME] ...`: records under five codecs, and the course's claims about them, as a table. */
import { readFileSync } from 'node:fs';
import {
  PACK_SAMPLES,
  type PackClaim,
  type PackPart,
  type PackRow,
  type PackSource,
  type PackSpec,
} from '../protocol/pack.ts';
import { loadPackData } from '../worker/pack/data.ts';
import { PackFailure } from '../worker/pack/failure.ts';
import { packOf } from '../worker/pack/pack.ts';
import type { Clock } from '../worker/pack/speed.ts';
import { stableHash } from '../worker/pack/stable.ts';
import { ENGINE } from '../worker/parts.ts';
import { type CommandOutput, wrongCall } from './output.ts';

const USAGE = `usage: pack [--file F | --sample ${PACK_SAMPLES.join('|')}] [--codec C] [--level N]
            [--batch.size BYTES] [--linger.ms MS] [--rate RECORDS_PER_SECOND] [--magic 0|1|2] [--topic-codec C] [--json]`;

interface Options {
  readonly file: string | null;
  readonly spec: PackSpec;
  readonly json: boolean;
}

/** `clock` measures the speeds; tests hand in one of their own. */
export async function packCommand(args: readonly string[], clock: Clock = performance): Promise<CommandOutput> {
  const options = readArgs(args);
  if (typeof options === 'string') return wrongCall(`pack: ${options}\n${USAGE}`);
  try {
    const spec = withFile(options);
    const data = await loadPackData(spec.source);
    const parts: PackPart[] = [];
    for (const step of packOf(ENGINE, spec, data, clock)) if ('part' in step) parts.push(step.part);
    return { stdout: options.json ? document(spec, parts) : table(spec, parts), stderr: '', exitCode: 0 };
  } catch (error) {
    if (error instanceof PackFailure) return { stdout: '', stderr: `pack: ${error.message}\n`, exitCode: 2 };
    throw error;
  }
}

/** The file's text in the place of the sample. */
function withFile({ file, spec }: Options): PackSpec {
  if (file === null) return spec;
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    throw new PackFailure('pack.fail.file', {
      name: file,
      error: error instanceof Error ? error.message : String(error),
    });
  }
  return { ...spec, source: { kind: 'text', name: file, text: content } };
}

const NAMES = ['file', 'sample', 'codec', 'level', 'batch.size', 'linger.ms', 'rate', 'magic', 'topic-codec'] as const;
const NUMBERS: readonly string[] = ['level', 'batch.size', 'linger.ms', 'rate', 'magic'];

function readArgs(args: readonly string[]): Options | string {
  const given = new Map<string, string>();
  let json = false;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    if (arg === '--json') {
      json = true;
      continue;
    }
    const [name = '', inline] = arg.includes('=')
      ? [arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)]
      : [arg];
    const key = NAMES.find((known) => name === `--${known}`);
    if (key === undefined) return `unknown argument "${name}".`;
    const value = inline ?? args[++i];
    if (value === undefined) return `${name} needs a value.`;
    if (NUMBERS.includes(key) && (value.trim() === '' || !Number.isFinite(Number(value))))
      return `${name} must be a number, not "${value}".`;
    given.set(key, value);
  }
  if (given.has('file') && given.has('sample')) return 'either --file or --sample.';
  return { file: given.get('file') ?? null, spec: specOf(given), json };
}

/** Kafka's defaults, but a rate at which batches fill. What is wrong is told by the lab itself, as on the page. */
function specOf(given: ReadonlyMap<string, string>): PackSpec {
  const number = (key: string, otherwise: number): number => Number(given.get(key) ?? otherwise);
  const source: PackSource = { kind: 'sample', name: given.get('sample') ?? 'weblog' };
  const level = given.get('level');
  return {
    source,
    codec: (given.get('codec') ?? 'zstd') as PackSpec['codec'],
    level: level === undefined ? null : Number(level),
    batchSizeBytes: number('batch.size', 16_384),
    lingerMs: number('linger.ms', 5),
    ratePerSecond: number('rate', 50_000),
    magic: number('magic', 2) as PackSpec['magic'],
    brokerCodec: (given.get('topic-codec') ?? 'producer') as PackSpec['brokerCodec'],
  };
}

// --- JSON ----------------------------------------------------------------------------------------------------------------

/** Everything but the batches' bytes, which only their sizes stand for; `hash` is that of all that no clock measures. */
function document(spec: PackSpec, parts: readonly PackPart[]): string {
  const last = <P extends PackPart['part']>(name: P) =>
    parts.filter((part): part is Extract<PackPart, { part: P }> => part.part === name);
  const shown = {
    spec: spec.source.kind === 'text' ? { ...spec, source: { kind: 'text', name: spec.source.name } } : spec,
    records: last('records')[0]?.records,
    rows: last('row').map(({ row }) => row),
    formats: last('formats')[0]?.formats.map(({ bytes, ...format }) => ({ ...format, sizeInBytes: bytes.length })),
    curves: last('curve').map(({ curve }) => curve),
    speeds: last('speed').map(({ speed }) => speed),
    claims: last('claims').at(-1)?.claims,
    hash: stableHash(parts),
  };
  return `${JSON.stringify(shown, null, 2)}\n`;
}

// --- table ---------------------------------------------------------------------------------------------------------------

const COLUMNS: readonly (readonly [string, (row: PackRow) => string])[] = [
  ['batches', ({ batches }) => String(batches)],
  ['sent B', ({ sentBytes }) => String(sentBytes)],
  ['stored B', ({ storedBytes }) => String(storedBytes)],
  ['ratio', ({ ratio }) => ratio.toFixed(2)],
  ['wire B', ({ wireBytes }) => String(wireBytes)],
  ['saved B', ({ savedBytes }) => String(savedBytes)],
  ['replicas B', ({ replicaBytes }) => String(replicaBytes)],
  ['ms', ({ durationUs }) => (durationUs / 1000).toFixed(1)],
  ['work ms', ({ workUs }) => (workUs / 1000).toFixed(1)],
  ['share', ({ processorShare }) => `${(processorShare * 100).toFixed(1)} %`],
];

function table(spec: PackSpec, parts: readonly PackPart[]): string {
  const rows = parts.flatMap((part) => (part.part === 'row' ? [part.row] : []));
  const speeds = parts.flatMap((part) => (part.part === 'speed' ? [part.speed] : []));
  const claims = parts.flatMap((part) => (part.part === 'claims' ? [part.claims] : [])).at(-1) ?? [];
  const records = parts.flatMap((part) => (part.part === 'records' ? [part.records] : []))[0];
  const speedOf = (row: PackRow, side: 'compressMBps' | 'decompressMBps'): string =>
    speeds.find(({ codec }) => codec === row.codec)?.[side].toFixed(0) ?? '-';
  const titles = ['', ...COLUMNS.map(([title]) => title), 'MB/s in', 'MB/s out'];
  const cells = rows.map((row) => [
    row.codec,
    ...COLUMNS.map(([, of]) => of(row)),
    speedOf(row, 'compressMBps'),
    speedOf(row, 'decompressMBps'),
  ]);
  const how = rows[0]?.how === 'packed' ? `packed as clients of format v${spec.magic} did` : 'runs of the engine';
  return [
    `${records?.name}: ${records?.records} records, ${records?.valueBytes} bytes; batch.size ${spec.batchSizeBytes}, linger.ms ${spec.lingerMs}, ${spec.ratePerSecond} records/s; ${how}`,
    ...(records?.origin == null ? [] : [records.origin]),
    '',
    ...aligned([titles, ...cells]),
    '',
    'Claims of the course, on these records:',
    ...aligned(claims.map(claimRow)),
    'Speeds are those of this machine’s libraries, and no verdict about brokers.',
    '',
  ].join('\n');
}

function claimRow(claim: PackClaim): string[] {
  const verdict =
    claim.holds === null
      ? 'figures only'
      : claim.holds
        ? 'holds'
        : claim.tie
          ? 'does not hold: equal within 3 %'
          : 'does not hold';
  const decimals = claim.about === 'ratio' ? 2 : claim.about === 'bandwidth' ? 0 : 1;
  const figures = claim.figures.map(({ codec, value }) => `${codec} ${value.toFixed(decimals)}`).join(', ');
  return [claim.id, verdict, `${figures}${unitOf(claim)}`];
}

function unitOf({ id, about }: PackClaim): string {
  if (about === 'bandwidth') return ' B';
  if (about === 'ratio') return '';
  return id === 'throughput' ? ' MB/s' : ' us/MB';
}

/** The first column to the left; in a table of figures all others to the right. */
function aligned(lines: readonly (readonly string[])[]): string[] {
  const widths = (lines[0] ?? []).map((_, i) => Math.max(...lines.map((line) => (line[i] ?? '').length)));
  const toLeft = lines[0]?.[0] !== '';
  return lines.map((line) =>
    line
      .map((cell, i) => (i === 0 || toLeft ? cell.padEnd(widths[i] as number) : cell.padStart(widths[i] as number)))
      .join('  ')
      .trimEnd(),
  );
}

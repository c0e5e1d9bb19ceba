/**
 * What the course's notes claim of the codecs, held against this data. Ratios and bytes on the network get a verdict: they are the same on
 * every machine. Speeds are those of this machine's libraries and get figures alone.
 */
import type { CompressionType } from '../../kafka/records/codec.ts';
import { PACK_CODECS, type PackClaim, type PackRow, type PackSpeed } from '../../protocol/pack.ts';

/** Two figures that lie so close count as equal. */
export const TIE = 0.03;

type Figures = ReadonlyMap<CompressionType, number>;
/** The notes: zstd > LZ4 > GZIP > Snappy. */
const RATIO_ORDER = ['zstd', 'lz4', 'gzip', 'snappy'] as const;
/** The notes: LZ4 > Snappy > zstd = GZIP. */
const THROUGHPUT_ORDER = ['lz4', 'snappy', 'zstd', 'gzip'] as const;
const COMPRESSED: readonly CompressionType[] = PACK_CODECS.filter((codec) => codec !== 'none');

export function claimsOf(rows: readonly PackRow[], speeds: readonly PackSpeed[]): PackClaim[] {
  const ratios = figuresOf(rows, ({ sentRatio }) => sentRatio);
  const wire = figuresOf(rows, ({ wireBytes }) => wireBytes);
  const compress = figuresOf(speeds, ({ compressMBps }) => compressMBps);
  const compressUs = figuresOf(speeds, ({ compressMBps }) => 1e6 / compressMBps);
  const decompressUs = figuresOf(speeds, ({ decompressMBps }) => 1e6 / decompressMBps);
  const bothUs = figuresOf(speeds, (speed) => 1e6 / speed.compressMBps + 1e6 / speed.decompressMBps);
  return [
    ...ratioClaims(ratios),
    bandwidthClaim(wire),
    { ...told('throughput', 'speed', THROUGHPUT_ORDER, compress), equal: ['zstd', 'gzip'] },
    told('processor.equal', 'processor', COMPRESSED, bothUs),
    told('processor.compress-snappy', 'processor', mostFirst('snappy'), compressUs),
    told('processor.decompress-gzip', 'processor', mostFirst('gzip'), decompressUs),
  ];
}

function figuresOf<T extends { readonly codec: CompressionType }>(
  from: readonly T[],
  value: (of: T) => number,
): Figures {
  return new Map(from.filter(({ codec }) => codec !== 'none').map((each) => [each.codec, value(each)]));
}

const mostFirst = (first: CompressionType): CompressionType[] => [
  first,
  ...COMPRESSED.filter((each) => each !== first),
];

/** A claim with figures and no verdict. */
function told(id: string, about: PackClaim['about'], order: readonly CompressionType[], figures: Figures): PackClaim {
  return { id, about, order, figures: inOrder(order, figures), holds: null };
}

function inOrder(order: readonly CompressionType[], figures: Figures): PackClaim['figures'] {
  return order.flatMap((codec) => {
    const value = figures.get(codec);
    return value === undefined ? [] : [{ codec, value }];
  });
}

/** Whether the first is larger: by more than a tie. null: one of them has no figure (zstd in v0 and v1). */
function larger(first: number | undefined, second: number | undefined): { holds: boolean | null; tie?: boolean } {
  if (first === undefined || second === undefined) return { holds: null };
  const tie = Math.abs(first - second) <= TIE * Math.max(first, second);
  return tie ? { holds: false, tie } : { holds: first > second };
}

function ratioClaims(ratios: Figures): PackClaim[] {
  const pairs = RATIO_ORDER.slice(1).map((second, i): PackClaim => {
    const order = [RATIO_ORDER[i] as CompressionType, second];
    const verdict = larger(ratios.get(order[0] as CompressionType), ratios.get(second));
    return { ...told(`ratio.${order[0]}-${second}`, 'ratio', order, ratios), ...verdict };
  });
  const isUnknown = pairs.some(({ holds }) => holds === null);
  const whole = pairs.some(({ holds }) => holds === false) ? false : isUnknown ? null : true;
  return [{ ...told('ratio', 'ratio', RATIO_ORDER, ratios), holds: whole }, ...pairs];
}

/** Snappy sends the most bytes: it is held against the codec that sends most among the others. */
function bandwidthClaim(wire: Figures): PackClaim {
  const others = [...wire].filter(([codec]) => codec !== 'snappy').map(([, bytes]) => bytes);
  const most = others.length === 0 ? undefined : Math.max(...others);
  return { ...told('bandwidth.snappy', 'bandwidth', mostFirst('snappy'), wire), ...larger(wire.get('snappy'), most) };
}

/** A claim's figures as these records order them. Pure. */
import type { CompressionType } from '../../kafka/records/codec.ts';
import type { PackClaim } from '../../protocol/pack.ts';

/** As near as this counts as equal (worker/pack/claims.ts decides by the same). */
export const TIE = 0.03;

export interface Ordered {
  readonly codec: CompressionType;
  readonly value: number;
  /** What stands between it and the one before; '' for the first. */
  readonly sign: '' | '>' | '≈';
}

/** The most first. */
export function dataOrder({ figures }: Pick<PackClaim, 'figures'>): readonly Ordered[] {
  const sorted = [...figures].sort((a, b) => b.value - a.value);
  return sorted.map(({ codec, value }, i) => {
    const before = sorted[i - 1]?.value;
    if (before === undefined) return { codec, value, sign: '' as const };
    return { codec, value, sign: before - value <= TIE * before ? ('≈' as const) : ('>' as const) };
  });
}

type Say = (key: string, params?: Record<string, string | number>) => string;

export function claimFigure(say: Say, { id, about }: Pick<PackClaim, 'id' | 'about'>, value: number): string {
  if (about === 'ratio') return `${value.toFixed(2)}×`;
  if (about === 'bandwidth') return say('pack.bytes', { bytes: Math.round(value) });
  const figure = id === 'throughput' ? value : value / 1000;
  const rounded = figure < 10 ? figure.toFixed(1) : String(Math.round(figure));
  return say(id === 'throughput' ? 'pack.claim.mbps' : 'pack.claim.ms', { value: rounded });
}

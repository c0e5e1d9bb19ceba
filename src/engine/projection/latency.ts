/** Acknowledgement times: all, those of healthy moments, and those that a failover held up. */
import type { LatencyView } from '../../protocol/frame.ts';
import type { World } from '../kernel/world.ts';
import { LEDGER_CHUNK, Status } from '../ledger/ledger-state.ts';

export interface AckTimes {
  /** Sorted, microseconds. */
  readonly all: readonly number[];
  readonly healthy: readonly number[];
  readonly failover: readonly number[];
}

export function ackTimes(w: World): AckTimes {
  const all: number[] = [];
  const healthy: number[] = [];
  const failover: number[] = [];
  for (let c = 0; c < w.ledger.chunks.length; c++) {
    const chunk = w.ledger.chunks[c];
    if (chunk === undefined) continue;
    const end = Math.min(LEDGER_CHUNK, w.ledger.count - c * LEDGER_CHUNK);
    for (let i = 0; i < end; i++) {
      const status = chunk.status[i] as number;
      if ((status & Status.Acked) === 0) continue;
      const us = (chunk.ackedUs[i] as number) - (chunk.sentUs[i] as number);
      all.push(us);
      (status & Status.AckedHealthy ? healthy : failover).push(us);
    }
  }
  const rising = (a: number, b: number): number => a - b;
  return { all: all.sort(rising), healthy: healthy.sort(rising), failover: failover.sort(rising) };
}

/** From send() to the end of the first processing, sorted. */
export function endToEndTimes(w: World): number[] {
  const times: number[] = [];
  for (let c = 0; c < w.ledger.chunks.length; c++) {
    const chunk = w.ledger.chunks[c];
    if (chunk === undefined) continue;
    const end = Math.min(LEDGER_CHUNK, w.ledger.count - c * LEDGER_CHUNK);
    for (let i = 0; i < end; i++) {
      const deliveredUs = chunk.deliveredUs[i] as number;
      if (deliveredUs >= 0) times.push(deliveredUs - (chunk.sentUs[i] as number));
    }
  }
  return times.sort((a, b) => a - b);
}

/** The value below which so many percent lie (nearest rank); null where nothing was measured. */
export function percentile(sorted: readonly number[], percent: number): number | null {
  if (sorted.length === 0) return null;
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] as number;
}

export function latencyView(w: World): LatencyView {
  const { all, healthy, failover } = ackTimes(w);
  const of = (list: readonly number[], percent: number): number => percentile(list, percent) ?? 0;
  return {
    p50: of(all, 50),
    p99: of(all, 99),
    p50WhileHealthy: of(healthy, 50),
    p99WhileHealthy: of(healthy, 99),
    p50DuringFailover: of(failover, 50),
    p99DuringFailover: of(failover, 99),
  };
}

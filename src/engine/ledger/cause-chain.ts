/** Why a record is lost, first cause first: how it came to be acknowledged, what happened to its leader, what decided it. */
import { vectorGet } from '../../base/vector.ts';
import type { World } from '../kernel/world.ts';
import { chunkOf, rowOf } from './columns.ts';
import { type CauseNode, Status } from './ledger-state.ts';

/** How it was acknowledged. */
function acknowledgement(w: World, id: number): CauseNode {
  const c = chunkOf(w, id);
  const row = rowOf(id);
  const acks = (c.acks[row] as number) & 3;
  const inSync = (c.acks[row] as number) >> 2;
  const broker = c.writtenBy[row] as number;
  const params = { broker, offset: c.offset[row] as number };
  const atUs = c.writtenUs[row] as number;
  if (acks === 0) return { code: 'acks-0-no-answer', atUs: c.sentUs[row] as number, params, parent: -1 };
  if (acks === 1) return { code: 'acked-before-copied', atUs, params, parent: -1 };
  return {
    code: inSync <= 1 ? 'acked-alone' : 'acked-by-all',
    atUs,
    params: { ...params, isr: String(inSync) },
    parent: -1,
  };
}

/** The chain of a lost record; empty for any other. */
export function causeChain(w: World, id: number): CauseNode[] {
  const c = chunkOf(w, id);
  const row = rowOf(id);
  if (!((c.status[row] as number) & Status.Lost)) return [];
  const chain: CauseNode[] = [];
  for (let at = c.cause[row] as number; at >= 0; at = (chain[0] as CauseNode).parent)
    chain.unshift(vectorGet(w.ledger.causes, at));
  return [acknowledgement(w, id), ...chain];
}

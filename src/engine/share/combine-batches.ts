/**
 * State batches of a share partition, old and new, as one list (Kafka: PersisterStateBatchCombiner): sorted, without overlaps; where
 * two speak of one offset the higher delivery count holds, then the higher state; equal neighbours are one.
 */
import type { ShareStateBatch } from '../../kafka/api/messages-share.ts';

function rank(b: ShareStateBatch): number {
  return b.deliveryCount * 8 + b.deliveryState;
}

/** `startOffset` -1: nothing is cut off; else what lies below it goes. */
export function combineStateBatches(
  soFar: readonly ShareStateBatch[],
  fresh: readonly ShareStateBatch[],
  startOffset: number,
): ShareStateBatch[] {
  const batches: ShareStateBatch[] = [];
  for (const b of [...soFar, ...fresh]) {
    if (b.lastOffset < startOffset) continue;
    batches.push(b.firstOffset >= startOffset ? b : { ...b, firstOffset: startOffset });
  }
  const bounds = [...new Set(batches.flatMap((b) => [b.firstOffset, b.lastOffset + 1]))].sort((a, b) => a - b);
  batches.sort((a, b) => a.firstOffset - b.firstOffset);
  const result: ShareStateBatch[] = [];
  let next = 0;
  let open: ShareStateBatch[] = [];
  for (let i = 0; i + 1 < bounds.length; i++) {
    const from = bounds[i] as number;
    const to = (bounds[i + 1] as number) - 1;
    open = open.filter((b) => b.lastOffset >= from);
    while (next < batches.length && (batches[next] as ShareStateBatch).firstOffset <= from)
      open.push(batches[next++] as ShareStateBatch);
    let best: ShareStateBatch | null = null;
    for (const b of open) if (b.lastOffset >= from && (best === null || rank(b) > rank(best))) best = b;
    if (best === null) continue;
    const last = result[result.length - 1];
    if (last !== undefined && last.lastOffset + 1 === from && rank(last) === rank(best))
      result[result.length - 1] = { ...last, lastOffset: to };
    else result.push({ ...best, firstOffset: from, lastOffset: to });
  }
  return result;
}

/** Acknowledgements as a share consumer collects them and requests carry them (Kafka: Acknowledgements). Pure. */
import type { ShareAcknowledgementBatch } from '../../../kafka/api/messages-share.ts';
import type { PartitionAcks } from '../../share/client-state.ts';

/** The later one of an offset holds. */
export function mergeAcks(before: readonly PartitionAcks[], more: readonly PartitionAcks[]): PartitionAcks[] {
  const merged = before.slice();
  for (const each of more) {
    const at = merged.findIndex((p) => p.broker === each.broker && p.id.partition === each.id.partition);
    const known = merged[at];
    if (known === undefined) {
      merged.push(each);
      continue;
    }
    const byOffset = new Map(known.acks);
    for (const [offset, type] of each.acks) byOffset.set(offset, type);
    merged[at] = { ...known, acks: [...byOffset].sort(([a], [b]) => a - b) };
  }
  return merged;
}

/** Acknowledgements.getAcknowledgementBatches: ranges without holes; one type for all of a range where they agree. */
export function ackBatches({ acks }: PartitionAcks): ShareAcknowledgementBatch[] {
  const batches: { firstOffset: number; lastOffset: number; acknowledgeTypes: number[] }[] = [];
  for (const [offset, type] of acks) {
    const last = batches[batches.length - 1];
    if (last !== undefined && last.lastOffset + 1 === offset) {
      last.lastOffset = offset;
      last.acknowledgeTypes.push(type);
    } else batches.push({ firstOffset: offset, lastOffset: offset, acknowledgeTypes: [type] });
  }
  return batches.map(({ firstOffset, lastOffset, acknowledgeTypes }) => {
    const [first] = acknowledgeTypes as [number];
    const same = acknowledgeTypes.every((type) => type === first);
    return { firstOffset, lastOffset, acknowledgeTypes: same ? [first] : acknowledgeTypes };
  });
}

export function hasRenewals(acks: readonly PartitionAcks[]): boolean {
  return acks.some((p) => p.acks.some(([, type]) => type === 4));
}

import { vectorGet, vectorLength } from '../../base/vector.ts';
import type { World } from '../kernel/world.ts';
import { isCompacted } from '../log/cleaned-log.ts';
import type { StoredBatch } from '../log/stored-batch.ts';
import { replicaAt } from './names.ts';
import { goOn, isPromised, type Seen, sameBatch } from './seen.ts';

/** What stands below a high watermark somewhere, by base offset; made on first use. */
export function committedOf(seen: Seen, partition: number): Map<number, StoredBatch> {
  while (seen.committed.length <= partition) seen.committed.push(new Map());
  return seen.committed[partition] as Map<number, StoredBatch>;
}

/** Below both their high watermarks two logs of a partition are the same, now and at any earlier moment. */
export function logsMatch(w: World, seen: Seen): string | null {
  for (let partition = 0; partition < w.partitions.length; partition++) {
    if (!isPromised(w, seen, partition) || isCompacted(w, partition)) continue;
    for (const { id } of w.brokers) {
      const r = replicaAt(w, partition, id);
      if (r === null) continue;
      const committed = committedOf(seen, partition);
      const length = vectorLength(r.batches);
      const compared = goOn(seen.below, partition * 32 + id, length, (i) => vectorGet(r.batches, i));
      while (compared.count < length) {
        const b = vectorGet(r.batches, compared.count);
        if (b.lastOffset >= r.highWatermark) break;
        const other = committed.get(b.baseOffset);
        if (other === undefined) committed.set(b.baseOffset, b);
        else if (!sameBatch(b, other)) {
          return `${w.partitions[partition]?.name}: offset ${b.baseOffset} was committed in leader epoch ${other.leaderEpoch}; broker ${id} has another batch there, of epoch ${b.leaderEpoch}`;
        }
        compared.count += 1;
        compared.last = b;
      }
    }
  }
  return null;
}

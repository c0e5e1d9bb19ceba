/** What share groups have not been handed yet, and who holds up the others: pure reading. */
import type { NodeState, PartitionName, World } from '../kernel/world.ts';
import { consumerOf } from '../share/observe.ts';
import { stateAt } from '../share/partition/offsets.ts';
import type { SharePartition } from '../share/share-state.ts';
import { shareProjection } from './share-hooks.ts';
import { highWatermarkOf } from './totals.ts';
import { type Waiting, waiting } from './waiting.ts';

/** What the leaders named by the controller hold. */
function activeParts(w: World): SharePartition[] {
  return w.share[1].filter(
    (p): p is SharePartition =>
      p?.status === 'active' && w.controller.image.partitions[p.id.partition]?.leader === p.broker,
  );
}

function nextOffset({ data }: SharePartition): number {
  return data.batches.length === 0 ? data.endOffset : data.endOffset + 1;
}

/** Nobody has it now, and somebody shall: available (again), or never handed out. */
function waitsIn(p: SharePartition, hw: number): (offset: number) => boolean {
  const next = nextOffset(p);
  return (offset) => {
    if (offset >= next) return offset < hw;
    if (offset < p.data.startOffset) return false;
    const batch = p.data.batches.find((b) => offset >= b.firstOffset && offset <= b.lastOffset);
    return batch !== undefined && stateAt(batch, offset).state === 'AVAILABLE';
  };
}

function behindIn(w: World, p: SharePartition): number {
  const hw = highWatermarkOf(w, p.id.partition);
  const next = nextOffset(p);
  let count = Math.max(0, hw - next);
  for (const batch of p.data.batches)
    for (let offset = Math.max(batch.firstOffset, p.data.startOffset); offset <= batch.lastOffset; offset++)
      if (stateAt(batch, offset).state === 'AVAILABLE') count += 1;
  return count;
}

function behind(w: World): number {
  return activeParts(w).reduce((sum, p) => sum + behindIn(w, p), 0);
}

function isBehind(w: World): (partition: number, offset: number) => boolean {
  const tests = activeParts(w).map((p) => [p.id.partition, waitsIn(p, highWatermarkOf(w, p.id.partition))] as const);
  return (partition, offset) => tests.some(([of, waits]) => of === partition && waits(offset));
}

/** Records with a member that stands still: the others wait for the locks. */
function held(w: World): Waiting | null {
  for (const p of activeParts(w)) {
    let records = 0;
    let consumer = '';
    let endsUs = Number.POSITIVE_INFINITY;
    for (const batch of p.data.batches)
      for (let offset = Math.max(batch.firstOffset, p.data.startOffset); offset <= batch.lastOffset; offset++) {
        const s = stateAt(batch, offset);
        if (s.state !== 'ACQUIRED' || s.lockEndsUs <= w.nowUs) continue;
        const name = consumerOf(w, s.member) ?? '';
        if ((consumer !== '' && consumer !== name) || !standsStill(w, name)) continue;
        consumer = name;
        records += 1;
        endsUs = Math.min(endsUs, s.lockEndsUs);
      }
    if (records === 0) continue;
    const partition = (w.partitions[p.id.partition] as PartitionName).name;
    const words = { records, partition, consumer, group: p.groupId, remainingUs: endsUs - w.nowUs };
    return waiting('flow', 'share.held', words, 0, endsUs);
  }
  return null;
}

/** Its application was told to pause, or its process is stopped. */
function standsStill(w: World, name: string): boolean {
  const c = w.consumers.find(({ id }) => id === name);
  return c !== undefined && (c.pausedUntilUs > w.nowUs || (w.nodes[c.node] as NodeState).process === 'paused');
}

function unread(w: World): Waiting | null {
  for (const p of activeParts(w)) {
    const records = activeParts(w)
      .filter((other) => other.groupId === p.groupId)
      .reduce((sum, other) => sum + behindIn(w, other), 0);
    if (records > 0) return waiting('flow', 'share.unread', { records, group: p.groupId }, 0);
  }
  return null;
}

Object.assign(shareProjection, {
  behind,
  isBehind,
  waiting: (w: World, ended: boolean) => held(w) ?? (ended ? unread(w) : null),
});

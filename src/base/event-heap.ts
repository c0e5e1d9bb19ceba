/**
 * A binary heap over (atUs, seq): the earliest first, and first in, first out among equals. The items are plain data;
 * a copy of the array is a copy of the queue.
 */
export interface Timed {
  readonly atUs: number;
  readonly seq: number;
}

function before(a: Timed, b: Timed): boolean {
  return a.atUs < b.atUs || (a.atUs === b.atUs && a.seq < b.seq);
}

export function heapPush<T extends Timed>(heap: T[], item: T): void {
  let i = heap.length;
  heap.push(item);
  const { atUs, seq } = item;
  while (i > 0) {
    const parent = (i - 1) >> 1;
    const above = heap[parent] as T;
    if (atUs > above.atUs || (atUs === above.atUs && seq > above.seq)) break;
    heap[i] = above;
    i = parent;
  }
  heap[i] = item;
}

/** Removes and returns the earliest item. The heap must not be empty. */
export function heapPop<T extends Timed>(heap: T[]): T {
  const top = heap[0] as T;
  const last = heap.pop() as T;
  const length = heap.length;
  if (length === 0) return top;
  const { atUs, seq } = last;
  let i = 0;
  for (;;) {
    let child = 2 * i + 1;
    if (child >= length) break;
    let below = heap[child] as T;
    if (child + 1 < length) {
      const other = heap[child + 1] as T;
      if (before(other, below)) {
        below = other;
        child += 1;
      }
    }
    if (below.atUs > atUs || (below.atUs === atUs && below.seq > seq)) break;
    heap[i] = below;
    i = child;
  }
  heap[i] = last;
  return top;
}

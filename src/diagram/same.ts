/** Cheap comparisons of what a part draws, so that sixty frames a second redraw only what changed. */
import type { LogWindow, PartitionView, ProducerView, ReplicaView } from '../protocol/frame.ts';
import { sameWindow, type Window } from './parts/slide.tsx';

export function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = a.length - 1; i >= 0; i--) if (a[i] !== b[i]) return false;
  return true;
}

const sameLog = (a: LogWindow, b: LogWindow): boolean =>
  a === b ||
  (a.base === b.base && sameNumbers(a.keys, b.keys) && sameNumbers(a.flags, b.flags) && sameNumbers(a.ids, b.ids));

export function sameReplicaView(a: ReplicaView, b: ReplicaView): boolean {
  return (
    a === b ||
    (a.broker === b.broker &&
      a.role === b.role &&
      a.wasLeader === b.wasLeader &&
      a.inIsr === b.inIsr &&
      a.leo === b.leo &&
      a.hw === b.hw &&
      a.logStart === b.logStart &&
      sameLog(a.log, b.log))
  );
}

type Loose = Readonly<Record<string, unknown>>;

/** Shallow, with a deeper look at the named properties. */
export function sameBy<P extends object>(
  a: P,
  b: P,
  deep: { readonly [K in keyof P]?: (x: P[K], y: P[K]) => boolean },
): boolean {
  const left = a as Loose;
  const right = b as Loose;
  for (const key of Object.keys(left)) {
    const x = left[key];
    const y = right[key];
    if (Object.is(x, y)) continue;
    const compare = (deep as Readonly<Record<string, ((x: unknown, y: unknown) => boolean) | undefined>>)[key];
    if (compare === undefined || !compare(x, y)) return false;
  }
  return Object.keys(left).length === Object.keys(right).length;
}

interface RingLike {
  readonly left: number;
  readonly title: string;
}

export const sameRing = (a: RingLike | null, b: RingLike | null): boolean =>
  a === b || (a !== null && b !== null && a.left === b.left && a.title === b.title);

interface ReplicaLike {
  readonly replica: ReplicaView;
  readonly emphasis: readonly number[];
  readonly ring: RingLike | null;
  readonly window: Window;
}

export function sameReplica<P extends ReplicaLike>(a: P, b: P): boolean {
  return sameBy<ReplicaLike>(a, b, {
    replica: sameReplicaView,
    emphasis: sameNumbers,
    ring: sameRing,
    window: sameWindow,
  });
}

export function samePartitionHead(a: PartitionView, b: PartitionView): boolean {
  return (
    a === b ||
    (a.name === b.name &&
      a.leader === b.leader &&
      a.lastLeader === b.lastLeader &&
      a.leaderEpoch === b.leaderEpoch &&
      a.hw === b.hw &&
      a.leo === b.leo &&
      a.atRisk === b.atRisk &&
      a.available === b.available &&
      sameNumbers(a.isr, b.isr) &&
      sameNumbers(a.elr, b.elr) &&
      a.replicas.length === b.replicas.length &&
      a.replicas.every((r, i) => r.broker === b.replicas[i]?.broker && r.role === b.replicas[i]?.role))
  );
}

export function sameProducer(a: ProducerView, b: ProducerView): boolean {
  return (
    a === b ||
    (a.id === b.id &&
      a.state === b.state &&
      a.acks === b.acks &&
      a.blocked === b.blocked &&
      a.workloadEnded === b.workloadEnded &&
      a.batches.length === b.batches.length &&
      a.batches.every((x, i) => {
        const y = b.batches[i];
        return (
          y !== undefined &&
          x.partition === y.partition &&
          x.bytes === y.bytes &&
          x.state === y.state &&
          x.attempts === y.attempts &&
          sameNumbers(x.keys, y.keys)
        );
      }))
  );
}

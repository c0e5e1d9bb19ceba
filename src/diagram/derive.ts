/** From a frame to what the parts of the stage are given. Pure, and cheap enough for every frame. */
import type { BrokerView, Frame, PartitionView, ReplicaView, RingView, ThingId } from '../protocol/frame.ts';
import { type Language, text } from '../text/index.ts';
import type { RowLife } from './parts/column.tsx';
import type { LinkMark } from './parts/links.tsx';
import { ringLeft } from './parts/ring.tsx';

export interface RingProps {
  readonly left: number;
  readonly title: string;
  readonly risk: boolean;
}

/** The rings about a thing, by thing; made once a frame. */
export function ringsByThing(frame: Frame): Map<ThingId, RingView[]> {
  const out = new Map<ThingId, RingView[]>();
  for (const ring of frame.rings) {
    if (ring.endUs < frame.atUs) continue;
    const list = out.get(ring.about);
    if (list === undefined) out.set(ring.about, [ring]);
    else list.push(ring);
  }
  return out;
}

/** The ring that ends first, among those of a thing. */
export function soonest(rings: readonly RingView[] | undefined, kinds: readonly RingView['kind'][]): RingView | null {
  let best: RingView | null = null;
  for (const ring of rings ?? [])
    if (kinds.includes(ring.kind) && (best === null || ring.endUs < best.endUs)) best = ring;
  return best;
}

/** Words and fraction of a ring. The words change in the ring's own steps, not every microsecond. */
export function ringProps(
  ring: RingView | null,
  key: string,
  atUs: number,
  language: Language,
  params: Record<string, number> = {},
): RingProps | null {
  if (ring === null) return null;
  const left = ringLeft(ring.startUs, ring.endUs, atUs);
  const of = ring.endUs - ring.startUs;
  return {
    left,
    risk: ring.kind === 'lag',
    title: text(language, key, { left: Math.round(left * of), of, ...params }),
  };
}

/** A session ring is drawn where a broker is silent, not at every heartbeat of a healthy one. */
export function sessionRing(
  broker: BrokerView,
  ring: RingView | null,
  atUs: number,
  language: Language,
): RingProps | null {
  const found =
    ring ??
    (broker.state !== 'up' &&
    !broker.fenced &&
    broker.lastHeartbeatUs !== null &&
    broker.sessionEndsUs !== null &&
    broker.sessionEndsUs > atUs
      ? {
          kind: 'session' as const,
          about: `broker:${broker.id}`,
          startUs: broker.lastHeartbeatUs,
          endUs: broker.sessionEndsUs,
        }
      : null);
  if (found === null) return null;
  const props = ringProps(found, 'stage.broker.session', atUs, language, { id: broker.id });
  return broker.state === 'up' && props !== null && props.left > 0.7 ? null : props;
}

export const lifeOf = (broker: BrokerView): RowLife =>
  broker.state === 'up' ? 'up' : broker.state === 'paused' ? 'paused' : 'down';

/** Of a log that is longer than its leader's, so many records are in view: else the leader's own would be out of it. */
const BEYOND = 8;

/** Where a column's axis ends: the leader's log end, or a little beyond it where another log is longer. */
export const topOf = (partition: PartitionView): number => {
  let top = partition.leo;
  for (const r of partition.replicas) if (r.leo > top) top = r.leo;
  return partition.leader === -1 ? top : Math.min(top, partition.leo + BEYOND);
};

/** The row of the leader's frame: the leader, or who led last, drawn as silent. -1: nobody yet. */
export function frameRow(
  partition: PartitionView,
  rows: ReadonlyMap<number, number>,
): { row: number; silent: boolean } {
  const leader = partition.leader === -1 ? partition.lastLeader : partition.leader;
  return { row: rows.get(leader) ?? -1, silent: partition.leader === -1 || !partition.available };
}

/** Slow and cut links, once in each column whose leader and follower they join. */
export function linkMarks(frame: Frame, rows: ReadonlyMap<number, number>): LinkMark[] {
  const out: LinkMark[] = [];
  for (const link of frame.links) {
    const a = brokerOf(link.from);
    const b = brokerOf(link.to);
    if (a === null || b === null || (!link.slow && !link.cut)) continue;
    const fromRow = rows.get(a);
    const toRow = rows.get(b);
    if (fromRow === undefined || toRow === undefined) continue;
    frame.partitions.forEach((p, column) => {
      const leader = p.leader === -1 ? p.lastLeader : p.leader;
      if (leader !== a && leader !== b) return;
      if (!p.replicas.some((r) => r.broker === a) || !p.replicas.some((r) => r.broker === b)) return;
      const twin = out.findIndex((m) => m.column === column && m.a === b && m.b === a);
      // Both directions of a pair share one mark; a cut is said before a slowness.
      if (twin >= 0 && ((out[twin] as LinkMark).cut || !link.cut)) return;
      const mark = { column, fromRow, toRow, a, b, cut: link.cut, latencyUs: link.latencyUs };
      if (twin >= 0) out[twin] = mark;
      else out.push(mark);
    });
  }
  return out;
}

function brokerOf(thing: ThingId): number | null {
  const match = /^broker:(\d+)$/.exec(thing);
  return match === null ? null : Number(match[1]);
}

/** What is said in a follower's row about its way to the leader. */
export function linkWords(
  marks: readonly LinkMark[],
  column: number,
  partition: PartitionView,
  replica: ReplicaView,
  language: Language,
  short: boolean,
): { words: string | null; cut: boolean } {
  const leader = partition.leader === -1 ? partition.lastLeader : partition.leader;
  if (replica.broker === leader) return { words: null, cut: false };
  const mark = marks.find(
    (m) =>
      m.column === column && ((m.a === leader && m.b === replica.broker) || (m.b === leader && m.a === replica.broker)),
  );
  if (mark === undefined) return { words: null, cut: false };
  return {
    cut: mark.cut,
    words: mark.cut
      ? text(language, 'stage.replica.cut')
      : text(language, short ? 'stage.replica.away.short' : 'stage.replica.away', { latency: mark.latencyUs }),
  };
}

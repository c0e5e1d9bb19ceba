/** Who read a group's partitions, from where and until when, told by the lines. Nothing is kept for it: it is read when it is asked for. */
import { vectorGet, vectorLength } from '../../base/vector.ts';
import type { LogLineFact, World } from '../kernel/world.ts';

/** One member's reading of one partition: from a position that it got at once, until it lost or gave up the partition. */
export interface Reading {
  readonly consumer: string;
  readonly partition: string;
  /** The position that it began at. */
  readonly from: number;
  readonly fromUs: number;
  /** The line that told of the position. */
  readonly start: LogLineFact;
  /** null: it reads on. */
  endUs: number | null;
  /** The line that told of the end; null with a new position of the same reader. */
  end: LogLineFact | null;
}

/** Lines that tell of a new position: params consumer, partition, offset. */
const STARTS = ['log.member.committed-start', 'log.consumer.reset', 'log.consumer.seek', 'log.consumer.truncated'];
/** Lines that tell that a member no longer holds what `partitions` lists. */
const RELEASES = /^log\.(modern-)?member\.(revoked|lost|hands-over)/;
/** Its process has ended, and with it all that it held. */
const ENDS = ['log.consumer.crashed', 'log.consumer.stopped'];

/** Ids of the consumers of a group, as members or by themselves. */
export function consumersOf(w: World, groupId: string): ReadonlySet<string> {
  return new Set(w.consumers.filter((c) => c.membership?.groupId === groupId).map((c) => c.id));
}

/** By partition name, in order of time. */
export function readingsOf(w: World, groupId: string): Map<string, Reading[]> {
  const members = consumersOf(w, groupId);
  const readings = new Map<string, Reading[]>();
  /** By consumer and partition. */
  const open = new Map<string, Reading>();
  const close = (consumer: string, partition: string, line: LogLineFact, end: LogLineFact | null): void => {
    const reading = open.get(`${consumer} ${partition}`);
    if (reading === undefined) return;
    reading.endUs = line.atUs;
    reading.end = end;
    open.delete(`${consumer} ${partition}`);
  };
  for (let i = 0; i < vectorLength(w.lines); i++) {
    const line = vectorGet(w.lines, i);
    const { key, params } = line.phrase;
    const consumer = String(params.consumer ?? '');
    if (!members.has(consumer)) continue;
    if (STARTS.includes(key)) {
      const partition = String(params.partition);
      close(consumer, partition, line, null);
      const from = Number(params.offset);
      const reading = { consumer, partition, from, fromUs: line.atUs, start: line, endUs: null, end: null };
      readings.set(partition, [...(readings.get(partition) ?? []), reading]);
      open.set(`${consumer} ${partition}`, reading);
    } else if (RELEASES.test(key)) {
      for (const partition of String(params.partitions).split(', ')) close(consumer, partition, line, line);
    } else if (ENDS.includes(key)) {
      for (const each of [...open.values()])
        if (each.consumer === consumer) close(consumer, each.partition, line, line);
    }
  }
  return readings;
}

/** Who read a partition at a moment, of all groups ("a1 / b1" where more than one did); null: nobody that the lines know. */
export function readerAt(w: World, partition: string, atUs: number): string | null {
  const readers = new Set<string>();
  for (const { groupId } of w.ledger.groups)
    for (const r of readingsOf(w, groupId).get(partition) ?? [])
      if (r.fromUs <= atUs && (r.endUs === null || atUs <= r.endUs)) readers.add(r.consumer);
  return readers.size === 0 ? null : [...readers].join(' / ');
}

/** The story of one record, from send() to its end: moments that one can go to, in order of time. */
import { type Vector, vectorGet, vectorLength } from '../../base/vector.ts';
import type { Phrase, RecordStory, StoryMoment, ThingId } from '../../protocol/frame.ts';
import type { World } from '../kernel/world.ts';
import { causeChain } from '../ledger/cause-chain.ts';
import { chunkOf, rowOf } from '../ledger/columns.ts';
import { faultsOfRecord } from '../ledger/group-causes.ts';
import { Status } from '../ledger/ledger-state.ts';
import { readerAt } from '../ledger/readings.ts';
import { textOf } from './key-table.ts';
import { fateOf } from './ledger-read.ts';

interface Facts {
  readonly producer: string;
  readonly id: number;
  readonly producerRef: number;
  readonly ordinal: number;
  readonly partition: number;
  readonly name: string;
  readonly offset: number;
  readonly status: number;
  readonly key: string | null;
  readonly sentUs: number;
  readonly writtenUs: number;
  readonly writtenBy: number;
  readonly ackedUs: number;
  readonly deliveredUs: number;
  /** 0, 1, 2 = all. */
  readonly acks: number;
  readonly cause: number;
}

export function storyOf(w: World, id: number): RecordStory | null {
  if (!Number.isInteger(id) || id < 0 || id >= w.ledger.count) return null;
  const chunk = chunkOf(w, id);
  const row = rowOf(id);
  const record = chunk.records[row] ?? null;
  const partition = chunk.partition[row] as number;
  const offset = chunk.offset[row] as number;
  const facts: Facts = {
    id,
    producer: w.producers[chunk.producer[row] as number]?.id ?? '',
    producerRef: chunk.producer[row] as number,
    ordinal: chunk.ordinal[row] as number,
    partition,
    name: w.partitions[partition]?.name ?? '',
    offset,
    status: chunk.status[row] as number,
    key: record === null ? null : textOf(record.key),
    sentUs: chunk.sentUs[row] as number,
    writtenUs: chunk.writtenUs[row] as number,
    writtenBy: chunk.writtenBy[row] as number,
    ackedUs: chunk.ackedUs[row] as number,
    deliveredUs: chunk.deliveredUs[row] as number,
    acks: acksOf(w, chunk.producer[row] as number, (chunk.acks[row] as number) & 3),
    cause: chunk.cause[row] as number,
  };
  return {
    id,
    producer: facts.producer,
    ordinal: facts.ordinal,
    partition: partition < 0 ? null : facts.name,
    offset: offset < 0 ? null : offset,
    key: facts.key,
    value: record === null ? null : textOf(record.value),
    fate: fateOf(w, id),
    delivered: (facts.status & Status.Delivered) !== 0,
    duplicates: Math.max(0, (chunk.copies[row] as number) - 1),
    moments: momentsOf(w, facts),
  };
}

/** As the ledger noted it; before a request went out, as the producer is set. */
function acksOf(w: World, producer: number, noted: number): number {
  const acks = w.producers[producer]?.settings.acks ?? 1;
  return noted !== 0 ? noted : acks === -1 ? 2 : acks;
}

class Moments {
  readonly list: (StoryMoment & { readonly order: number })[] = [];
  add(atUs: number, phrase: Phrase, about: readonly ThingId[], tone: StoryMoment['tone'] = 'plain'): void {
    this.list.push({ atUs, phrase, about, tone, order: this.list.length });
  }
  sorted(): StoryMoment[] {
    return this.list
      .sort((a, b) => a.atUs - b.atUs || a.order - b.order)
      .map(({ atUs, phrase, about, tone }) => ({ atUs, phrase, about, tone }));
  }
}

function momentsOf(w: World, f: Facts): StoryMoment[] {
  const moments = new Moments();
  const who: ThingId = `producer:${f.producer}`;
  moments.add(f.sentUs, { key: 'story.sent', params: { producer: f.producer } }, [who]);
  if (f.partition < 0) {
    addFailure(w, moments, f, who);
    return moments.sorted();
  }
  const where: ThingId = `partition:${f.name}`;
  const choice: Phrase =
    f.key === null
      ? { key: 'story.partition.sticky', params: { partition: f.name } }
      : { key: 'story.partition.key', params: { key: f.key, partition: f.name } };
  moments.add(f.sentUs, choice, [who, where]);
  const copies = f.writtenUs >= 0 && f.offset >= 0 ? addCopies(w, moments, f) : [];
  addAck(moments, f, who, copies);
  addSafe(w, moments, f, where);
  if (f.status & Status.Delivered && f.deliveredUs >= 0) {
    const consumer = readerAt(w, f.name, f.deliveredUs) ?? w.consumers[0]?.id ?? '';
    moments.add(
      f.deliveredUs,
      { key: 'story.delivered', params: { consumer } },
      consumer === '' ? [] : consumer.split(' / ').map((id) => `consumer:${id}`),
      'good',
    );
  }
  addFailure(w, moments, f, who);
  if (f.status & Status.Lost) addCauses(w, moments, f);
  else addElections(w, moments, f);
  if (f.offset >= 0) addReadFaults(w, moments, f);
  return moments.sorted();
}

/** What a group did to it: processed it again, or committed it and never processed it. */
function addReadFaults(w: World, moments: Moments, f: Facts): void {
  for (const { chain } of faultsOfRecord(w, f.name, f.offset))
    for (const { atUs, phrase, about, tone } of chain) {
      const known = moments.list.some((m) => m.atUs === atUs && m.phrase.key === phrase.key);
      if (!known && phrase.key !== 'why.again.first') moments.add(atUs, phrase, about, tone);
    }
}

/** When each follower of the leader's log passed the record's offset; of a lost record, before it was lost. */
function addCopies(w: World, moments: Moments, f: Facts): { broker: number; atUs: number }[] {
  const where: ThingId = `partition:${f.name}`;
  const epoch = epochAt(w, f.partition, f.writtenUs);
  const leader = f.writtenBy;
  moments.add(f.writtenUs, { key: 'story.appended', params: { broker: leader, offset: f.offset, epoch } }, [
    `replica:${f.name}@${leader}`,
    where,
  ]);
  const lostUs =
    f.status & Status.Lost && f.cause >= 0 ? vectorGet(w.ledger.causes, f.cause).atUs : Number.POSITIVE_INFINITY;
  const copies: { broker: number; atUs: number }[] = [];
  for (const { broker, steps } of w.ledger.truth[f.partition]?.progress ?? []) {
    if (broker === leader) continue;
    const atUs = passedAt(steps, f.offset, f.writtenUs);
    if (atUs !== null && atUs < lostUs) copies.push({ broker, atUs });
  }
  copies.sort((a, b) => a.atUs - b.atUs || a.broker - b.broker);
  const replicas = w.controller.image.partitions[f.partition]?.replicas.length ?? 0;
  copies.forEach(({ broker, atUs }, i) => {
    const isLast = i === copies.length - 1 && copies.length + 1 === replicas;
    moments.add(
      atUs,
      { key: isLast ? 'story.fetched-all' : 'story.fetched', params: { broker, leader, offset: f.offset } },
      [`replica:${f.name}@${broker}`],
    );
  });
  return copies;
}

/** The leader epoch of a moment: counted back from now over the elections since. */
function epochAt(w: World, partition: number, atUs: number): number {
  let epoch = w.controller.image.partitions[partition]?.leaderEpoch ?? 0;
  for (let i = vectorLength(w.elections) - 1; i >= 0; i--) {
    const election = vectorGet(w.elections, i);
    if (election.atUs <= atUs) break;
    if (election.partition === partition) epoch -= 1;
  }
  return epoch;
}

/** The first time at or after `fromUs` at which a log that grew in steps (end offset, time) went beyond an offset. */
function passedAt(steps: Vector<number>, offset: number, fromUs: number): number | null {
  let found: number | null = null;
  for (let i = vectorLength(steps) - 2; i >= 0; i -= 2) {
    const atUs = vectorGet(steps, i + 1);
    if (atUs < fromUs || vectorGet(steps, i) <= offset) break;
    found = atUs;
  }
  return found;
}

function addAck(moments: Moments, f: Facts, who: ThingId, copies: readonly { broker: number; atUs: number }[]): void {
  if ((f.status & Status.Acked) === 0) return;
  const afterUs = f.ackedUs - f.sentUs;
  if (f.acks === 0) {
    moments.add(f.ackedUs, { key: 'story.acks-0', params: {} }, [who]);
    return;
  }
  const alone = f.acks === 1 && !copies.some((c) => c.atUs <= f.ackedUs);
  const broker = leaderOf(moments);
  if (alone && broker >= 0)
    moments.add(
      f.ackedUs,
      { key: 'story.acked-at-risk', params: { producer: f.producer, afterUs, broker } },
      [who],
      'risk',
    );
  else moments.add(f.ackedUs, { key: 'story.acked', params: { producer: f.producer, afterUs } }, [who], 'good');
}

function leaderOf(moments: Moments): number {
  const appended = moments.list.find((m) => m.phrase.key === 'story.appended');
  return Number(appended?.phrase.params.broker ?? -1);
}

/** The moment at which the high watermark passed it. */
function addSafe(w: World, moments: Moments, f: Facts, where: ThingId): void {
  const truth = w.ledger.truth[f.partition];
  if (truth === undefined || f.writtenUs < 0 || f.status & Status.Lost) return;
  const atUs = passedAt(truth.hwSteps, f.offset, f.writtenUs);
  if (atUs !== null)
    moments.add(atUs, { key: 'story.safe', params: { hw: truth.hw, partition: f.name } }, [where], 'good');
}

function addFailure(w: World, moments: Moments, f: Facts, who: ThingId): void {
  if ((f.status & Status.Failed) === 0) return;
  const atUs = f.ackedUs >= 0 ? f.ackedUs : f.sentUs;
  const error = failureAt(w, f, atUs);
  const phrase: Phrase =
    error === 'TimeoutException'
      ? { key: 'story.expired', params: { afterUs: atUs - f.sentUs } }
      : { key: 'story.failed', params: { producer: f.producer, error } };
  moments.add(atUs, phrase, [who], 'harm');
}

/** The exception of a batch's callbacks, from the line that told of it; a send() that never reached a batch timed out. */
function failureAt(w: World, f: Facts, atUs: number): string {
  for (let i = vectorLength(w.lines) - 1; i >= 0; i--) {
    const line = vectorGet(w.lines, i);
    if (line.atUs < atUs) break;
    const { producer, partition, error } = line.phrase.params;
    if (line.atUs > atUs || producer !== f.producer || partition !== f.name) continue;
    if (line.phrase.key === 'log.producer.failed') return String(error);
  }
  return 'TimeoutException';
}

function addCauses(w: World, moments: Moments, f: Facts): void {
  for (const { code, atUs, params } of causeChain(w, f.id)) {
    const broker = params.broker;
    const about: ThingId[] =
      typeof broker === 'number' ? [`broker:${broker}`, `partition:${f.name}`] : [`partition:${f.name}`];
    moments.add(
      atUs,
      { key: `why.${code}`, params: { partition: f.name, offset: f.offset, producer: f.producer, ...params } },
      about,
      'harm',
    );
  }
  for (let i = 0; i < vectorLength(w.lines); i++) {
    const { atUs, phrase } = vectorGet(w.lines, i);
    const { partition, broker, leader, fromOffset, toOffset } = phrase.params;
    if (phrase.key !== 'log.truncated' || partition !== f.name || atUs < f.writtenUs) continue;
    if (Number(fromOffset) > f.offset || f.offset >= Number(toOffset)) continue;
    moments.add(
      atUs,
      { key: 'story.truncated', params: { broker: broker ?? -1, leader: leader ?? -1 } },
      [`replica:${f.name}@${broker}`],
      'harm',
    );
  }
}

/** Elections that it lived through between being stored and being safe. */
function addElections(w: World, moments: Moments, f: Facts): void {
  if (f.writtenUs < 0 || f.status & Status.Failed) return;
  for (let i = 0; i < vectorLength(w.elections); i++) {
    const election = vectorGet(w.elections, i);
    if (election.partition !== f.partition || election.atUs < f.writtenUs || election.to < 0) continue;
    if (moments.list.some((m) => m.phrase.key === 'story.safe' && m.atUs < election.atUs)) continue;
    moments.add(
      election.atUs,
      { key: 'story.elected-with', params: { broker: election.to } },
      [`broker:${election.to}`],
      'good',
    );
  }
}

/**
 * Who notices that bytes are not what they were, in the order of their way: the broker that a producer sends them to, a follower, a
 * consumer with and without check.crcs, and the recovery of the log after an unclean stop. Each does here what Kafka 4.3 does there.
 */
import type { ByteField, ByteMap, FieldReading, Judgement, Testimony, Witness } from '../byte-field.ts';
import { COMPRESSION_TYPES, type CompressionType, isCodecRegistered } from '../codec.ts';
import { validateProduced } from '../convert/validate-produced.ts';
import { byteMapOf } from './byte-map.ts';
import { computedCrc, INNER } from './edit.ts';
import { hex32, intAt } from './field-list.ts';
import { bytesOfInt } from './field-text.ts';
import { type JudgeContext, NO_READINGS, type Sight, says } from './judge-context.ts';
import { consumer } from './witness-consumer.ts';
import { follower } from './witness-follower.ts';
import { recovery } from './witness-recovery.ts';

export type { JudgeContext } from './judge-context.ts';

/** Brokers that know formats v0 and v1 take them in Produce requests up to this version. */
const OLD_PRODUCE_VERSION = 2;
const RETRIABLE = new Set(['CORRUPT_MESSAGE']);

/**
 * `before` and `after`: one batch (v2) or message set entry, as a log holds it, and the same with changes. Both alone: what lies
 * behind them in a segment or a response is not looked at.
 */
export function judge(before: Uint8Array, after: Uint8Array, context: JudgeContext = {}): Judgement {
  const [was, is] = [byteMapOf(before), byteMapOf(after)];
  const base = firstOffset(was);
  const changed = readings(was, is);
  const segmentBase = BigInt(context.segmentBase ?? base);
  const fetchEpoch = context.fetchEpoch ?? Math.max(0, epochOf(was));
  const missing = missingCodec(is);
  const sights = [
    seen('producer-broker', missing, () => broker(was, after, base, context)),
    seen('follower', missing, () => follower(after, base, fetchEpoch)),
    seen('consumer', missing, () => consumer(after, base, true)),
    seen('consumer', missing, () => consumer(after, base, false)),
    seen('recovery', missing, () => recovery(after, segmentBase, base)),
  ];
  const testimonies = sights.map((sight): Testimony => ({ ...sight, reads: sight.notices ? NO_READINGS : changed }));
  const stored = after.length >= 21 ? Number(intAt(after, is.magic === 2 ? 17 : 12, 'uint32')) : 0;
  const computed = computedCrc(is) ?? 0;
  return { storedCrc: hex32(stored), computedCrc: hex32(computed), crcHolds: stored === computed, testimonies };
}

/** The codec that the attributes name, if nobody has loaded it. */
function missingCodec({ magic, bytes }: ByteMap): CompressionType | null {
  const codec = COMPRESSION_TYPES[(bytes[magic === 2 ? 22 : 17] ?? 0) & 7];
  return codec === undefined || isCodecRegistered(codec) ? null : codec;
}

/** Who would have to unpack what cannot be unpacked here says so; the others see what they see. */
function seen(witness: Witness, missing: CompressionType | null, look: () => Sight): Sight {
  try {
    return look();
  } catch (error) {
    if (missing === null) throw error;
    return says(witness, 'codec-missing', { codec: missing });
  }
}

/** The offset of the first record: the base offset (v2), or what a wrapper's own offset and its messages say. */
function firstOffset({ magic, bytes, inner }: ByteMap): bigint {
  const offset = bytes.length < 8 ? 0n : BigInt(intAt(bytes, 0, 'int64'));
  if (magic === 2 || inner === null) return offset;
  const offsets = inner.fields.filter((field) => field.name === 'offset').map((field) => BigInt(field.value ?? 0));
  const [first = 0n, last = 0n] = [offsets[0], offsets.at(-1)];
  return magic === 0 ? first : offset - last + first;
}

function epochOf({ magic, bytes }: ByteMap): number {
  return magic === 2 && bytes.length >= 16 ? Number(intAt(bytes, 12, 'int32')) : 0;
}

/** The batch's largest timestamp: then its time is right, whatever the scenario's clock says. */
function timeOf(map: ByteMap): bigint {
  const field = map.fields.find(({ path }) => path === 'maxTimestamp' || path === 'timestamp');
  return BigInt(field?.value ?? 0);
}

/**
 * The bytes as a producer would send them: offsets from 0 on and no leader epoch, since the broker assigns both; what was changed of
 * them stays changed.
 */
function asSent(was: ByteMap, after: Uint8Array, base: bigint): Uint8Array {
  const sent = after.slice();
  const put = (at: number, size: number, plain: Uint8Array): void => {
    for (let i = at; i < Math.min(at + size, sent.length); i++)
      sent[i] = (plain[i - at] as number) ^ (was.bytes[i] ?? 0) ^ (after[i] as number);
  };
  const offset = was.bytes.length < 8 ? 0n : BigInt(intAt(was.bytes, 0, 'int64')) - base;
  put(0, 8, bytesOfInt('int64', offset));
  if (was.magic === 2) put(12, 4, bytesOfInt('int32', -1n));
  return sent;
}

function broker(was: ByteMap, after: Uint8Array, base: bigint, { produce = {}, nowMs }: JudgeContext): Sight {
  const old = was.magic === 2 ? {} : { produceVersion: OLD_PRODUCE_VERSION, toMagic: was.magic };
  const config = { nextOffset: base, leaderEpoch: Math.max(0, epochOf(was)), ...old, ...produce };
  const answer = validateProduced(asSent(was, after, base), config, nowMs ?? timeOf(was));
  if (!answer.ok) {
    const { errorCode: error, exception, reason: why } = answer;
    const key = RETRIABLE.has(error) ? 'refuses-again' : 'refuses';
    return says('producer-broker', key, { error, exception }, { notices: true, error, exception, why });
  }
  if (was.magic === 2 && hasNoEpoch(after)) {
    const [error, exception] = ['INVALID_PRODUCER_EPOCH', 'InvalidProducerEpochException'];
    return says('producer-broker', 'refuses', { error, exception }, { notices: true, error, exception });
  }
  const params = { offset: String(base), epoch: config.leaderEpoch, records: answer.records };
  if (answer.records === 0) return says('producer-broker', 'stores-nothing', params, { notices: true });
  return says('producer-broker', answer.unpacked ? 'takes-unpacked' : 'takes', params);
}

/** ProducerAppendInfo.checkProducerEpoch: an epoch below -1 is older than that of any producer, even of an unknown one. */
function hasNoEpoch(bytes: Uint8Array): boolean {
  return BigInt(intAt(bytes, 43, 'int64')) > -1n && Number(intAt(bytes, 51, 'int16')) < -1;
}

/** Which fields say something else now, those of a compressed payload too. */
export function readings(was: ByteMap, is: ByteMap): readonly FieldReading[] {
  const own = readingsOf(was, is, '');
  if (was.inner === null || is.inner === null) return own;
  return [...own, ...readingsOf(was.inner, is.inner, INNER)];
}

function readingsOf(was: ByteMap, is: ByteMap, prefix: string): FieldReading[] {
  const found: FieldReading[] = [];
  const compare = (before: ByteField | undefined, after: ByteField | undefined): void => {
    const { path, name, type } = (before ?? after) as ByteField;
    const [from, to] = [before?.value ?? null, after?.value ?? null];
    if (type !== 'compressed' && from !== to) found.push({ path: prefix + path, name, before: from, after: to });
  };
  // Mostly the fields are the same ones, in the same order.
  if (was.fields.length === is.fields.length && was.fields.every(({ path }, i) => path === is.fields[i]?.path)) {
    for (const [i, field] of was.fields.entries()) compare(field, is.fields[i]);
    return found;
  }
  const after = new Map(is.fields.map((field) => [field.path, field]));
  for (const field of was.fields) {
    compare(field, after.get(field.path));
    after.delete(field.path);
  }
  for (const field of after.values()) compare(undefined, field);
  return found;
}

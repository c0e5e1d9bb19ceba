/**
 * Compressed message sets of formats v0 and v1: a wrapper message whose value is a compressed message set (Kafka:
 * AbstractLegacyRecordBatch.DeepRecordsIterator). In v0 the inner offsets are absolute, in v1 they count from the wrapper's
 * base, which follows from the wrapper's own offset: that of its last message.
 */

import { CodecError, type CompressionType, getCodec } from '../codec.ts';
import { PartlyUnpackedError } from '../codecs/partly-unpacked.ts';
import { LEGACY_RECORD_OVERHEAD_V0, LOG_OVERHEAD } from '../record-sizes.ts';
import { FormatError } from './format-error.ts';
import { bigInt64At, int32At, wrapInt64 } from './int64.ts';
import {
  codecOf,
  magicOf,
  positionOf,
  type RawMessage,
  timestampOf,
  timestampTypeOf,
  valueBytes,
  valuePosition,
} from './raw-message.ts';
import { type RefusalKey, refused } from './refusal-keys.ts';

function invalid(
  position: number,
  key: RefusalKey,
  params: Record<string, string | number>,
  message: string,
): FormatError {
  return new FormatError('InvalidRecordException', position, refused(key, params), message);
}

interface Unpacked {
  readonly bytes: Uint8Array;
  /** What is wrong behind the last byte; null: nothing. */
  readonly failure: FormatError | null;
}

/** The wrapper's value without its compression. A codec's error becomes the KafkaException that brokers see. */
function unpackedValue(wrapper: RawMessage): Unpacked {
  const magic = magicOf(wrapper);
  const codec = codecOf(wrapper);
  if (codec === 'zstd') {
    throw invalid(positionOf(wrapper, 17), 'zstd-in-legacy', { magic }, `zstd is unknown to message format v${magic}`);
  }
  const value = valueBytes(wrapper);
  if (value === null) {
    const at = valuePosition(wrapper) - wrapper.at - 4;
    throw invalid(positionOf(wrapper, at), 'wrapper-empty', { magic }, 'a compressed message set has no value');
  }
  return unpack(codec, value, magic as 0 | 1, positionOf(wrapper, valuePosition(wrapper) - wrapper.at));
}

/** Unpacks; a stream that is only wrong behind its last byte gives its bytes and the failure that comes after them. */
export function unpack(codec: CompressionType, packed: Uint8Array, magic: 0 | 1 | 2, position: number): Unpacked {
  try {
    return { bytes: getCodec(codec).decompress(packed, magic), failure: null };
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    const failure = unpackFailed(error, position);
    if (error instanceof PartlyUnpackedError) return { bytes: error.unpacked, failure };
    throw failure;
  }
}

/** `position`: where the compressed bytes begin. */
function unpackFailed(error: CodecError, position: number): FormatError {
  const at = error.position < 0 ? position : position + error.position;
  const fact = refused('unpack', { codec: error.codec });
  return new FormatError('KafkaException', at, fact, `the records cannot be unpacked: ${error.message}`);
}

/** DataLogInputStream: whole messages only; what is cut off at the end is dropped in silence. */
function readInner(plain: Uint8Array, outerPosition: number): RawMessage[] {
  const found: RawMessage[] = [];
  let at = 0;
  while (plain.length - at >= LOG_OVERHEAD) {
    const size = int32At(plain, at + 8);
    if (size < LEGACY_RECORD_OVERHEAD_V0) {
      const params = { size, least: LEGACY_RECORD_OVERHEAD_V0 };
      throw new FormatError(
        'CorruptRecordException',
        outerPosition,
        refused('length', params),
        `an inner message claims ${size} bytes, below the least possible, ${LEGACY_RECORD_OVERHEAD_V0}`,
      );
    }
    const end = at + LOG_OVERHEAD + size;
    if (end > plain.length) break;
    found.push({ bytes: plain, at, end, offset: bigInt64At(plain, at), wrapper: null, outerPosition });
    at = end;
  }
  return found;
}

/**
 * The inner messages with absolute offsets and the wrapper's time where it counts. The sizes of all of them are checked before
 * the first is given, as in Kafka; their checksums and fields are not.
 */
export function innerMessages(wrapper: RawMessage): RawMessage[] {
  const { bytes: plain, failure } = unpackedValue(wrapper);
  const outerPosition = positionOf(wrapper, valuePosition(wrapper) - wrapper.at);
  const own = { timestamp: timestampOf(wrapper), timestampType: timestampTypeOf(wrapper) };
  const inner = readInner(plain, outerPosition).map((message) =>
    magicOf(message) === 1 ? { ...message, wrapper: own } : message,
  );
  if (failure !== null) throw failure; // noticed at the end of the stream, after the sizes
  if (inner.length === 0) {
    const magic = magicOf(wrapper);
    throw invalid(outerPosition, 'wrapper-nothing-inside', { magic }, 'a compressed message set holds no message');
  }
  if (magicOf(wrapper) !== 1) return inner;
  const base = absoluteBase(wrapper, inner[inner.length - 1].offset);
  return inner.map((message) => ({ ...message, offset: wrapInt64(base + message.offset) }));
}

/** An outer offset of 0 comes from old clients (librdkafka) and means that the inner offsets are as good as any. */
function absoluteBase(wrapper: RawMessage, lastInner: bigint): bigint {
  if (wrapper.offset === 0n) return 0n;
  if (wrapper.offset < lastInner) {
    const params = { offset: `${wrapper.offset}`, inner: `${lastInner}` };
    const text = `the wrapper's offset ${wrapper.offset} is below the last inner one, ${lastInner}, and not 0`;
    throw invalid(positionOf(wrapper, 0), 'wrapper-offset', params, text);
  }
  return wrapInt64(wrapper.offset - lastInner);
}

/** AbstractLegacyRecordBatch.iterator: the message itself, or those inside; one that is compressed again is refused. */
export function* deepMessages(message: RawMessage): Generator<RawMessage> {
  if (codecOf(message) === 'none') {
    yield message;
    return;
  }
  for (const inner of innerMessages(message)) {
    if (codecOf(inner) !== 'none') {
      throw invalid(inner.outerPosition, 'wrapper-nested', { codec: codecOf(inner) }, 'an inner message is compressed');
    }
    yield inner;
  }
}

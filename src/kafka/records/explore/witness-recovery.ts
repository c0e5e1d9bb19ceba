/**
 * Recovery of a log after an unclean stop (LogSegment.recover, LogLoader.recoverLog, rule 93): it walks through the file from batch to
 * batch, checks each one's checksum and offsets, and cuts at the first that is wrong. It looks at no magic byte: 0 and 1 (and
 * negative ones) are read as messages, everything above as a batch.
 */
import { isControl, producerId, type RawBatch } from '../convert/raw-batch.ts';
import { FormatError, type JavaException } from '../legacy/format-error.ts';
import { int32At } from '../legacy/int64.ts';
import { rawMessage } from '../legacy/raw-message.ts';
import { LEGACY_RECORD_OVERHEAD_V0, LOG_OVERHEAD } from '../record-sizes.ts';
import { checkMarker } from './control-marker.ts';
import { intAt } from './field-list.ts';
import { type Sight, says, thrownBy } from './judge-context.ts';
import { corrupt, isIntact, lastOffsetOf } from './witness-follower.ts';

const SIZE_UP_TO_MAGIC = 17;
const MAX_RELATIVE_OFFSET = 2147483647n;

/** FileLogInputStream.nextBatch, batch after batch; the rest that is no whole batch is left. */
function* fileBatches(bytes: Uint8Array): Generator<RawBatch> {
  for (let at = 0; bytes.length - at > SIZE_UP_TO_MAGIC; ) {
    const length = int32At(bytes, at + 8);
    if (length < LEGACY_RECORD_OVERHEAD_V0) {
      const fact = { key: 'byte-map.why.length', params: { length, least: LEGACY_RECORD_OVERHEAD_V0 } };
      throw new FormatError('CorruptRecordException', at + 8, fact, 'the length is below the least possible');
    }
    const end = at + LOG_OVERHEAD + length;
    if (end > bytes.length) return;
    const isMessage = Number(intAt(bytes, at + 16, 'int8')) < 2;
    yield { magic: 2, bytes, at, end, message: isMessage ? rawMessage(bytes, at, end - at) : null };
    at = end;
  }
}

/** `segmentBase`: the first offset that the segment's name says; `nextOffset`: the log's end where these bytes begin. */
export function recovery(bytes: Uint8Array, segmentBase: bigint, nextOffset: bigint): Sight {
  let valid = 0;
  let end = nextOffset;
  let why: Sight['why'] = null;
  try {
    for (const batch of fileBatches(bytes)) {
      if (!isIntact(batch)) throw corrupt(batch);
      const last = lastOffsetOf(batch);
      // A segment whose offsets run too far is split; one whose offsets lie before it cannot be (LocalLog.splitOverflowedSegment).
      if (last < segmentBase) return stopped('IllegalArgumentException', 'before-segment', { offset: String(last) });
      valid = batch.end;
      end = last + 1n;
      const marker = last - segmentBase > MAX_RELATIVE_OFFSET ? null : markerFault(batch);
      if (marker !== null) return stopped(marker.exception, marker.why);
    }
  } catch (error) {
    const { exception, why: fact } = thrownBy(error);
    if (exception !== 'CorruptRecordException') return stopped(exception, fact);
    why = fact;
  }
  const params = { end: String(end), bytes: bytes.length - valid };
  if (valid === bytes.length) return says('recovery', 'keeps', params);
  const exception = why === null ? null : 'CorruptRecordException';
  return says('recovery', why === null ? 'cuts-end' : 'cuts', params, { notices: true, exception, why });
}

/** Whatever else is thrown ends the loading of logs, and with it the broker's start. */
function stopped(exception: string, why: Sight['why'] | string, params: Record<string, number | string> = {}): Sight {
  const fact = typeof why === 'string' ? { key: `byte-map.why.${why}`, params } : why;
  return says('recovery', 'stops', { exception }, { notices: true, exception, why: fact });
}

function markerFault(batch: RawBatch): { exception: JavaException; why: Sight['why'] } | null {
  if (batch.message !== null || producerId(batch) <= -1n || !isControl(batch)) return null;
  try {
    checkMarker(batch);
    return null;
  } catch (error) {
    const { exception, why } = thrownBy(error);
    return { exception: exception as JavaException, why };
  }
}

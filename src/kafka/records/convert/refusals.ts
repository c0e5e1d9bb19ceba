/** How an exception on the broker becomes the error code of the answer (Kafka: Errors.forException). */

import type { Fact } from '../byte-field.ts';
import { CodecError } from '../codec.ts';
import { BuilderError } from '../legacy/builder-error.ts';
import { FormatError, type JavaException } from '../legacy/format-error.ts';
import { refused } from '../legacy/refusal-keys.ts';
import type { ProducedRecordError, ProduceRefusal, ProduceStage } from './produced.ts';

const CODES: ReadonlyMap<JavaException, string> = new Map([
  ['CorruptRecordException', 'CORRUPT_MESSAGE'],
  ['InvalidRecordException', 'INVALID_RECORD'],
  ['InvalidTimestampException', 'INVALID_TIMESTAMP'],
  ['RecordTooLargeException', 'MESSAGE_TOO_LARGE'],
  ['RecordBatchTooLargeException', 'RECORD_LIST_TOO_LARGE'],
  ['UnsupportedForMessageFormatException', 'UNSUPPORTED_FOR_MESSAGE_FORMAT'],
  ['UnsupportedCompressionTypeException', 'UNSUPPORTED_COMPRESSION_TYPE'],
  ['TransactionalIdAuthorizationException', 'TRANSACTIONAL_ID_AUTHORIZATION_FAILED'],
]);

/** Whatever Kafka has no code for is UNKNOWN_SERVER_ERROR to the client, and a stack trace in the broker's log. */
export function errorCodeOf(exception: JavaException): string {
  return CODES.get(exception) ?? 'UNKNOWN_SERVER_ERROR';
}

/** Record errors of one batch, which the validator throws together. */
export class RecordErrors extends FormatError {
  readonly recordErrors: readonly ProducedRecordError[];
  constructor(exception: JavaException, position: number, fact: Fact, errors: readonly ProducedRecordError[]) {
    super(exception, position, fact, `${errors.length} of the batch's records are refused: ${errors[0].reason.key}`);
    this.recordErrors = errors;
  }
}

/** Turns what was thrown into the answer; anything that is no broken record is a fault of ours and goes on. */
export function refusalOf(thrown: unknown, stage: ProduceStage, unpacked: boolean): ProduceRefusal {
  if (thrown instanceof FormatError) {
    return {
      ok: false,
      errorCode: errorCodeOf(thrown.exception),
      exception: thrown.exception,
      reason: thrown.fact,
      message: thrown.message,
      position: thrown.position,
      recordErrors: thrown instanceof RecordErrors ? thrown.recordErrors : [],
      stage,
      unpacked,
    };
  }
  if (thrown instanceof BuilderError) {
    const common = { exception: thrown.name, reason: thrown.fact, message: thrown.message, position: -1 };
    return { ok: false, errorCode: 'UNKNOWN_SERVER_ERROR', ...common, recordErrors: [], stage, unpacked };
  }
  if (thrown instanceof CodecError) {
    const fact = refused('pack', { codec: thrown.codec });
    const common = { exception: 'KafkaException', reason: fact, message: thrown.message, position: -1 };
    return { ok: false, errorCode: 'UNKNOWN_SERVER_ERROR', ...common, recordErrors: [], stage, unpacked };
  }
  throw thrown;
}

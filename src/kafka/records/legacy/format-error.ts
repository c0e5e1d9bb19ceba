import type { Fact } from '../byte-field.ts';
import { RecordFormatError, type RecordFormatReason } from '../record-batch-reader.ts';

/** Simple names of the Java exceptions that broken records cause. */
export type JavaException =
  | 'CorruptRecordException'
  | 'InvalidRecordException'
  | 'IndexOutOfBoundsException'
  | 'IllegalArgumentException'
  | 'KafkaException'
  | 'OutOfMemoryError'
  | 'UnsupportedOperationException'
  | 'UnsupportedForMessageFormatException'
  | 'UnsupportedCompressionTypeException'
  | 'TransactionalIdAuthorizationException'
  | 'RecordTooLargeException'
  | 'RecordBatchTooLargeException'
  | 'InvalidTimestampException';

/**
 * A RecordFormatError that carries its reason as data too (a key of the text area `formats` and figures), and the name of whatever
 * exception Kafka would throw there: reading the old formats also runs into plain Java ones.
 */
export class FormatError extends RecordFormatError {
  readonly exception: JavaException;
  readonly fact: Fact;
  constructor(exception: JavaException, position: number, fact: Fact, message: string) {
    super(reasonOf(exception), position, message);
    this.name = exception;
    this.exception = exception;
    this.fact = fact;
  }
}

function reasonOf(exception: JavaException): RecordFormatReason {
  return exception === 'CorruptRecordException' ? 'crc' : 'record';
}

import { CodecError } from '../codec.ts';

/**
 * A fault behind the last unpacked byte (a wrong trailer): whoever reads piece by piece, as Kafka does, has all of `unpacked` before
 * it notices.
 */
export class PartlyUnpackedError extends CodecError {
  readonly unpacked: Uint8Array;
  constructor(codec: CodecError['codec'], position: number, message: string, unpacked: Uint8Array) {
    super(codec, position, message);
    this.unpacked = unpacked;
  }
}

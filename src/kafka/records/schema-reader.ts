import { utf8Text } from './bytes.ts';

const TWO_32 = 4294967296;

/** Reads the same back. Throws RangeError where the bytes end too early. */
export class SchemaReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }
  get atEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }
  #take(size: number): number {
    if (size < 0 || this.#at + size > this.#bytes.length) throw new RangeError(`bytes end at ${this.#bytes.length}`);
    const from = this.#at;
    this.#at += size;
    return from;
  }
  int8(): number {
    return ((this.#bytes[this.#take(1)] as number) << 24) >> 24;
  }
  int16(): number {
    const at = this.#take(2);
    return (((this.#bytes[at] as number) << 24) >> 16) | (this.#bytes[at + 1] as number);
  }
  int32(): number {
    const at = this.#take(4);
    const b = this.#bytes;
    return (
      ((b[at] as number) << 24) | ((b[at + 1] as number) << 16) | ((b[at + 2] as number) << 8) | (b[at + 3] as number)
    );
  }
  int64(): number {
    const high = this.int32();
    return high * TWO_32 + (this.int32() >>> 0);
  }
  varint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#bytes[this.#take(1)] as number;
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
    }
    throw new RangeError('a variable-length integer does not end');
  }
  raw(size: number): Uint8Array {
    const from = this.#take(size);
    return this.#bytes.slice(from, from + size);
  }
  string(): string {
    return utf8Text(this.raw(this.int16()));
  }
  nullableString(): string | null {
    const size = this.int16();
    return size < 0 ? null : utf8Text(this.raw(size));
  }
  compactString(): string {
    return utf8Text(this.raw(this.varint() - 1));
  }
  bytes(): Uint8Array | null {
    const size = this.int32();
    return size < 0 ? null : this.raw(size);
  }
}

/**
 * Kafka's message types on bytes (org.apache.kafka.common.protocol.types): what its coordinators write into keys and values of
 * internal topics. Big endian; classic strings have a 16-bit length, compact ones an unsigned varint of length + 1.
 */
import { utf8Bytes } from './bytes.ts';

const TWO_32 = 4294967296;

/** Bytes in the making. */
export class SchemaWriter {
  readonly #out: number[] = [];

  int8(value: number): void {
    this.#out.push(value & 255);
  }
  int16(value: number): void {
    this.#out.push((value >> 8) & 255, value & 255);
  }
  int32(value: number): void {
    this.#out.push((value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
  }
  /** A safe integer. */
  int64(value: number): void {
    this.int32(Math.floor(value / TWO_32));
    this.int32(value >>> 0);
  }
  varint(value: number): void {
    let rest = value >>> 0;
    while (rest >= 128) {
      this.#out.push((rest & 127) | 128);
      rest >>>= 7;
    }
    this.#out.push(rest);
  }
  raw(bytes: Uint8Array): void {
    for (const byte of bytes) this.#out.push(byte);
  }
  string(text: string): void {
    const bytes = utf8Bytes(text);
    this.int16(bytes.length);
    this.raw(bytes);
  }
  nullableString(text: string | null): void {
    if (text === null) this.int16(-1);
    else this.string(text);
  }
  compactString(text: string): void {
    const bytes = utf8Bytes(text);
    this.varint(bytes.length + 1);
    this.raw(bytes);
  }
  bytes(value: Uint8Array | null): void {
    if (value === null) {
      this.int32(-1);
      return;
    }
    this.int32(value.length);
    this.raw(value);
  }
  done(): Uint8Array {
    return Uint8Array.from(this.#out);
  }
}

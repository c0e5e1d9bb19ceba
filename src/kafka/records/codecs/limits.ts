/** What every codec here has in common: how much may come out, and room to write in. */

/**
 * The most that one stream may unpack to. Kafka has no such limit of its own; a page must not be brought down by a few
 * kilobytes that stand for gigabytes. No batch that a producer sends comes near it (max.request.size is 1 MiB by default).
 */
export const MAX_PLAIN_BYTES = 1 << 28;

/** A buffer that grows by doubling; what is taken from it is a copy. */
export class Output {
  bytes: Uint8Array;
  length = 0;

  constructor(capacity: number) {
    this.bytes = new Uint8Array(capacity);
  }

  /** Room for `more` bytes behind what is written. Callers check MAX_PLAIN_BYTES before. */
  reserve(more: number): Uint8Array {
    const needed = this.length + more;
    if (needed > this.bytes.length) {
      const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2));
      larger.set(this.bytes.subarray(0, this.length));
      this.bytes = larger;
    }
    return this.bytes;
  }

  append(bytes: Uint8Array): void {
    this.reserve(bytes.length).set(bytes, this.length);
    this.length += bytes.length;
  }

  take(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }
}

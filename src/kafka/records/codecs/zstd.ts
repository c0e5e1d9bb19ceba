/**
 * Zstandard, by the WebAssembly module of @bokuweb/zstd-wasm without its JavaScript: that loads by promises, keeps one instance
 * for good, and unpacks frames of unknown size to a heap of fixed size. Levels -131072 to 22, 3 by default (ZstdCompression).
 */
import { type Codec, CodecError } from '../codec.ts';
import { MAX_PLAIN_BYTES, Output } from './limits.ts';
import { readZstdFrame } from './zstd-frame.ts';

const DEFAULT_LEVEL = 3;
const MIN_LEVEL = -131072;
const MAX_LEVEL = 22;
/** Memory of WebAssembly never shrinks: an instance that has grown beyond this is dropped after the call. */
const KEPT_BYTES = 1 << 26;
const PAGE_BYTES = 1 << 16;
const MAX_HEAP_BYTES = 2147483648;

/** What the module exports, by the names that its build gave them. */
interface Exports {
  /** The memory. */
  readonly f: WebAssembly.Memory;
  /** Runs constructors, once. */
  g(): void;
  /** ZSTD_isError(code). */
  h(code: number): number;
  /** ZSTD_compressBound(size). */
  i(size: number): number;
  /** ZSTD_compress(target, capacity, source, size, level). */
  m(target: number, capacity: number, source: number, size: number, level: number): number;
  /** ZSTD_decompress(target, capacity, source, size). */
  r(target: number, capacity: number, source: number, size: number): number;
  /** malloc(size), 0 when there is no room. */
  s(size: number): number;
  /** free(pointer). */
  t(pointer: number): void;
}

/** ZSTD_ErrorCode, as far as a whole stream with enough room may meet them. */
const ERRORS: ReadonlyMap<number, string> = new Map([
  [10, 'not a zstd frame (magic number)'],
  [14, 'a frame asks for what is not supported'],
  [16, 'the window is too large'],
  [20, 'corrupt data'],
  [22, 'the checksum is wrong'],
  [24, 'a header of literals is wrong'],
  [30, 'the dictionary is corrupt'],
  [32, 'the dictionary is wrong'],
  [64, 'no memory'],
  [70, 'more comes out than the frame says'],
  [72, 'the stream is cut off'],
]);

function instantiate(module: WebAssembly.Module): Exports {
  const stop = (): never => {
    throw new Error('the library gave up');
  };
  let memory: WebAssembly.Memory;
  const imports = {
    a: {
      a: stop, // proc_exit
      b: () => undefined, // runtime_keepalive_clear
      c: stop, // abort
      d: () => 0, // setitimer
      /** resize_heap: a fifth more than was, or what is asked for. */
      e(requested: number): number {
        const size = memory.buffer.byteLength;
        const wanted = requested >>> 0;
        if (wanted > MAX_HEAP_BYTES) return 0;
        const next = Math.min(MAX_HEAP_BYTES, Math.max(wanted, Math.floor(size * 1.2)));
        try {
          memory.grow(Math.ceil((next - size) / PAGE_BYTES));
          return 1;
        } catch {
          return 0;
        }
      },
    },
  };
  const exports = new WebAssembly.Instance(module, imports).exports as unknown as Exports;
  memory = exports.f;
  exports.g();
  return exports;
}

/** The codec over a compiled module. The same input and level give the same bytes, whatever was packed before. */
export function makeZstd(module: WebAssembly.Module): Codec {
  let instance: Exports | null = null;

  /** Calls the library with room for input and output; what it wrote, or the error's number as a negative one. */
  function run(
    input: Uint8Array,
    capacityOf: (zstd: Exports) => number,
    call: (zstd: Exports, target: number, capacity: number, source: number) => number,
  ): Uint8Array | number {
    instance ??= instantiate(module);
    const zstd = instance;
    // Until all went well: a fault inside leaves an instance that nobody can tell anything about.
    instance = null;
    const capacity = capacityOf(zstd);
    const source = zstd.s(input.length + 1);
    const target = zstd.s(capacity + 1);
    if (source === 0 || target === 0) return -64;
    new Uint8Array(zstd.f.buffer, source, input.length).set(input);
    const result = call(zstd, target, capacity, source);
    const isError = zstd.h(result) !== 0;
    const written = isError ? result | 0 : new Uint8Array(zstd.f.buffer, target, result).slice();
    zstd.t(target);
    zstd.t(source);
    if (zstd.f.buffer.byteLength <= KEPT_BYTES) instance = zstd;
    return written;
  }

  function compress(bytes: Uint8Array, level = DEFAULT_LEVEL): Uint8Array {
    if (!(Number.isInteger(level) && level >= MIN_LEVEL && level <= MAX_LEVEL))
      throw new RangeError(`zstd has no level ${level}`);
    const packed = run(
      bytes,
      (zstd) => zstd.i(bytes.length),
      (zstd, target, capacity, source) => zstd.m(target, capacity, source, bytes.length, level),
    );
    if (typeof packed === 'number') throw new Error(`zstd: ${ERRORS.get(-packed) ?? `error ${-packed}`}`);
    return packed;
  }

  function unpackFrame(bytes: Uint8Array, start: number, end: number, bound: number): Uint8Array {
    let plain: Uint8Array | number;
    try {
      plain = run(
        bytes.subarray(start, end),
        () => bound,
        (zstd, target, capacity, source) => zstd.r(target, capacity, source, end - start),
      );
    } catch (error) {
      throw new CodecError('zstd', start, error instanceof Error ? error.message : String(error));
    }
    if (typeof plain === 'number') throw new CodecError('zstd', start, ERRORS.get(-plain) ?? `error ${-plain}`);
    return plain;
  }

  function decompress(bytes: Uint8Array): Uint8Array {
    // No frame at all is an end of the stream at once, as for ZstdInputStream.
    if (bytes.length === 0) return new Uint8Array(0);
    const first = readZstdFrame(bytes, 0);
    if (first.end === bytes.length && first.bound > 0) return unpackFrame(bytes, 0, first.end, first.bound);
    const output = new Output(first.bound);
    for (let at = 0; at < bytes.length; ) {
      const { end, bound } = readZstdFrame(bytes, at);
      if (output.length + bound > MAX_PLAIN_BYTES) {
        throw new CodecError('zstd', at, `more than ${MAX_PLAIN_BYTES} bytes come out`);
      }
      output.append(unpackFrame(bytes, at, end, bound));
      at = end;
    }
    return output.take();
  }

  return { type: 'zstd', compress, decompress };
}

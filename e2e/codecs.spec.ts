/**
 * The codecs of the built page, in the browser and under its policy: the very bytes that Node gives (the same fixture is held
 * against src/kafka/records/codecs/codecs.test.ts), and none of them loaded before anybody needs one.
 */
import type { Page } from '@playwright/test';
import type { Codec } from '../src/kafka/records/codec.ts';
import FIXED_BYTES from '../src/kafka/records/codecs/fixed-bytes.json' with { type: 'json' };
import { fixedInputs } from '../src/kafka/records/codecs/fixed-inputs.ts';
import { crc32c } from '../src/kafka/records/crc32c.ts';
import { expect, test } from './page.ts';

declare global {
  interface Window {
    codecs?: Record<string, Codec>;
  }
}

/** Every file of the build, as the service worker knows them. */
async function filesOfBuild(page: Page): Promise<string[]> {
  const text = await page.evaluate(async () => (await fetch('./sw.js')).text());
  return [...text.matchAll(/"(assets\/[^"]+)"/g)].map((match) => match[1]!);
}

/** Imports the built codecs into the page, each from its own file. */
async function importCodecs(page: Page, files: readonly string[]): Promise<void> {
  await page.evaluate(async (names) => {
    const codecs: Record<string, Codec> = {};
    const wasm = names.find((name) => /\/zstd-[\w-]+\.wasm$/.test(name))!;
    const module = await WebAssembly.compile(await (await fetch(`./${wasm}`)).arrayBuffer());
    for (const name of names.filter((each) => /\/(gzip|snappy|lz4|zstd)-[\w-]+\.js$/.test(each))) {
      for (const part of Object.values(await import(new URL(name, document.baseURI).href)) as unknown[]) {
        const codec = (typeof part === 'function' ? part(module) : part) as Codec;
        codecs[codec.type] = codec;
      }
    }
    window.codecs = codecs;
  }, files);
}

const toText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

test('Chromium packs to the very bytes that Node does, and unpacks them', async ({ scope }) => {
  const { page } = scope;
  await scope.openPaused();
  await importCodecs(page, await filesOfBuild(page));
  expect(await page.evaluate(() => Object.keys(window.codecs!).sort())).toEqual(['gzip', 'lz4', 'snappy', 'zstd']);
  for (const { name, bytes } of fixedInputs()) {
    const cases = FIXED_BYTES.filter((each) => each.input === name);
    expect(cases.length).toBeGreaterThanOrEqual(4);
    const packed = await page.evaluate(
      ({ text, wanted }) => {
        const fromText = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
        const plain = fromText(text);
        return wanted.map(({ codec, level }) => {
          const stream = window.codecs![codec]!.compress(plain, level ?? undefined);
          const back = window.codecs![codec]!.decompress(stream);
          const isSame = back.length === plain.length && back.every((byte, index) => byte === plain[index]);
          let binary = '';
          for (const byte of stream) binary += String.fromCharCode(byte);
          return { isSame, stream: btoa(binary) };
        });
      },
      { text: toText(bytes), wanted: cases.map(({ codec, level }) => ({ codec, level })) },
    );
    for (const [index, { codec, level, size, crc32c: checksum }] of cases.entries()) {
      const { isSame, stream } = packed[index]!;
      const got = new Uint8Array(Buffer.from(stream, 'base64'));
      const what = { name, codec, level };
      expect({ ...what, isSame, size: got.length, crc: crc32c(got, 0, got.length) }).toEqual({
        ...what,
        isSame: true,
        size,
        crc: checksum,
      });
    }
  }
  // Bad bytes: the same faults as in Node, and the codec still works.
  const fault = await page.evaluate(() => {
    try {
      window.codecs!.zstd!.decompress(Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0x58, 9, 0, 0));
      return 'none';
    } catch (error) {
      return (error as Error).message;
    }
  });
  expect(fault).toBe('zstd: the stream is cut off (at byte 9)');
});

test("the built loader brings all codecs under the page's policy, and no codec comes before", async ({ scope }) => {
  const { page } = scope;
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname.split('/').pop()!));
  await scope.openPaused();
  const ofCodecs = (): string[] => loaded.filter((name) => /^(gzip|snappy|lz4|zstd)-/.test(name));
  expect(ofCodecs()).toEqual([]);
  const loader = (await filesOfBuild(page)).find((name) => /\/load-codecs-/.test(name));
  await page.evaluate(async (name) => {
    const { loadCodecs } = await import(new URL(name!, document.baseURI).href);
    await Promise.all([loadCodecs(), loadCodecs(['zstd'])]);
    await loadCodecs();
  }, loader);
  const names = ofCodecs();
  expect(names.filter((name) => name.endsWith('.wasm'))).toHaveLength(1);
  expect(
    names
      .filter((name) => name.endsWith('.js'))
      .map((name) => name.split('-')[0])
      .sort(),
  ).toEqual(['gzip', 'lz4', 'snappy', 'zstd']);
});

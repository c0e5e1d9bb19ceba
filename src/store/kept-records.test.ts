import { expect, test } from 'vitest';
import type { RecordsOptions } from '../protocol/records-file.ts';
import { deleteKept, keepFile, listKept, readKept } from './kept-records.ts';
import type { Storage } from './persistence.ts';

const options: RecordsOptions = { kind: 'csv', delimiter: ';', header: true, key: '0', values: ['1'] };

function memory(): Storage & { rows: Map<string, unknown>; full: boolean } {
  const rows = new Map<string, unknown>();
  const storage = {
    rows,
    full: false,
    getItem: () => null,
    setItem: () => undefined,
    load: async (name: string) => rows.get(name),
    save: async (name: string, value: unknown) => {
      if (storage.full) throw new DOMException('full', 'QuotaExceededError');
      rows.set(name, value);
    },
    remove: async (name: string) => {
      rows.delete(name);
    },
  };
  return storage;
}

test('files are kept, listed newest first, read again and deleted', async () => {
  const storage = memory();
  expect(await listKept(storage)).toEqual([]);
  expect(await keepFile(storage, { name: 'a.csv', bytes: 3, options }, new Blob(['a;b']))).toBe(true);
  expect(await keepFile(storage, { name: 'b.csv', bytes: 1, options }, new Blob(['b']))).toBe(true);
  expect(await keepFile(storage, { name: 'a.csv', bytes: 5, options }, new Blob(['a;b;c']))).toBe(true);
  const list = await listKept(storage);
  expect(list.map(({ name, bytes }) => [name, bytes])).toEqual([
    ['a.csv', 5],
    ['b.csv', 1],
  ]);
  expect(list[0]?.options).toEqual(options);
  expect(await (await readKept(storage, list[0]!.id))?.text()).toBe('a;b;c');
  expect(await deleteKept(storage, list[0]!.id)).toBe(true);
  expect(await readKept(storage, list[0]!.id)).toBeNull();
  expect((await listKept(storage)).map(({ name }) => name)).toEqual(['b.csv']);
  expect([...storage.rows.keys()]).toHaveLength(2);
});

test('a storage that is full keeps what it has and says so', async () => {
  const storage = memory();
  await keepFile(storage, { name: 'a', bytes: 1, options }, new Blob(['a']));
  storage.full = true;
  expect(await keepFile(storage, { name: 'b', bytes: 1, options }, new Blob(['b']))).toBe(false);
  expect((await listKept(storage)).map(({ name }) => name)).toEqual(['a']);
});

test('a storage that was written by somebody else is no list', async () => {
  const storage = memory();
  storage.rows.set('records', [{ id: 'x' }, null, { id: 1, name: 'a', bytes: 1, options }]);
  expect(await listKept(storage)).toHaveLength(1);
  storage.rows.set('records', 'nonsense');
  expect(await listKept(storage)).toEqual([]);
});

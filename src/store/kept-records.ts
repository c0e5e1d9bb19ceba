/**
 * Files of records that the learner used are kept in the browser, to be chosen again: a small list, and each file by itself.
 * A storage that is full keeps what it has; nothing on the page depends on it.
 */
import type { RecordsOptions } from '../protocol/records-file.ts';
import type { Storage } from './persistence.ts';

export interface KeptFile {
  readonly id: number;
  readonly name: string;
  readonly bytes: number;
  readonly options: RecordsOptions;
}

const LIST = 'records';
const fileName = (id: number): string => `records:${id}`;
const MAX_KEPT = 50;

function isKept(value: unknown): value is KeptFile {
  if (typeof value !== 'object' || value === null) return false;
  const { id, name, bytes, options } = value as Record<string, unknown>;
  return (
    typeof id === 'number' &&
    typeof name === 'string' &&
    typeof bytes === 'number' &&
    typeof options === 'object' &&
    options !== null
  );
}

/** The newest first; empty when nothing can be read. */
export async function listKept(storage: Storage): Promise<readonly KeptFile[]> {
  try {
    const list = await storage.load(LIST);
    return Array.isArray(list) ? list.filter(isKept) : [];
  } catch {
    return [];
  }
}

/** Keeps a file under its name, in place of an older one of that name. False: the storage is full or forbidden. */
export async function keepFile(storage: Storage, file: Omit<KeptFile, 'id'>, content: Blob): Promise<boolean> {
  try {
    const before = await listKept(storage);
    const same = before.find(({ name }) => name === file.name);
    const id = same?.id ?? Math.max(0, ...before.map((kept) => kept.id)) + 1;
    // The file first: a list that names one which is not there would promise too much.
    await storage.save(fileName(id), content);
    const list = [{ ...file, id }, ...before.filter((kept) => kept.id !== id)];
    await storage.save(LIST, list.slice(0, MAX_KEPT));
    for (const gone of list.slice(MAX_KEPT)) await storage.remove(fileName(gone.id));
    return true;
  } catch {
    return false;
  }
}

export async function readKept(storage: Storage, id: number): Promise<Blob | null> {
  try {
    const content = await storage.load(fileName(id));
    return content instanceof Blob ? content : null;
  } catch {
    return null;
  }
}

/** Off the list first, so that a delete that is cut short leaves no name without its file. */
export async function deleteKept(storage: Storage, id: number): Promise<boolean> {
  try {
    const list = await listKept(storage);
    await storage.save(
      LIST,
      list.filter((kept) => kept.id !== id),
    );
    await storage.remove(fileName(id));
    return true;
  } catch {
    return false;
  }
}

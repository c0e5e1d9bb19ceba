/** A file that is dropped anywhere on the page: a scenario, properties or records, by its name and its beginning. */
import type { AppStore } from '../../store/app-store.ts';
import { parseThing } from '../../store/thing.ts';
import { openScenarioFile } from './open-file.ts';

export type FileKind = 'scenario' | 'properties' | 'records';

const HEAD_BYTES = 65_536;

/** `head` is the beginning of the file as far as it is text. */
export function kindOfFile(name: string, head: string): FileKind {
  const extension = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  if (extension === 'properties' || extension === 'conf' || extension === 'cfg') return 'properties';
  if (['csv', 'tsv', 'jsonl', 'ndjson', 'log'].includes(extension)) return 'records';
  if (/"kafkascope"\s*:/.test(head) && head.trimStart().startsWith('{')) return 'scenario';
  if (extension === 'json') return isJsonLines(head) ? 'records' : 'scenario';
  return isProperties(head) ? 'properties' : 'records';
}

/** Objects of one line each, at least two of them. */
function isJsonLines(head: string): boolean {
  const lines = head.split(/\r?\n/).filter((line) => line.trim() !== '');
  const [first = '', second = ''] = lines;
  return /^\s*\{.*\}\s*$/.test(first) && second.trimStart().startsWith('{');
}

/** Most lines that are no comment are names with dots and an = sign. */
function isProperties(head: string): boolean {
  const lines = head
    .split(/\r?\n/)
    .slice(0, 200)
    .filter((line) => line.trim() !== '' && !/^\s*[#!]/.test(line));
  const like = lines.filter(
    (line) => /^\s*[a-z][\w-]*(\.[\w-]+)*\s*=/i.test(line) && !line.slice(0, 200).includes(','),
  );
  const dotted = like.filter((line) => /^\s*\w+\.[\w.]+/.test(line));
  return lines.length > 0 && like.length >= lines.length * 0.8 && dotted.length > 0;
}

/** Opens a scenario at once; for properties and records a dialog says what they would do first. */
export async function openDroppedFile(store: AppStore, file: File): Promise<void> {
  const { actions, selection } = store.getState();
  let head = '';
  try {
    head = new TextDecoder().decode(await file.slice(0, HEAD_BYTES).arrayBuffer());
  } catch {
    // What cannot be read is said by whoever opens it.
  }
  const kind = kindOfFile(file.name, head);
  if (kind === 'scenario') {
    const before = store.getState().openFailure;
    await openScenarioFile(store, file);
    if (store.getState().openFailure === before)
      actions.notice({ key: 'inout.drop.scenario', params: { name: file.name } });
    return;
  }
  const thing = selection === null ? null : parseThing(selection);
  const producer = thing?.kind === 'producer' ? { producer: thing.name } : {};
  actions.openDialog({ kind: 'inout', tab: kind, file, ...producer });
}

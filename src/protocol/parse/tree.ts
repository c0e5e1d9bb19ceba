import { item, member } from './check.ts';
import { MAX_DEPTH } from './json.ts';
import type { ProblemCode, ProblemParams } from './messages.ts';

/** No text of the allowed size holds more; a value that refers to itself would go on for ever. */
const MAX_NODES = 10_000_000;

type TreeFault = { place: string; code: ProblemCode; params: ProblemParams };

/**
 * What would make a reader trip: nesting without end, a field that would set an object's prototype, and what JSON does
 * not have. A text cannot hold them past readJson; a value that comes from elsewhere could.
 */
export function checkTree(json: unknown): TreeFault | null {
  const open: Branch[] = [{ place: '', value: json, depth: 0 }];
  let nodes = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    nodes++;
    if (next.depth > MAX_DEPTH || nodes > MAX_NODES)
      return { place: '', code: 'json-deep', params: { max: MAX_DEPTH } };
    const fault = Array.isArray(next.value) ? openList(next, next.value, open) : openObject(next, open);
    if (fault !== null) return fault;
  }
  return null;
}

type Branch = { place: string; value: unknown; depth: number };

function openList(branch: Branch, list: readonly unknown[], open: Branch[]): TreeFault | null {
  // By index, since a list with holes in it has entries that forEach and its like pass over.
  for (let index = 0; index < list.length; index++) {
    const fault = openEntry(list[index], () => item(branch.place, index), branch.depth + 1, open);
    if (fault !== null) return fault;
  }
  return null;
}

function openObject(branch: Branch, open: Branch[]): TreeFault | null {
  if (!isPlain(branch.value)) return openEntry(branch.value, () => branch.place, branch.depth, []);
  for (const name of Object.keys(branch.value)) {
    const place = (): string => member(branch.place, name);
    if (name === '__proto__') return { place: place(), code: 'forbidden-key', params: { field: name } };
    const entry = branch.value[name];
    // A field that is undefined counts as left out.
    const fault = entry === undefined ? null : openEntry(entry, place, branch.depth + 1, open);
    if (fault !== null) return fault;
  }
  return null;
}

function openEntry(value: unknown, place: () => string, depth: number, open: Branch[]): TreeFault | null {
  if (Array.isArray(value) || isPlain(value)) open.push({ place: place(), value, depth });
  else if (!isLeaf(value)) {
    return { place: place(), code: 'wrong-type', params: { expected: '@value', kind: '@other' } };
  }
  return null;
}

function isLeaf(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  return typeof value === 'number' && Number.isFinite(value);
}

/** An object as JSON makes it, whichever realm it comes from; no Date, Map or other class of the language. */
function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.prototype.toString.call(value) === '[object Object]';
}

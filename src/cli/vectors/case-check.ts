/** What the checkers of vector files share: reading untrusted cases, comparing, and saying plainly what differs. */

export interface VectorFile {
  readonly item: string;
  readonly cases: readonly unknown[];
  /** Some items keep further lists beside `cases`. */
  readonly [list: string]: unknown;
}

export interface CaseResult {
  readonly name: string;
  /** Empty = passed. */
  readonly misses: readonly string[];
}

export type VectorChecker = (file: VectorFile) => CaseResult[];

const LONGEST_SHOWN = 200;

/** One case under check. An expectation that the file leaves out is not compared; a case without any has failed. */
export class CaseCheck {
  readonly misses: string[] = [];
  private comparisons = 0;

  same(what: string, expected: unknown, actual: unknown): void {
    if (expected === undefined) return;
    this.comparisons++;
    if (!isSame(expected, actual)) this.misses.push(difference(what, expected, actual));
  }

  /** For expectations that are not one value. */
  holds(what: string, isMet: boolean, expected: string, actual: unknown): void {
    this.comparisons++;
    if (!isMet) this.misses.push(`${what}: expected ${expected}, actual ${show(actual)}`);
  }

  result(name: string): CaseResult {
    if (this.comparisons === 0) this.misses.push('the case holds nothing to compare');
    return { name, misses: this.misses };
  }
}

/** Runs each entry of a list of the file; an entry that cannot be read or that makes our code throw has failed. */
export function checkList(
  list: unknown,
  listName: string,
  check: (entry: Fields, result: CaseCheck) => string | undefined,
): CaseResult[] {
  if (list === undefined) return [];
  if (!Array.isArray(list)) return [{ name: listName, misses: [`${listName} is not a list`] }];
  return list.map((entry: unknown, index) => {
    const result = new CaseCheck();
    let label: string | undefined;
    try {
      label = check(new Fields(entry, `${listName}[${index}]`), result);
    } catch (error) {
      result.misses.push(`could not be run: ${error instanceof Error ? error.message : show(error)}`);
    }
    const misses = result.misses.length > 0 ? result.misses : result.result('').misses;
    return { name: label === undefined ? `${listName}[${index}]` : `${listName}[${index}] ${label}`, misses };
  });
}

/** A JSON object whose fields are read with their types checked, since a vector file may come from anybody. */
export class Fields {
  private readonly fields: Readonly<Record<string, unknown>>;
  private readonly path: string;

  constructor(value: unknown, path: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new Error(`${path} is not an object`);
    this.fields = value as Record<string, unknown>;
    this.path = path;
  }

  /** The value as it is; undefined if the file does not have it. */
  raw(name: string): unknown {
    return Object.hasOwn(this.fields, name) ? this.fields[name] : undefined;
  }

  number(name: string): number {
    const value = this.raw(name);
    if (typeof value !== 'number') throw new Error(`${this.path}.${name} is not a number`);
    return value;
  }

  text(name: string): string {
    const value = this.raw(name);
    if (typeof value !== 'string') throw new Error(`${this.path}.${name} is not a string`);
    return value;
  }

  textOrNull(name: string): string | null {
    return this.raw(name) === null ? null : this.text(name);
  }

  flag(name: string): boolean {
    const value = this.raw(name);
    if (typeof value !== 'boolean') throw new Error(`${this.path}.${name} is not true or false`);
    return value;
  }

  list(name: string): readonly unknown[] {
    const value = this.raw(name);
    if (!Array.isArray(value)) throw new Error(`${this.path}.${name} is not a list`);
    return value;
  }

  numbers(name: string): readonly number[] {
    return this.list(name).map((value) => {
      if (typeof value !== 'number') throw new Error(`${this.path}.${name} holds something that is not a number`);
      return value;
    });
  }

  object(name: string): Fields {
    return new Fields(this.raw(name), `${this.path}.${name}`);
  }

  objects(name: string): Fields[] {
    return this.list(name).map((value, index) => new Fields(value, `${this.path}.${name}[${index}]`));
  }

  entries(): [string, unknown][] {
    return Object.entries(this.fields);
  }

  /** A 64-bit integer, which the vectors write as a decimal string. */
  bigint(name: string): bigint {
    const value = this.raw(name);
    if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
    if (typeof value !== 'string' || !/^-?\d+$/.test(value)) throw new Error(`${this.path}.${name} is no integer`);
    return BigInt(value);
  }

  /** The same where our code keeps a number: beyond 2^53 it is not modelled. */
  int64(name: string): number {
    const value = Number(this.bigint(name));
    if (!Number.isSafeInteger(value)) throw new Error(`${this.path}.${name} is beyond 2^53, which is not modelled`);
    return value;
  }

  int64OrNull(name: string): number | null {
    return this.raw(name) === null ? null : this.int64(name);
  }
}

export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b) || a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a);
  const right = b as Record<string, unknown>;
  if (left.length !== Object.keys(right).length) return false;
  return left.every(([key, value]) => Object.hasOwn(right, key) && isSame(value, right[key]));
}

export function show(value: unknown): string {
  const text = JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? `${inner}` : inner));
  if (text === undefined) return 'nothing';
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN)}... (${text.length} characters)`;
}

/** Of two long strings (bytes in hexadecimal) only the surroundings of the first difference are worth reading. */
function difference(what: string, expected: unknown, actual: unknown): string {
  if (typeof expected === 'string' && typeof actual === 'string' && expected.length > LONGEST_SHOWN / 2) {
    let at = 0;
    while (at < expected.length && expected[at] === actual[at]) at++;
    const around = (text: string): string => `...${text.slice(Math.max(0, at - 8), at + 32)}...`;
    const lengths = `lengths ${expected.length} and ${actual.length}`;
    return `${what}: from character ${at} expected ${around(expected)}, actual ${around(actual)} (${lengths})`;
  }
  return `${what}: expected ${show(expected)}, actual ${show(actual)}`;
}

/** RE2/J's syntax (com.google.re2j.Parser with its Perl flags), as a tree. */
import { PERL_CLASSES, posixClass, unicodeClass } from './regex-classes.ts';

export class Re2SyntaxError extends Error {
  override readonly name = 'Re2SyntaxError';
}

export type Re2Node =
  | { readonly kind: 'char'; readonly test: (code: number) => boolean }
  | {
      readonly kind: 'assert';
      readonly what: 'begin-text' | 'end-text' | 'begin-line' | 'end-line' | 'word' | 'not-word';
    }
  | { readonly kind: 'concat' | 'alternate'; readonly parts: readonly Re2Node[] }
  /** `max` -1: without end. */
  | { readonly kind: 'repeat'; readonly part: Re2Node; readonly min: number; readonly max: number };

type Test = (code: number) => boolean;

interface Flags {
  readonly foldCase: boolean;
  readonly dotNewline: boolean;
  readonly multiLine: boolean;
}

const MOST_REPEATS = 1000;
/** Repetitions within repetitions: RE2/J takes any, and its memory ends somewhere; here it ends here. */
const MOST_NESTED = 20_000;

export function parseRe2(pattern: string): Re2Node {
  return new Parser(pattern).parse();
}

class Parser {
  readonly #chars: readonly string[];
  #at = 0;
  #flags: Flags = { foldCase: false, dotNewline: false, multiLine: false };
  readonly #names = new Set<string>();

  constructor(pattern: string) {
    this.#chars = [...pattern];
  }

  parse(): Re2Node {
    const node = this.#alternation();
    if (this.#at < this.#chars.length) throw new Re2SyntaxError('unexpected )');
    if (repeats(node) > MOST_NESTED) throw new Re2SyntaxError('invalid repeat count');
    return node;
  }

  #peek(offset = 0): string {
    return this.#chars[this.#at + offset] ?? '';
  }

  #looking(text: string): boolean {
    return this.#chars.slice(this.#at, this.#at + text.length).join('') === text;
  }

  #rest(): string {
    return this.#chars.slice(this.#at).join('');
  }

  #alternation(): Re2Node {
    const parts = [this.#concatenation()];
    while (this.#peek() === '|') {
      this.#at += 1;
      parts.push(this.#concatenation());
    }
    return parts.length === 1 ? (parts[0] as Re2Node) : { kind: 'alternate', parts };
  }

  #concatenation(): Re2Node {
    const parts: Re2Node[] = [];
    // A repetition directly after another one is an error, not a possessive one.
    let repeated = false;
    while (this.#at < this.#chars.length && this.#peek() !== '|' && this.#peek() !== ')') {
      const repeat = this.#repetition();
      if (repeat === null) {
        parts.push(...this.#atom());
        repeated = false;
        continue;
      }
      const part = parts.pop();
      if (part === undefined) throw new Re2SyntaxError('missing argument to repetition operator');
      if (repeated) throw new Re2SyntaxError('invalid nested repetition operator');
      parts.push({ kind: 'repeat', part, ...repeat });
      repeated = true;
    }
    return parts.length === 1 ? (parts[0] as Re2Node) : { kind: 'concat', parts };
  }

  #repetition(): { min: number; max: number } | null {
    const simple = { '*': [0, -1], '+': [1, -1], '?': [0, 1] }[this.#peek()];
    let found: { min: number; max: number } | null = null;
    if (simple !== undefined) {
      found = { min: simple[0] as number, max: simple[1] as number };
      this.#at += 1;
    } else if (this.#peek() === '{') found = this.#counted();
    // A lazy one matches the same texts as a whole.
    if (found !== null && this.#peek() === '?') this.#at += 1;
    return found;
  }

  /** {2}, {2,} or {2,5}; anything else is a plain brace. */
  #counted(): { min: number; max: number } | null {
    const m = /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.#rest());
    if (m === null || !plainNumber(m[1]) || (m[3] !== undefined && m[3] !== '' && !plainNumber(m[3]))) return null;
    const min = Number(m[1]);
    const max = m[2] === undefined ? min : m[3] === '' || m[3] === undefined ? -1 : Number(m[3]);
    if (min > MOST_REPEATS || max > MOST_REPEATS || (max >= 0 && min > max))
      throw new Re2SyntaxError(`invalid repeat count ${m[0]}`);
    this.#at += m[0].length;
    return { min, max };
  }

  /** Mostly one node; a group of flags is none, a quoted text many. */
  #atom(): Re2Node[] {
    const c = this.#peek();
    switch (c) {
      case '(':
        return this.#group();
      case '[':
        return [{ kind: 'char', test: this.#bracket() }];
      case '.':
        this.#at += 1;
        return [{ kind: 'char', test: this.#flags.dotNewline ? () => true : (code) => code !== 10 }];
      case '^':
        this.#at += 1;
        return [{ kind: 'assert', what: this.#flags.multiLine ? 'begin-line' : 'begin-text' }];
      case '$':
        this.#at += 1;
        return [{ kind: 'assert', what: this.#flags.multiLine ? 'end-line' : 'end-text' }];
      case '\\':
        return this.#escaped();
      default:
        this.#at += 1;
        return [this.#literal(c)];
    }
  }

  #literal(c: string): Re2Node {
    return { kind: 'char', test: this.#folded((code) => code === (c.codePointAt(0) as number)) };
  }

  #folded(test: Test): Test {
    if (!this.#flags.foldCase) return test;
    return (code) => {
      const c = String.fromCodePoint(code);
      const [lower, upper] = [c.toLowerCase().codePointAt(0), c.toUpperCase().codePointAt(0)];
      return test(code) || test(lower as number) || test(upper as number);
    };
  }

  #group(): Re2Node[] {
    const outer = this.#flags;
    this.#at += 1;
    if (this.#peek() === '?') {
      this.#at += 1;
      if (!this.#name() && !this.#setFlags()) return [];
    }
    const node = this.#alternation();
    if (this.#peek() !== ')') throw new Re2SyntaxError('missing closing )');
    this.#at += 1;
    this.#flags = outer;
    return [node];
  }

  /** (?P<name>...) or (?<name>...); false: it is something else. */
  #name(): boolean {
    const m = /^P?<([^>]*)>/.exec(this.#rest());
    const name = m?.[1] ?? '';
    if (this.#looking('P') || (this.#looking('<') && !this.#looking('<=') && !this.#looking('<!'))) {
      if (m === null || !/^[A-Za-z0-9_]+$/.test(name)) throw new Re2SyntaxError('invalid named capture');
      if (this.#names.has(name)) throw new Re2SyntaxError('duplicate capture group name');
      this.#names.add(name);
      this.#at += m[0].length;
      return true;
    }
    return false;
  }

  /** (?i) holds until the group ends (false), (?i:...) for its own (true). */
  #setFlags(): boolean {
    const m = /^([imsU]*)(-[imsU]+)?([:)])/.exec(this.#rest());
    if (m === null) throw new Re2SyntaxError('invalid or unsupported Perl syntax');
    const next = { ...this.#flags };
    const set = (letters: string, on: boolean): void => {
      if (letters.includes('i')) next.foldCase = on;
      if (letters.includes('m')) next.multiLine = on;
      if (letters.includes('s')) next.dotNewline = on;
    };
    set(m[1] ?? '', true);
    set(m[2] ?? '', false);
    this.#at += m[0].length;
    this.#flags = next;
    return m[3] === ':';
  }

  #escaped(): Re2Node[] {
    const c = this.#peek(1);
    if (c === '') throw new Re2SyntaxError('trailing backslash at end of expression');
    const what = ({ A: 'begin-text', z: 'end-text', b: 'word', B: 'not-word' } as const)[c];
    if (what !== undefined) {
      this.#at += 2;
      return [{ kind: 'assert', what }];
    }
    if (c === 'Q') return this.#quoted();
    const test = this.#escapedClass() ?? this.#folded(same(this.#escapedCode()));
    return [{ kind: 'char', test }];
  }

  #quoted(): Re2Node[] {
    this.#at += 2;
    const nodes: Re2Node[] = [];
    while (this.#at < this.#chars.length && !this.#looking('\\E')) {
      nodes.push(this.#literal(this.#peek()));
      this.#at += 1;
    }
    if (this.#looking('\\E')) this.#at += 2;
    return nodes;
  }

  /** \d, \pL, \p{Greek}, ...; null: it is a single character. */
  #escapedClass(): Test | null {
    const c = this.#peek(1);
    const perl = PERL_CLASSES.get(c);
    if (perl !== undefined) {
      this.#at += 2;
      return perl;
    }
    if (c !== 'p' && c !== 'P') return null;
    const m = /^\\[pP](?:\{(\^?)([^}]*)\}|([^{]))/.exec(this.#rest());
    const test = m === null ? null : unicodeClass(m[2] ?? m[3] ?? '');
    if (m === null || test === null) throw new Re2SyntaxError('invalid character class range');
    this.#at += [...m[0]].length;
    return (c === 'P') !== (m[1] === '^') ? (code) => !test(code) : test;
  }

  #escapedCode(): number {
    const c = this.#peek(1);
    if (c === '') throw new Re2SyntaxError('trailing backslash at end of expression');
    const rest = this.#rest();
    // \1 alone would be a back-reference; with another octal digit it is a code.
    const octal = /^\\(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(rest);
    if (octal !== null) {
      this.#at += octal[0].length;
      return Number.parseInt(octal[0].slice(1), 8);
    }
    const hex = /^\\x(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{2}))/.exec(rest);
    if (hex !== null) {
      const code = Number.parseInt(hex[1] ?? (hex[2] as string), 16);
      if (code > 0x10ffff) throw new Re2SyntaxError('invalid escape sequence');
      this.#at += hex[0].length;
      return code;
    }
    const control = { a: 7, t: 9, n: 10, v: 11, f: 12, r: 13 }[c];
    if (control === undefined && (c.charCodeAt(0) >= 128 || /[A-Za-z0-9]/.test(c)))
      throw new Re2SyntaxError(`invalid escape sequence \\${c}`);
    this.#at += 2;
    return control ?? c.charCodeAt(0);
  }

  #bracket(): Test {
    this.#at += 1;
    const negated = this.#peek() === '^';
    if (negated) this.#at += 1;
    const tests: Test[] = [];
    for (let first = true; first || this.#peek() !== ']'; first = false) {
      if (this.#at >= this.#chars.length) throw new Re2SyntaxError('missing closing ]');
      tests.push(this.#bracketPart());
    }
    this.#at += 1;
    const test = this.#folded((code) => tests.some((t) => t(code)));
    return negated ? (code) => !test(code) : test;
  }

  #bracketPart(): Test {
    if (this.#looking('[:')) {
      const m = /^\[:(\^?)(\w+):\]/.exec(this.#rest());
      if (m !== null) {
        const posix = posixClass(m[2] as string);
        if (posix === null) throw new Re2SyntaxError(`invalid character class range ${m[0]}`);
        this.#at += m[0].length;
        return m[1] === '^' ? (code) => !posix(code) : posix;
      }
      if (/^\[:[^\]]*:\]/.test(this.#rest())) throw new Re2SyntaxError('invalid character class range');
    }
    if (this.#peek() === '\\') {
      const test = this.#escapedClass();
      if (test !== null) return test;
    }
    const low = this.#bracketCode();
    if (this.#peek() !== '-' || this.#peek(1) === ']' || this.#peek(1) === '') return same(low);
    this.#at += 1;
    const high = this.#bracketCode();
    if (high < low) throw new Re2SyntaxError('invalid character class range');
    return (code) => code >= low && code <= high;
  }

  #bracketCode(): number {
    if (this.#at >= this.#chars.length) throw new Re2SyntaxError('missing closing ]');
    if (this.#peek() === '\\') return this.#escapedCode();
    const code = this.#peek().codePointAt(0) as number;
    this.#at += 1;
    return code;
  }
}

function same(expected: number): Test {
  return (code) => code === expected;
}

/** RE2/J reads no number with a zero in front of it. */
function plainNumber(text: string | undefined): boolean {
  return text !== undefined && (text === '0' || !text.startsWith('0'));
}

/** How often counted repetitions in one another repeat at most. */
function repeats(node: Re2Node): number {
  if (node.kind === 'concat' || node.kind === 'alternate') return Math.max(1, ...node.parts.map(repeats));
  if (node.kind !== 'repeat') return 1;
  const own = node.max < 0 ? Math.max(node.min, 1) : Math.max(node.max, 1);
  return (isSimple(node) ? 1 : own) * repeats(node.part);
}

function isSimple({ min, max }: { min: number; max: number }): boolean {
  return (min <= 1 && max === -1) || (min === 0 && max === 1);
}

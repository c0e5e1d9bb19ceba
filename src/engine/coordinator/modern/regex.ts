/**
 * Patterns in RE2/J's syntax, which the coordinator resolves subscriptions by (Kafka 4.3.1: com.google.re2j.Pattern.compile and
 * matches). The parser refuses what RE2/J refuses (look-around, back-references, possessive repetition, ...); matching is by sets of
 * states, so no pattern takes long. Perl's flags hold as in RE2/J's default: ^ and $ mean the text's two ends.
 */
import { parseRe2, type Re2Node } from './regex-parser.ts';

export { Re2SyntaxError } from './regex-parser.ts';

type Step =
  | { readonly op: 'char'; readonly test: (code: number) => boolean; readonly next: number }
  | { readonly op: 'split'; readonly next: readonly number[] }
  | { readonly op: 'assert'; readonly what: Extract<Re2Node, { kind: 'assert' }>['what']; readonly next: number }
  | { readonly op: 'match' };

/** By the pattern: a cache, no state. */
const compiled = new Map<string, (text: string) => boolean>();

/** Whether a whole text matches. Throws Re2SyntaxError. */
export function compileRe2(pattern: string): (text: string) => boolean {
  let matches = compiled.get(pattern);
  if (matches === undefined) {
    const steps: Step[] = [{ op: 'match' }];
    const start = emit(steps, parseRe2(pattern), 0);
    matches = (text) => run(steps, start, text);
    compiled.set(pattern, matches);
  }
  return matches;
}

function push(steps: Step[], step: Step): number {
  steps.push(step);
  return steps.length - 1;
}

/** Emits a node that goes on at `next`; gives its own beginning. */
function emit(steps: Step[], node: Re2Node, next: number): number {
  switch (node.kind) {
    case 'char':
      return push(steps, { op: 'char', test: node.test, next });
    case 'assert':
      return push(steps, { op: 'assert', what: node.what, next });
    case 'concat': {
      let at = next;
      for (let i = node.parts.length - 1; i >= 0; i--) at = emit(steps, node.parts[i] as Re2Node, at);
      return at;
    }
    case 'alternate':
      return push(steps, { op: 'split', next: node.parts.map((part) => emit(steps, part, next)) });
    case 'repeat':
      return emitRepeat(steps, node, next);
  }
}

function emitRepeat(steps: Step[], { part, min, max }: Extract<Re2Node, { kind: 'repeat' }>, next: number): number {
  let at = next;
  if (max < 0) {
    const loop: number[] = [];
    at = push(steps, { op: 'split', next: loop });
    loop.push(emit(steps, part, at), next);
  } else for (let i = min; i < max; i++) at = push(steps, { op: 'split', next: [emit(steps, part, at), next] });
  for (let i = 0; i < min; i++) at = emit(steps, part, at);
  return at;
}

function isWord(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
}

function holds(what: Extract<Step, { op: 'assert' }>['what'], codes: readonly number[], at: number): boolean {
  const [before, after] = [codes[at - 1] ?? -1, codes[at] ?? -1];
  switch (what) {
    case 'begin-text':
      return at === 0;
    case 'end-text':
      return at === codes.length;
    case 'begin-line':
      return at === 0 || before === 10;
    case 'end-line':
      return at === codes.length || after === 10;
    case 'word':
      return isWord(before) !== isWord(after);
    case 'not-word':
      return isWord(before) === isWord(after);
  }
}

function run(steps: readonly Step[], start: number, text: string): boolean {
  const codes = [...text].map((c) => c.codePointAt(0) as number);
  let states = closure(steps, [start], codes, 0);
  for (let at = 0; at < codes.length; at++) {
    const next: number[] = [];
    for (const s of states) {
      const step = steps[s] as Step;
      if (step.op === 'char' && step.test(codes[at] as number)) next.push(step.next);
    }
    if (next.length === 0) return false;
    states = closure(steps, next, codes, at + 1);
  }
  return [...states].some((s) => (steps[s] as Step).op === 'match');
}

function closure(steps: readonly Step[], from: readonly number[], codes: readonly number[], at: number): Set<number> {
  const seen = new Set<number>();
  const todo = from.slice();
  for (let s = todo.pop(); s !== undefined; s = todo.pop()) {
    if (seen.has(s)) continue;
    seen.add(s);
    const step = steps[s] as Step;
    if (step.op === 'split') todo.push(...step.next);
    else if (step.op === 'assert' && holds(step.what, codes, at)) todo.push(step.next);
  }
  return seen;
}

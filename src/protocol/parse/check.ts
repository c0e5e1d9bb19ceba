import { nearest } from '../../kafka/config/nearest.ts';
import type { ProblemCode, ProblemParams } from './messages.ts';
import { type Problem, problemMessage } from './problem.ts';

/** What one check of a file has found so far. The readers push into it and go on, so that one run names every fault. */
export type Check = {
  file: string;
  problems: Problem[];
  warnings: Problem[];
  /** Problems beyond {@link MAX_PROBLEMS}: counted, not described. */
  unlisted: number;
};

/** A stranger's file may have a fault on every line; to describe more of them helps nobody and takes time. */
export const MAX_PROBLEMS = 200;

/** Values longer than this are shortened where a message repeats them. */
const SHOWN_LENGTH = 60;

export function newCheck(file: string): Check {
  return { file, problems: [], warnings: [], unlisted: 0 };
}

export type Hints = {
  /** The unknown name and the names that are known here, for the nearest. */
  unknown?: string;
  known?: Iterable<string>;
  nearest?: string;
  expected?: string;
};

export function report(
  check: Check,
  place: string,
  code: ProblemCode,
  params: ProblemParams = {},
  hints: Hints = {},
): void {
  if (isFull(check)) {
    check.unlisted++;
    return;
  }
  check.problems.push(makeProblem(check.file, place, code, params, hints));
}

/** Whether further problems are only counted. */
export function isFull(check: Check): boolean {
  return check.problems.length >= MAX_PROBLEMS;
}

export function warn(check: Check, place: string, code: ProblemCode, params: ProblemParams = {}): void {
  if (check.warnings.length < MAX_PROBLEMS) check.warnings.push(makeProblem(check.file, place, code, params, {}));
}

/** All problems, with a last one that says how many are not listed. */
export function allProblems(check: Check): Problem[] {
  if (check.unlisted === 0) return check.problems;
  return [...check.problems, makeProblem(check.file, '', 'more-problems', { count: check.unlisted }, {})];
}

export function makeProblem(
  file: string,
  place: string,
  code: ProblemCode,
  params: ProblemParams,
  hints: Hints,
): Problem {
  const near =
    hints.nearest ?? (hints.unknown === undefined ? undefined : nearest(hints.unknown, [...(hints.known ?? [])]));
  const problem: Problem = { file, place, field: lastPart(place), message: '', code, params };
  if (near !== undefined) problem.nearest = near;
  if (hints.expected !== undefined) problem.expected = hints.expected;
  problem.message = problemMessage(problem);
  return problem;
}

/** `topics[0]` and `name` make `topics[0].name`; a name that is no plain word is quoted. */
export function member(place: string, name: string): string {
  if (name.length > SHOWN_LENGTH || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    return `${place}[${JSON.stringify(shorten(name))}]`;
  return place === '' ? name : `${place}.${name}`;
}

export function item(place: string, index: number): string {
  return `${place}[${index}]`;
}

export function shorten(text: string): string {
  return text.length <= SHOWN_LENGTH ? text : `${text.slice(0, SHOWN_LENGTH)}...`;
}

/** The kind of a value as a word for messages. */
export function kindOf(value: unknown): string {
  if (value === null) return '@null';
  if (value === undefined) return '@nothing';
  if (Array.isArray(value)) return '@list';
  switch (typeof value) {
    case 'object':
      return '@object';
    case 'string':
      return '@text';
    case 'number':
      return '@number';
    case 'boolean':
      return JSON.stringify(value);
    default:
      return '@other';
  }
}

function lastPart(place: string): string {
  if (/^[0-9]+:[0-9]+$/.test(place)) return '';
  const quoted = /\["((?:[^"\\]|\\.)*)"\]$/.exec(place);
  if (quoted !== null) return JSON.parse(`"${quoted[1] as string}"`) as string;
  const parts = place.replace(/(\[[0-9]+\])+$/, '').split(/[.\]]/);
  return parts[parts.length - 1] ?? '';
}

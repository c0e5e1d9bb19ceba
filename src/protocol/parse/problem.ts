import { NOT_YET } from '../../kafka/config/not-yet.ts';
import { fillPhrase } from '../../kafka/config/phrase.ts';
import { NOTES, REFUSALS } from '../../kafka/config/texts.ts';
import { PROBLEMS, type ProblemCode, type ProblemParams, WORDS } from './messages.ts';

/** Something wrong (or, as a warning, without effect) in a scenario file. */
export type Problem = {
  file: string;
  /** Where: `steps[2].broker`; `12:5` (line and column) for text that is not JSON; empty for the file as a whole. */
  place: string;
  /** The last part of the place: the field's name. */
  field: string;
  /** The sentence in English; the page says it in its own language by `code` and `params`. */
  message: string;
  /** The known name that is most like the one that is not known. */
  nearest?: string;
  /** What would be right. */
  expected?: string;
  code: ProblemCode;
  params: ProblemParams;
};

type Table = Readonly<Record<string, string>>;

/** The sentences of one language. */
export type ProblemTables = {
  problems: Readonly<Record<ProblemCode, string>>;
  words: Table;
  notYet: Table;
  refusals: Table;
  notes: Table;
  didYouMean: string;
};

const ENGLISH: ProblemTables = {
  problems: PROBLEMS,
  words: WORDS,
  notYet: NOT_YET,
  refusals: REFUSALS,
  notes: NOTES,
  didYouMean: ' Did you mean {nearest}?',
};

/** The parameters that may name a phrase of a table. No other is looked up: a file's own words may begin with @. */
const PHRASE_PARAMS = ['expected', 'found', 'kind', 'known', 'why', 'reason', 'note'];

/** The sentence of a problem, in English or by the tables given. */
export function problemMessage(
  problem: Pick<Problem, 'code' | 'params' | 'nearest'>,
  tables: ProblemTables = ENGLISH,
): string {
  const params: Record<string, string | number> = { ...problem.params };
  for (const name of PHRASE_PARAMS) {
    const value = params[name];
    if (typeof value === 'string' && value.startsWith('@')) params[name] = phraseOf(value, problem.params, tables);
  }
  const sentence = fillPhrase(tables.problems[problem.code], params);
  if (problem.nearest === undefined) return sentence;
  return sentence + fillPhrase(tables.didYouMean, { nearest: problem.nearest });
}

/** `@text` is a word, `@not-yet:groups`, `@refusal:below-min` and `@note:...` are sentences of their tables. */
function phraseOf(value: string, params: ProblemParams, tables: ProblemTables): string {
  const [table = '', name] = value.slice(1).split(':');
  const template =
    name === undefined
      ? tables.words[table]
      : ({ 'not-yet': tables.notYet, refusal: tables.refusals, note: tables.notes } as Readonly<Record<string, Table>>)[
          table
        ]?.[name];
  return template === undefined ? value : fillPhrase(template, params);
}

/** One line for a terminal: file, place and sentence. */
export function formatProblem(problem: Problem): string {
  return [problem.file, problem.place, problem.message].filter((part) => part !== '').join(': ');
}

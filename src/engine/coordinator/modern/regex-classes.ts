/** RE2/J's named classes of characters. */
type Test = (code: number) => boolean;

function ranges(...pairs: readonly (readonly [number, number])[]): Test {
  return (code) => pairs.some(([low, high]) => code >= low && code <= high);
}

const DIGIT = ranges([48, 57]);
const SPACE = ranges([9, 10], [12, 13], [32, 32]);
const UPPER = ranges([65, 90]);
const LOWER = ranges([97, 122]);
const ALPHA = ranges([65, 90], [97, 122]);
const ALNUM = ranges([48, 57], [65, 90], [97, 122]);
const WORD = ranges([48, 57], [65, 90], [95, 95], [97, 122]);

function not(test: Test): Test {
  return (code) => !test(code);
}

/** By the letter behind the backslash. */
export const PERL_CLASSES: ReadonlyMap<string, Test> = new Map([
  ['d', DIGIT],
  ['D', not(DIGIT)],
  ['s', SPACE],
  ['S', not(SPACE)],
  ['w', WORD],
  ['W', not(WORD)],
]);

const POSIX: ReadonlyMap<string, Test> = new Map([
  ['alnum', ALNUM],
  ['alpha', ALPHA],
  ['ascii', ranges([0, 127])],
  ['blank', ranges([9, 9], [32, 32])],
  ['cntrl', ranges([0, 31], [127, 127])],
  ['digit', DIGIT],
  ['graph', ranges([33, 126])],
  ['lower', LOWER],
  ['print', ranges([32, 126])],
  ['punct', ranges([33, 47], [58, 64], [91, 96], [123, 126])],
  ['space', ranges([9, 13], [32, 32])],
  ['upper', UPPER],
  ['word', WORD],
  ['xdigit', ranges([48, 57], [65, 70], [97, 102])],
]);

export function posixClass(name: string): Test | null {
  return POSIX.get(name) ?? null;
}

/** A Unicode category or script; null: there is none of that name. */
export function unicodeClass(name: string): Test | null {
  if (name === 'Any') return () => true;
  if (!/^[A-Z][A-Za-z_]*$/.test(name)) return null;
  const property = name.length <= 2 ? name : `Script=${name}`;
  try {
    const pattern = new RegExp(`^\\p{${property}}$`, 'u');
    return (code) => pattern.test(String.fromCodePoint(code));
  } catch {
    return null;
  }
}

import { expect, test } from 'vitest';
import { checkVectorFile, isVectorFile, VECTOR_ITEMS } from './check-vectors.ts';

const files = import.meta.glob<string>('../kafka/vectors/*.json', { query: '?raw', import: 'default', eager: true });

function vectorFile(item: string) {
  return JSON.parse(files[`../kafka/vectors/${item}.json`]);
}

test.each(VECTOR_ITEMS)('golden vectors: all of %s pass', (item) => {
  const report = checkVectorFile(vectorFile(item), `${item}.json`);
  expect(report.misses).toEqual([]);
  expect([report.failed, report.passed >= vectorFile(item).cases.length]).toEqual([0, true]);
});

/** Each expectation is changed once, on its own; a checker that does not look at it would let it pass. */
function* changedCases(item: string, count: number): Generator<[string, unknown]> {
  for (const entry of vectorFile(item).cases.slice(0, count)) {
    const expectations = Object.keys(entry).filter((field) => !INPUTS.has(field));
    for (const field of expectations) {
      const changed = structuredClone(entry);
      changed[field] = otherThan(changed[field]);
      yield [`${item} ${JSON.stringify(entry).slice(0, 80)} ${field}`, { item, cases: [changed] }];
    }
  }
}

const INPUTS = new Set(
  'type text id kind value seed bound shuffleN in ops logEndOffset steps name brokers places partitions available queueSizes partitionIds length initial multiplier max jitter insert keySize valueSize headers offsetDelta timestampDelta chosen code version topics userData owned generation rack'.split(
    ' ',
  ),
);

function otherThan(value: unknown): unknown {
  if (typeof value === 'number') return value + 2;
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string') return /^[0-9a-f]*$/.test(value) ? `${value}00` : `${value}1`;
  if (value === null) return 77;
  if (Array.isArray(value)) return [...value.slice(0, -1), otherThan(value.at(-1) ?? null)];
  const [[field, inner], ...rest] = Object.entries(value as object);
  return Object.fromEntries([[field, otherThan(inner)], ...rest]);
}

test.each(VECTOR_ITEMS)('a wrong expectation in %s is found', (item) => {
  for (const [name, file] of changedCases(item, 12)) {
    expect([name, checkVectorFile(file, 'changed').failed]).toEqual([name, 1]);
  }
});

test('a wrong expectation deep inside a sequence of steps is found and named', () => {
  const states = vectorFile('producer-state');
  states.cases = [states.cases[0]];
  states.cases[0].steps[2].entry.batches[0][3] = 5;
  const report = checkVectorFile(states, 'states.json');
  expect(report.failed).toBe(1);
  expect(report.misses[0]).toContain('cases[0] in-order then retries');
  expect(report.misses[0]).toContain('step 2 (append) entry: expected {"epoch":0');

  const placement = vectorFile('replica-placement');
  placement.cases = [placement.cases[0]];
  placement.cases[0].places[1].randomCalls[0][1] = 2;
  expect(checkVectorFile(placement, 'p').misses).toEqual([
    'p: cases[0] seed 0, 3 brokers: place 1 random calls: expected [[3,2],[1,0]], actual [[3,0],[1,0]]',
  ]);

  const backoff = vectorFile('exponential-backoff');
  backoff.jitter[0].observedMinMaxByAttempt0To7[1] = [150, 239];
  expect(checkVectorFile(backoff, 'b').failed).toBe(1);
});

test('of long bytes the miss shows where they part', () => {
  const file = vectorFile('record-batch-v2');
  const hex: string = file.cases[0].out.hex;
  file.cases = [file.cases[0]];
  file.cases[0].out.hex = `${hex.slice(0, 120)}ff${hex.slice(122)}`;
  const { misses } = checkVectorFile(file, 'batches.json');
  expect(misses[0]).toContain('batches.json: cases[0]');
  expect(misses.join()).toMatch(/stored checksum|from character 120/);
});

test('what cannot be checked has failed, with the reason, and never throws', () => {
  const reasons = [
    null,
    7,
    [],
    {},
    { item: 'varint' },
    { item: 'nothing', cases: [] },
    { item: 'varint', cases: 3 },
  ].map((json) => checkVectorFile(json, 'f'));
  for (const report of reasons) expect([report.passed, report.failed, report.misses.length]).toEqual([0, 1, 1]);
  expect(reasons[5].misses[0]).toContain('f: the item "nothing" is unknown; known are apikeys');
  const broken = { item: 'varint', cases: [null, {}, { kind: 'int9' }, { kind: 'int32', value: 'x' }] };
  const report = checkVectorFile(broken, 'f');
  expect([report.passed, report.failed]).toEqual([0, 4]);
  expect(report.misses[0]).toBe('f: cases[0]: could not be run: cases[0] is not an object');
});

test('a case that expects nothing has failed', () => {
  const file = { item: 'java-random', cases: [{ seed: '1' }] };
  expect(checkVectorFile(file, 'f').misses).toEqual(['f: cases[0] seed 1: the case holds nothing to compare']);
});

test('a scenario is no vector file', () => {
  expect([isVectorFile({ version: 1, commands: [] }), isVectorFile(vectorFile('varint'))]).toEqual([false, true]);
});

const CLIENT_SIDE = [
  'range',
  'range-rack',
  'roundrobin',
  'sticky',
  'sticky-rack',
  'cooperative-sticky',
  'cooperative-sticky-rack',
];

test.each(CLIENT_SIDE.map((name) => `assignor-${name}`))(
  'a partition given to another member in %s is found',
  (item) => {
    const file = vectorFile(item);
    const found = file.cases.find((c: { steps: { members: object }[] }) => Object.keys(c.steps[0]!.members).length > 1);
    const [first, second] = Object.values<string[]>(found.steps[0].assigned);
    second!.push(first!.pop()!);
    expect(checkVectorFile({ item, cases: [found] }, 'changed').failed).toBe(1);
  },
);

test.each(['assignor-uniform', 'assignor-server-range', 'assignor-share-simple'])(
  'a partition more in %s is found',
  (item) => {
    const [first] = vectorFile(item).cases;
    const [mine] = Object.values<Record<string, number[]>>(first.steps.at(-1).assigned);
    Object.values(mine as object)[0].push(999);
    expect(checkVectorFile({ item, cases: [first] }, 'changed').failed).toBe(1);
  },
);

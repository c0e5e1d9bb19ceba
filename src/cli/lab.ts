/** `lab [--trigger T] [--members N] ...`: one rebalance under every protocol, its cost as a table. */
import type { Words } from '../protocol/frame.ts';
import {
  LAB_TRIGGERS,
  LAB_VARIANTS,
  type LabFigures,
  type LabRun,
  type LabSpec,
  type LabTriggerKind,
  type LabVariant,
} from '../protocol/lab.ts';
import { defaultWindowUs } from '../protocol/lab-scenario.ts';
import { text } from '../text/index.ts';
import '../text/whole.ts';
import { labRunOf } from '../worker/lab.ts';
import { ENGINE } from '../worker/parts.ts';
import { type CommandOutput, wrongCall } from './output.ts';

const USAGE = `usage: lab [--trigger ${LAB_TRIGGERS.join('|')}] [--variant V] [--members N] [--partitions N]
           [--rate RECORDS_PER_SECOND] [--slowest MS] [--window MS] [--seed N] [--json]`;
/** A slow member makes every wait longer, and there are several. */
const SLOW_ROUNDS = 5;

export interface LabOptions {
  readonly spec: LabSpec;
  readonly variants: readonly LabVariant[];
  readonly json: boolean;
}

export function labCommand(args: readonly string[]): CommandOutput {
  const options = readArgs(args);
  if (typeof options === 'string') return wrongCall(`lab: ${options}\n${USAGE}`);
  const runs = options.variants.map((variant) => runOf(options.spec, variant));
  const shown = runs.map(({ variant, notYet, setup, group, hash, figures }) => ({
    variant,
    group,
    notYet: notYet === null ? null : sentence(notYet),
    setup: setup.map(sentence),
    figures,
    hash,
  }));
  const stdout = options.json ? `${JSON.stringify({ spec: options.spec, runs: shown }, null, 2)}\n` : table(runs);
  return { stdout, stderr: '', exitCode: 0 };
}

function runOf(spec: LabSpec, variant: LabVariant): LabRun {
  const move = labRunOf(ENGINE, spec, variant);
  for (;;) {
    const next = move.next();
    if (next.done === true) return next.value;
  }
}

function readArgs(args: readonly string[]): LabOptions | string {
  const numbers = new Map([
    ['members', 2],
    ['partitions', 6],
    ['rate', 60],
    ['slowest', 0],
    ['window', 0],
    ['seed', 1],
  ]);
  let trigger: LabTriggerKind = 'join';
  let variants: readonly LabVariant[] = LAB_VARIANTS;
  let json = false;
  for (let i = 0; i < args.length; i++) {
    const [name = '', inline] = (args[i] as string).split('=', 2);
    if (name === '--json') {
      json = true;
      continue;
    }
    const key = name.replace(/^--/, '');
    const value = inline ?? args[++i];
    if (value === undefined) return `${name} needs a value.`;
    if (key === 'trigger' || key === 'variant') {
      const known = (key === 'trigger' ? LAB_TRIGGERS : LAB_VARIANTS).find((each) => each === value);
      if (known === undefined) return `there is no ${key} "${value}".`;
      if (key === 'trigger') trigger = known as LabTriggerKind;
      else variants = [known as LabVariant];
      continue;
    }
    if (!name.startsWith('--') || !numbers.has(key)) return `unknown argument "${name}".`;
    const number = Number(value);
    if (!Number.isFinite(number) || number < 0) return `${name} must be a number from 0 on, not "${value}".`;
    numbers.set(key, number);
  }
  const of = (key: string): number => numbers.get(key) as number;
  const windowUs =
    of('window') > 0
      ? of('window') * 1000
      : defaultWindowUs(trigger, of('members')) + of('slowest') * 1000 * SLOW_ROUNDS;
  return {
    spec: {
      base: { kind: 'fresh', members: of('members'), partitions: of('partitions'), ratePerSecond: of('rate') },
      seed: of('seed'),
      trigger,
      slowestMs: of('slowest'),
      windowUs,
    },
    variants,
    json,
  };
}

const sentence = ({ title }: Words): string => text('en', title.key, title.params);

const COLUMNS: readonly (readonly [string, (f: LabFigures) => string])[] = [
  ['unread p-s', (f) => f.partitionSecondsUnread.toFixed(3)],
  ['longest ms', (f) => String(Math.round(f.longestUnreadUs / 1000))],
  ['stalled p-s', (f) => f.partitionSecondsStalled.toFixed(3)],
  ['settled ms', (f) => (f.settledAfterUs === null ? '-' : String(Math.round(f.settledAfterUs / 1000)))],
  ['moved', (f) => String(f.moved)],
  ['rebalances', (f) => String(f.rebalances)],
  ['requests', (f) => String(f.requests)],
  ['processed', (f) => String(f.processed)],
  ['again', (f) => String(f.reprocessed)],
  ['skipped', (f) => String(f.skipped)],
  ['errors', (f) => f.errors.map(([name, count]) => `${name} ${count}`).join(', ')],
];

function table(runs: readonly LabRun[]): string {
  const ran = runs.find(({ notYet }) => notYet === null);
  const head = ran === undefined ? [] : [sentence(ran.trigger), ...ran.setup.map(sentence), ''];
  const rows = runs.map((run) =>
    run.notYet === null
      ? [run.variant, ...COLUMNS.map(([, of]) => of(run.figures))]
      : [run.variant, sentence(run.notYet)],
  );
  const titles = ['', ...COLUMNS.map(([title]) => title)];
  const figures = [titles, ...rows.filter((row) => row.length > 2)];
  const widths = titles.map((_, i) => Math.max(...figures.map((row) => (row[i] ?? '').length)));
  const nameWidth = Math.max(...rows.map(([name = '']) => name.length));
  const lines = [titles, ...rows].map((row) =>
    row.length === 2
      ? `${(row[0] ?? '').padEnd(nameWidth)}  ${row[1]}`
      : row
          .map((cell, i) => (i === 0 ? cell.padEnd(nameWidth) : cell.padStart(widths[i] as number)))
          .join('  ')
          .trimEnd(),
  );
  return `${[...head, ...lines].join('\n')}\n`;
}

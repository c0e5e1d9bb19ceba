/** `run FILE [--seed N] [--until MS] [--events]`: one scenario, its result as one JSON document on standard output. */
import { readFileSync } from 'node:fs';
import { InvariantError } from '../base/assert.ts';
import { eventsOf, resultOf } from '../engine/projection/result.ts';
import { formatProblem, type ParsedScenario, parseScenario } from '../protocol/parse-scenario.ts';
import type { Scenario } from '../protocol/scenario.ts';
import { type CommandOutput, wrongCall } from './output.ts';
import { runScenario, say } from './run-scenario.ts';

const USAGE = 'usage: run FILE [--seed N] [--until MS] [--events]';

interface Options {
  file: string;
  seed: number | null;
  untilMs: number | null;
  events: boolean;
}

function readOptions(args: readonly string[]): Options | string {
  const options: Options = { file: '', seed: null, untilMs: null, events: false };
  const left = args.flatMap((arg) =>
    /^--(seed|until)=/.test(arg) ? [arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)] : [arg],
  );
  for (let arg = left.shift(); arg !== undefined; arg = left.shift()) {
    if (arg === '--events') options.events = true;
    else if (arg === '--seed' || arg === '--until') {
      const text = left.shift() ?? '';
      const value = Number(text);
      if (text.trim() === '' || !Number.isFinite(value)) return `${arg} wants a number, not "${text}".`;
      if (arg === '--seed') options.seed = value;
      else options.untilMs = value;
    } else if (arg.startsWith('--')) return `unknown option "${arg}".`;
    else if (options.file !== '') return `one file, not also "${arg}".`;
    else options.file = arg;
  }
  return options.file === '' ? 'no file.' : options;
}

/** The scenario of a file, or what is wrong with it, ready to print. */
export function readScenarioFile(file: string): Extract<ParsedScenario, { ok: true }> | { ok: false; text: string } {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    return { ok: false, text: `${file}: cannot be read: ${error instanceof Error ? error.message : String(error)}\n` };
  }
  const parsed = parseScenario(content, file);
  return parsed.ok
    ? parsed
    : { ok: false, text: parsed.problems.map((problem) => `${formatProblem(problem)}\n`).join('') };
}

/** With the options in the file's place, checked as a file is. */
function withOptions(scenario: Scenario, { file, seed, untilMs }: Options): ReturnType<typeof readScenarioFile> {
  const changed = { ...scenario, ...(seed === null ? {} : { seed }), ...(untilMs === null ? {} : { untilMs }) };
  const parsed = parseScenario(JSON.stringify(changed), file);
  return parsed.ok
    ? parsed
    : { ok: false, text: parsed.problems.map((problem) => `${formatProblem(problem)}\n`).join('') };
}

export function runFileCommand(args: readonly string[]): CommandOutput {
  const options = readOptions(args);
  if (typeof options === 'string') return wrongCall(`run: ${options}\n${USAGE}`);
  const read = readScenarioFile(options.file);
  if (!read.ok) return { stdout: '', stderr: read.text, exitCode: 2 };
  const parsed = options.seed === null && options.untilMs === null ? read : withOptions(read.scenario, options);
  if (!parsed.ok) return { stdout: '', stderr: parsed.text, exitCode: 2 };
  const warnings = parsed.warnings.map((problem) => `${formatProblem(problem)}\n`).join('');
  try {
    const world = runScenario(parsed);
    const result = resultOf(world, say);
    const refusals = world.refusals
      .map(({ atUs, id, message }) => `${options.file}: steps[${id}] at ${atUs / 1000} ms did nothing: ${message}\n`)
      .join('');
    const document = options.events ? { ...result, events: eventsOf(world, say) } : result;
    return { stdout: `${JSON.stringify(document, null, 2)}\n`, stderr: warnings + refusals, exitCode: 0 };
  } catch (error) {
    if (!(error instanceof InvariantError)) throw error;
    return { stdout: '', stderr: `${warnings}The engine broke its own rule: ${error.message}\n`, exitCode: 1 };
  }
}

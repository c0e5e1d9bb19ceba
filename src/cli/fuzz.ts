/**
 * `fuzz [COUNT] [--from SEED] [--bug NAME]`: random faults against the engine's invariants. Seeds run one after the other;
 * the first that breaks a rule is shrunk to a few commands and printed as a scenario file that `run` takes.
 */
import { NO_BUGS } from '../engine/kernel/make-world.ts';
import type { PlantedBugs } from '../engine/kernel/world.ts';
import { fuzzGroups, fuzzSeed } from './fuzz/run.ts';
import { shrink } from './fuzz/shrink.ts';
import { strangersCommand } from './fuzz-strangers.ts';
import { type CommandOutput, wrongCall } from './output.ts';

const USAGE = `usage: fuzz strangers [COUNT] [--from SEED]
       fuzz [COUNT] [--from SEED] [--admin | --groups] [--bug ${Object.keys(NO_BUGS).join('|')}]`;

interface Options {
  count: number;
  from: number;
  bug: string | null;
  /** An administrator makes, deletes, moves and changes while everything breaks. */
  admin: boolean;
  /** Many groups of every protocol, and what happens to them. */
  groups: boolean;
}

function readOptions(args: readonly string[]): Options | string {
  const options: Options = { count: 100, from: 1, bug: null, admin: false, groups: false };
  const left = args.flatMap((arg) =>
    /^--\w+=/.test(arg) ? [arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)] : [arg],
  );
  for (let arg = left.shift(); arg !== undefined; arg = left.shift()) {
    if (arg === '--admin') {
      options.admin = true;
      continue;
    }
    if (arg === '--groups') {
      options.groups = true;
      continue;
    }
    if (arg === '--bug') {
      options.bug = left.shift() ?? '';
      if (!Object.hasOwn(NO_BUGS, options.bug)) return `there is no planted bug "${options.bug}".`;
      continue;
    }
    if (arg.startsWith('--') && arg !== '--from') return `unknown option "${arg}".`;
    const text = arg === '--from' ? (left.shift() ?? '') : arg;
    if (!/^\d{1,15}$/.test(text)) return `"${text}" is not a whole number.`;
    if (arg === '--from') options.from = Number(text);
    else options.count = Number(text);
  }
  return options;
}

export function fuzzCommand(args: readonly string[]): CommandOutput {
  if (args[0] === 'strangers') return strangersCommand(args.slice(1));
  const options = readOptions(args);
  if (typeof options === 'string') return wrongCall(`fuzz: ${options}\n${USAGE}`);
  const bugs: PlantedBugs = options.bug === null ? NO_BUGS : { ...NO_BUGS, [options.bug]: true };
  process.stderr.write('Strangers’ links and files have a fuzzer of their own: fuzz strangers 100000\n');
  const startedMs = Date.now();
  let events = 0;
  for (let done = 0; done < options.count; done++) {
    const seed = options.from + done;
    const run = options.groups ? fuzzGroups(seed, bugs) : fuzzSeed(seed, bugs, { admin: options.admin });
    events += run.events;
    if (run.failure !== null) {
      const { invariant, message, atUs } = run.failure;
      process.stderr.write(
        `\nseed ${seed}, ${(atUs / 1e6).toFixed(3)} s: ${invariant}: ${message}\nshrinking ${run.scenario.steps?.length} commands ...\n`,
      );
      const small = shrink(run, bugs);
      const scenario = small?.scenario ?? run.scenario;
      process.stderr.write(
        `${scenario.steps?.length} commands are left after ${small?.runs ?? 0} runs. The scenario stands on standard output.\n`,
      );
      return { stdout: `${JSON.stringify(scenario, null, 2)}\n`, stderr: '', exitCode: 1 };
    }
    if ((done + 1) % 10 === 0) process.stderr.write(`\r${done + 1} of ${options.count} seeds`);
  }
  const seconds = (Date.now() - startedMs) / 1000;
  return {
    stdout: '',
    stderr: `\r${options.count} seeds from ${options.from}: ${events} events in ${seconds.toFixed(1)} s, every rule held.\n`,
    exitCode: 0,
  };
}

/** `npm run -s cli -- COMMAND ...`: finds the command. Standard output belongs to what it prints; faults go to standard error. */
import { benchCommand } from './bench.ts';
import { checkCommand } from './check.ts';
import './node-codecs.ts';
import { paramsCommand } from './params.ts';
import { runFileCommand } from './run.ts';

const USAGE = `usage: npm run -s cli -- COMMAND

  run FILE [--seed N] [--until MS] [--events]   runs a scenario, prints its result as JSON
  check FILE...                                 runs scenarios with "expect" and vector files, prints what differs
  bench [NAME]                                  speed and memory of the engine, JSON
  params [--scope S] [--json]                   every parameter: default, valid values, what it does here
  lab [--trigger T] [--slowest MS] [--json]     a rebalance under every protocol, and what each costs
  pack [--file F | --sample NAME] [--json]      records under five codecs, the course's claims held against them
  fidelity                                      what is modelled and what is not, Markdown (the README's section)
  fuzz [...]                                    random faults against the engine's invariants; fuzz strangers [...]: input of strangers
`;

interface Printed {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}
type Command = (args: readonly string[]) => Printed | Promise<Printed>;

const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => runFileCommand,
  check: async () => checkCommand,
  bench: async () => benchCommand,
  params: async () => paramsCommand,
  fidelity: async () => (await import('./fidelity.ts')).fidelityCommand,
  lab: async () => (await import('./lab.ts')).labCommand,
  pack: async () => (await import('./pack.ts')).packCommand,
  // Written beside the invariants; loaded only when asked for, since it is large.
  fuzz: async () => (await import('./fuzz.ts')).fuzzCommand,
};

async function main(): Promise<void> {
  const [name = '', ...args] = process.argv.slice(2);
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load === undefined) {
    const asked = name === '' || name === 'help' || name === '--help';
    process.stderr.write(asked ? USAGE : `There is no command "${name}".\n${USAGE}`);
    process.exitCode = asked && name !== '' ? 0 : 2;
    return;
  }
  const { stdout, stderr, exitCode } = await (await load())(args);
  process.exitCode = exitCode;
  if (stderr !== '') process.stderr.write(stderr);
  if (stdout !== '') await new Promise<void>((done) => process.stdout.write(stdout, () => done()));
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});

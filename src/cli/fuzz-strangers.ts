/**
 * `fuzz strangers [COUNT] [--from SEED]`: what strangers send, through every reader. Fails with the first input that makes
 * one throw, answer unclearly, take longer than a tenth of a second, or hold memory without end.
 */
import { READERS, readStranger, type StrangerFault, strangerInput } from './fuzz/strangers.ts';
import { type CommandOutput, wrongCall } from './output.ts';

const DEFAULT_COUNT = 100_000;
/** A page that stands still for longer is felt. */
const MOST_MS = 100;
/** A worker of its own may take this long: the page goes on meanwhile, says how far it is and can stop it. */
const MOST_WORKER_MS = 2_000;
const MOST_BYTES = 1024 * 1024 * 1024;
const SHOWN = 2_000;

const nowMs = (): number => Number(process.hrtime.bigint()) / 1e6;

/** The lesser of what the clock and the processor say: other programs take time now and then, and so does collecting garbage. */
function stopwatch(): () => number {
  const startMs = nowMs();
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    return Math.min(nowMs() - startMs, (user + system) / 1000);
  };
}

/** `ms`: the longest of what the page does in one go; what a worker does counts by its own limit. */
function timed(seed: number): { fault: StrangerFault | null; ms: number; reader: string } {
  const made = strangerInput(seed);
  let ms = 0;
  let watch = stopwatch();
  let share = 1;
  const apart = (inWorker = false): void => {
    ms = Math.max(ms, watch() * share);
    watch = stopwatch();
    share = inWorker ? MOST_MS / MOST_WORKER_MS : 1;
  };
  const fault = readStranger(seed, made, apart);
  apart();
  return { fault, ms, reader: made.reader.name };
}

/** Only what is slow three times is slow. */
function slowest(seed: number, firstMs: number): number {
  let ms = firstMs;
  for (let i = 0; i < 2 && ms > MOST_MS; i++) ms = Math.min(ms, timed(seed).ms);
  return ms;
}

function failed({ seed, reader, what, input }: StrangerFault): CommandOutput {
  const shown = input.length > SHOWN ? `${input.slice(0, SHOWN)}... (${input.length} letters)` : input;
  return { stdout: `${shown}\n`, stderr: `\nseed ${seed}, ${reader}: ${what}\n`, exitCode: 1 };
}

export function strangersCommand(args: readonly string[]): CommandOutput {
  const usage = 'usage: fuzz strangers [COUNT] [--from SEED]';
  const left = [...args];
  let count = DEFAULT_COUNT;
  let from = 1;
  for (let arg = left.shift(); arg !== undefined; arg = left.shift()) {
    const text = arg === '--from' ? (left.shift() ?? '') : arg;
    if (!/^\d{1,15}$/.test(text)) return wrongCall(`fuzz strangers: "${text}" is not a whole number.\n${usage}`);
    if (arg === '--from') from = Number(text);
    else count = Number(text);
  }
  const tally = new Map(READERS.map(({ name }) => [name, { count: 0, ms: 0, worstMs: 0, worst: 0 }]));
  let peak = 0;
  const startMs = nowMs();
  for (let seed = from; seed < from + count; seed++) {
    const { fault, ms: firstMs, reader } = timed(seed);
    if (fault !== null) return failed(fault);
    const ms = firstMs > MOST_MS ? slowest(seed, firstMs) : firstMs;
    const row = tally.get(reader)!;
    row.count += 1;
    row.ms += ms;
    if (ms > row.worstMs) Object.assign(row, { worstMs: ms, worst: seed });
    if (ms > MOST_MS) {
      const { input } = strangerInput(seed);
      return failed({ seed, reader, what: `took ${ms.toFixed(0)} ms`, input: String(input) });
    }
    if (seed % 500 === 0) {
      const { heapUsed, external, arrayBuffers } = process.memoryUsage();
      peak = Math.max(peak, heapUsed + external + arrayBuffers);
      if (peak > MOST_BYTES)
        return failed({ seed, reader, what: `${Math.round(peak / 2 ** 20)} MiB are held`, input: '' });
      if (seed % 2000 === 0) process.stderr.write(`\r${seed - from + 1} of ${count} inputs`);
    }
  }
  const rows = [...tally].map(
    ([name, { count: n, ms, worstMs, worst }]) =>
      `  ${name}: ${n} inputs, ${(ms / Math.max(1, n)).toFixed(2)} ms each, the slowest ${worstMs.toFixed(1)} ms (seed ${worst})\n`,
  );
  const seconds = (nowMs() - startMs) / 1000;
  return {
    stdout: '',
    stderr: `\r${count} inputs from ${from} in ${seconds.toFixed(1)} s: each a value or a clear problem; at most ${Math.round(peak / 2 ** 20)} MiB held.\n${rows.join('')}`,
    exitCode: 0,
  };
}

/** `bench [NAME]`: speed and memory of the engine on this machine, as JSON. The only place that reads a clock. */
import { cpus, totalmem } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { makeStream, nextInt } from '../base/random.ts';
import { forkWorld } from '../engine/kernel/fork.ts';
import { History } from '../engine/kernel/history.ts';
import { DEFAULT_VIEW, frameOf } from '../engine/projection/frame.ts';
import { newKeyTable } from '../engine/projection/key-table.ts';
import type { ViewRequest } from '../protocol/engine-client.ts';
import type { Scenario } from '../protocol/scenario.ts';
import BIG_JSON from '../scenario/big-9x60.json';
import HUGE_JSON from '../scenario/big-30x300.json';
import { ENGINE } from '../worker/parts.ts';
import DEFAULT_JSON from './bench-default.json';
import { type CommandOutput, wrongCall } from './output.ts';

/** The default scenario as it was when the first figures were taken, whatever becomes of it: figures compare. */
const DEFAULT_SCENARIO = DEFAULT_JSON as unknown as Scenario;

const MINUTE_MS = 60_000;
const SEEKS = 50;
const FORKS = 200;

/** Nine brokers, 60 partitions, 5,000 records a second; thirty brokers and 300 partitions. */
const BIG = BIG_JSON as unknown as Scenario;
const HUGE = HUGE_JSON as unknown as Scenario;

type Figures = Record<string, number>;

const BENCHES: Readonly<Record<string, () => Figures>> = {
  default: benchDefault,
  idle: benchIdle,
  frame: benchFrame,
  history: benchHistory,
  big: () => benchLarge(BIG, 20, 10),
  huge: () => benchLarge(HUGE, 10, 5),
};

/** The slow ones are measured only when asked for by name. */
const BY_NAME_ONLY = ['big', 'huge'];

export function benchCommand(args: readonly string[]): CommandOutput {
  const [name] = args;
  if (args.length > 1 || (name !== undefined && !Object.hasOwn(BENCHES, name))) {
    return wrongCall(`usage: bench [${Object.keys(BENCHES).join('|')}]`);
  }
  const names = name === undefined ? Object.keys(BENCHES).filter((each) => !BY_NAME_ONLY.includes(each)) : [name];
  const document: Record<string, unknown> = {
    node: process.version,
    cpu: cpus()[0]?.model ?? '',
    cpus: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
  };
  for (const each of names) document[each] = (BENCHES[each] as () => Figures)();
  return { stdout: `${JSON.stringify(document, null, 2)}\n`, stderr: '', exitCode: 0 };
}

const nowMs = (): number => Number(process.hrtime.bigint()) / 1e6;
const round = (x: number, digits = 1): number => Number(x.toFixed(digits));

function open(scenario: Scenario): History {
  const history = History.open(ENGINE, scenario);
  if ('problems' in history) throw new Error(history.problems[0]?.message);
  return history;
}

function drain<T>(move: Generator<unknown, T, void>): T {
  for (;;) {
    const next = move.next();
    if (next.done === true) return next.value;
  }
}

/** Plays `seconds` of a scenario as the page does, checkpoints included, after a warm-up that is not counted. */
function play(scenario: Scenario, seconds: number, warmUpSeconds: number): Figures {
  const history = open({ ...scenario, untilMs: (seconds + warmUpSeconds) * 1000 });
  drain(history.advance(warmUpSeconds * 1e6, false, null));
  const eventsBefore = history.world.eventCount;
  const startMs = nowMs();
  drain(history.advance((seconds + warmUpSeconds) * 1e6, false, null));
  const tookMs = nowMs() - startMs;
  const events = history.world.eventCount - eventsBefore;
  return {
    events,
    eventsPerSecond: Math.round((events / tookMs) * 1000),
    virtualSecondsPerSecond: round((seconds * 1000) / tookMs),
  };
}

function benchDefault(): Figures {
  return play(DEFAULT_SCENARIO, 300, 60);
}

/** The default cluster without producers and readers. */
function benchIdle(): Figures {
  return play({ ...DEFAULT_SCENARIO, producers: [], consumers: [] }, 600, 60);
}

/** A large cluster: its speed, and what its checkpoints cost. */
function benchLarge(scenario: Scenario, seconds: number, warmUpSeconds: number): Figures {
  const figures = play(scenario, seconds, warmUpSeconds);
  const history = open({ ...scenario, untilMs: 5000 });
  drain(history.advance(5e6, false, null));
  const forks: number[] = [];
  for (let i = 0; i < FORKS; i++) {
    const startMs = nowMs();
    forkWorld(history.world);
    forks.push(nowMs() - startMs);
  }
  const { checkpoints } = history.branch;
  const bytes = checkpoints.reduce((sum, c) => sum + c.bytes, 0);
  return {
    ...figures,
    forkMedianMs: round(median(forks), 3),
    checkpoints: checkpoints.length,
    checkpointKb: round(bytes / checkpoints.length / 1024),
  };
}

/** What a picture costs: plain, and with the fullest tab of the inspector open. */
function benchFrame(): Figures {
  const history = open(DEFAULT_SCENARIO);
  const keys = newKeyTable();
  drain(history.advance(20e6, false, null));
  const requests: ViewRequest = { ...DEFAULT_VIEW, selection: 'partition:orders-0', tab: 'requests' };
  const times: Record<'plain' | 'detail', number[]> = { plain: [], detail: [] };
  let bytes = 0;
  for (let i = 0; i < 800; i++) {
    drain(history.advance(20e6 + i * 700, false, null));
    const view = i % 2 === 0 ? DEFAULT_VIEW : requests;
    const startMs = nowMs();
    const frame = frameOf(history.world, { world: 1, branch: 0, jump: 0, view, keys, detail: ENGINE.detail });
    times[i % 2 === 0 ? 'plain' : 'detail'].push(nowMs() - startMs);
    if (i === 798) bytes = JSON.stringify(frame).length;
  }
  return { medianMs: round(median(times.plain), 3), withRequestsMs: round(median(times.detail), 3), bytes };
}

function median(list: readonly number[]): number {
  return [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
}

/** What is garbage does not count as held. */
function collect(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

/** Ten minutes of the default scenario: going anywhere in them, stepping back, and what all that holds. */
function benchHistory(): Figures {
  collect();
  const emptyBytes = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  const history = open({ ...DEFAULT_SCENARIO, untilMs: 10 * MINUTE_MS });
  const startMs = nowMs();
  drain(history.advance(10 * MINUTE_MS * 1000, false, null));
  const playedMs = nowMs() - startMs;
  collect();
  const memory = process.memoryUsage();
  const draws = makeStream(7, 'bench');
  const seeks: number[] = [];
  const back: number[] = [];
  for (let i = 0; i < SEEKS; i++) {
    const atUs = nextInt(draws, 10 * MINUTE_MS) * 1000;
    const beginMs = nowMs();
    drain(history.seek(atUs));
    seeks.push(nowMs() - beginMs);
    const stepMs = nowMs();
    drain(history.step(-1, 'event', null));
    back.push(nowMs() - stepMs);
  }
  return {
    playedSeconds: round(playedMs / 1000, 2),
    events: history.branch.furthestEvents,
    checkpoints: history.branch.checkpoints.length,
    seekMedianMs: round(median(seeks)),
    seekWorstMs: round(Math.max(...seeks)),
    stepBackMedianMs: round(median(back)),
    stepBackWorstMs: round(Math.max(...back)),
    heapMb: round(memory.heapUsed / 2 ** 20),
    growthMb: round((memory.heapUsed + memory.arrayBuffers - emptyBytes) / 2 ** 20),
    residentMb: round(memory.rss / 2 ** 20),
  };
}

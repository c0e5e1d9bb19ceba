/**
 * The worker's entry: messages in, messages out. Everything else is in the host. A shipped scenario starts before the parser,
 * the inspector's details and the answers are here; the first message that needs them waits for them, and so does every
 * message behind it.
 */
import type { EngineMessage, EngineRequest, Question } from '../protocol/engine-client.ts';
import { applyDefaults } from '../protocol/parse/defaults.ts';
import type { Scenario } from '../protocol/scenario.ts';
import { CORE } from './core-parts.ts';
import type { HostParts } from './host-parts.ts';
import { WorldHost } from './world-host.ts';

type Incoming = EngineRequest | { readonly id: number; readonly question: Question };

/** A turn of the message loop: sooner than a timer, which browsers hold back by 4 ms, and yet behind messages that wait. */
const turn = new MessageChannel();
const turns: (() => void)[] = [];
turn.port1.onmessage = () => turns.shift()?.();

const notHere = (): never => {
  throw new Error('The rest of the engine is not loaded.');
};
/** Until the rest is here. Shipped scenarios are checked in the tests, so that only their defaults are filled in. */
const parts: HostParts = {
  ...CORE,
  resolve: (scenario) => ({ ok: true, resolved: applyDefaults(scenario) }),
  history: notHere,
  invariants: notHere,
  detail: notHere,
  answer: notHere,
  run: notHere,
};

const host = new WorldHost(
  parts,
  {
    now: () => performance.now(),
    later: (callback, delayMs) => {
      if (delayMs > 0) {
        setTimeout(callback, delayMs);
        return;
      }
      turns.push(callback);
      turn.port2.postMessage(null);
    },
  },
  (message) => postMessage(message),
);

function handle(data: Incoming): void {
  if ('question' in data) host.ask(data.question, (reply) => postMessage({ id: data.id, ...reply }));
  else host.send(data);
}

/** Whether somebody joins a group or keeps offsets in one: then its handlers must be there before the world is. */
function hasGroups({ consumers = [] }: Scenario): boolean {
  return consumers.some((c) => c.assign === undefined || c.config?.['group.id'] !== undefined);
}

/** Whether the core alone can do it. */
function isEarly(data: Incoming): boolean {
  // The page keeps what is on the stage from the start; every other question waits.
  if ('question' in data) return data.question.ask === 'scenario';
  switch (data.type) {
    case 'open':
      return data.shipped === true && !hasGroups(data.scenario);
    case 'view':
      return data.view.selection === null;
    case 'grant':
    case 'seek':
    case 'skip':
    case 'step':
      return true;
    default:
      return false;
  }
}

let whole = false;
const held: Incoming[] = [];

async function loadRest(): Promise<void> {
  try {
    const { LATE } = await import('./late-parts.ts');
    Object.assign(parts, LATE);
    whole = true;
    for (const data of held.splice(0)) handle(data);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const opened = held.find((data) => 'type' in data && data.type === 'open');
    const scenario: Scenario =
      opened !== undefined && 'scenario' in opened ? opened.scenario : { kafkascope: 1, topics: [] };
    const crashed: EngineMessage = { type: 'crashed', message, invariant: null, atUs: 0, scenario };
    postMessage(crashed);
  }
}

addEventListener('message', ({ data }: MessageEvent<Incoming>) => {
  if (whole || (held.length === 0 && isEarly(data))) {
    handle(data);
    return;
  }
  held.push(data);
  if (held.length === 1) void loadRest();
});

/**
 * The worker's entry: messages in, messages out. Everything else is in the host. A shipped scenario starts before the parser,
 * the inspector's details and the answers are here; the first message that needs them waits for them, and so does every
 * message behind it.
 */
import type { EngineMessage, EngineRequest, Question } from '../protocol/engine-client.ts';
import { resolveScenario } from '../protocol/parse/resolve.ts';
import type { Scenario } from '../protocol/scenario.ts';
import { CORE } from './core-parts.ts';
import { EARLY_UNTIL_US } from './early.ts';
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
/** Until the rest is here. Shipped scenarios are checked in the tests, so that only their defaults are filled in; those with steps wait. */
const parts: HostParts = {
  ...CORE,
  resolve: (scenario) => ({ ok: true, resolved: resolveScenario(scenario, notHere) }),
  history: notHere,
  change: notHere,
  invariants: notHere,
  detail: notHere,
  answer: notHere,
  background: notHere,
  run: notHere,
  lab: notHere,
  howMany: notHere,
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

/** Whether all consumers are as plain as the default scenario's: whatever else a member may do comes with the rest. */
function arePlain({ consumers = [] }: Scenario): boolean {
  const plain = (key: string, value: string): boolean =>
    key === 'group.id' || (key === 'auto.offset.reset' && (value === 'earliest' || value === 'latest'));
  return consumers.every(
    ({ share, commit, config = {} }) =>
      share !== true && commit === undefined && Object.entries(config).every(([key, value]) => plain(key, value)),
  );
}

/** What must be there before this is done: nothing more, the groups, or everything. */
function neededFor(data: Incoming): 'core' | 'groups' | 'rest' | 'lab' {
  // The page keeps what is on the stage from the start; every other question waits.
  if ('question' in data) {
    const { ask } = data.question;
    return ask === 'scenario' ? 'core' : ask === 'lab' || ask === 'how-many' ? 'lab' : 'rest';
  }
  switch (data.type) {
    case 'open':
      if (data.shipped !== true || data.scenario.steps !== undefined || data.events !== undefined) return 'rest';
      if (data.atUs > EARLY_UNTIL_US || !arePlain(data.scenario)) return 'rest';
      if (JSON.stringify(data.scenario).includes('compression.')) return 'rest';
      return hasGroups(data.scenario) ? 'groups' : 'core';
    case 'view':
      return data.view.selection === null ? 'core' : 'rest';
    case 'grant':
      return data.toUs <= EARLY_UNTIL_US ? 'core' : 'rest';
    case 'seek':
      return data.atUs <= EARLY_UNTIL_US ? 'core' : 'rest';
    default:
      return 'rest';
  }
}

let here: 'core' | 'groups' | 'rest' | 'lab' = 'core';
let loading = false;
const held: Incoming[] = [];

/** Which codecs a message waits for; they come with the rest, and so does the answer. */
let codecs: Pick<typeof import('./codec-parts.ts'), 'neededCodecs' | 'loadCodecs'> | null = null;

const isReady = (data: Incoming): boolean => {
  const needed = neededFor(data);
  if (codecs !== null && codecs.neededCodecs(data).length > 0) return false;
  return needed === 'core' || needed === here || here === 'lab' || (here === 'rest' && needed !== 'lab');
};

/** Loads what the first message that waits needs, and goes on until none waits. */
async function load(): Promise<void> {
  if (loading) return;
  loading = true;
  try {
    while (held[0] !== undefined) {
      if (!isReady(held[0])) {
        if (neededFor(held[0]) === 'groups') {
          await import('./group-parts.ts');
          here = 'groups';
        } else {
          await loadRest();
          if (neededFor(held[0]) === 'lab') {
            Object.assign(parts, (await import('./lab-parts.ts')).LAB);
            here = 'lab';
          }
          await codecs?.loadCodecs(codecs.neededCodecs(held[0]));
        }
      }
      handle(held.shift() as Incoming);
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const opened = held.find((data) => 'type' in data && data.type === 'open');
    const scenario: Scenario =
      opened !== undefined && 'scenario' in opened ? opened.scenario : { kafkascope: 1, topics: [] };
    const crashed: EngineMessage = { type: 'crashed', message, invariant: null, atUs: 0, scenario };
    postMessage(crashed);
  } finally {
    loading = false;
  }
}

async function loadRest(): Promise<void> {
  codecs = await import('./codec-parts.ts');
  const { LATE } = await import('./late-parts.ts');
  Object.assign(parts, LATE);
  if (here !== 'lab') here = 'rest';
}

/** The rest is fetched before anybody asks for it, but not before the first pictures have moved. */
let granted = 0;
const GRANTS_BEFORE_REST = 90;

addEventListener('message', ({ data }: MessageEvent<Incoming>) => {
  if (held.length === 0 && isReady(data)) handle(data);
  else {
    held.push(data);
    void load();
  }
  if (here === 'rest' || here === 'lab' || !('type' in data) || data.type !== 'grant') return;
  granted += 1;
  // A load that fails here is tried again, and told, with the first thing that needs it.
  if (granted === GRANTS_BEFORE_REST) void loadRest().catch(() => undefined);
});

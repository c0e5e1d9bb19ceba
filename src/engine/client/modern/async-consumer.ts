/**
 * A member with group.protocol=consumer (KIP-848; Kafka: AsyncKafkaConsumer with its ConsumerNetworkThread): how its process begins,
 * runs, and gets its answers. Loaded with the scenarios that have groups (worker/group-parts.ts) into its place in slots.ts.
 */
import { nextUint32 } from '../../../base/random.ts';
import { EventKind } from '../../kernel/event.ts';
import { stream, type World } from '../../kernel/world.ts';
import { NEVER, wakeAt } from '../client-network.ts';
import { isPaused, wantsPoll } from '../consumer-application.ts';
import type { ConsumerState } from '../consumer-state.ts';
import { betweenPolls } from './application.ts';
import { runBackground } from './background.ts';
import { pollAsync } from './poll.ts';
import { type AsyncConsumer, isAsync } from './state.ts';
import { subscribe } from './subscription.ts';

export { failAsyncCall, handleAsyncResponse, loseAsync, waitsForCoordinator } from './answers.ts';
export { cloneAsync, newAsyncState } from './state.ts';

/** A poll that finds more data at the same moment goes on; more rounds than this would be a loop. */
const MAX_POLLS = 1_000_000;
const BASE64_URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The process has started: it has a member id of its own (KIP-1082) and a subscription, and joins with its first poll(). */
export function startAsync(w: World, c: ConsumerState): void {
  if (!isAsync(c)) return;
  c.membership.memberId = randomUuid(w, c.id);
  c.membership.state = 'unsubscribed';
  c.membership.lastPollUs = w.nowUs;
  subscribe(w, c, c.source);
}

/** Uuid.randomUuid: 128 bits in base64url, never beginning with '-'. */
function randomUuid(w: World, consumer: string): string {
  const random = stream(w, `member:${consumer}`);
  let text = '';
  for (let digit = 0; digit < 21; digit++) {
    let value = nextUint32(random) % 64;
    while (digit === 0 && value === 62) value = nextUint32(random) % 64;
    text += BASE64_URL.charAt(value);
  }
  // Two bits are left for the last digit.
  return text + BASE64_URL.charAt((nextUint32(random) % 4) * 16);
}

/**
 * The background thread's round and then the application's loop around poll(), until both wait. 'closed': close() is done; 'thrown':
 * poll() threw `pendingError`.
 */
export function runAsync(w: World, consumer: ConsumerState): 'waits' | 'closed' | 'thrown' {
  const c = consumer as AsyncConsumer;
  runBackground(w, c);
  let wakeUs = isPaused(w, c) ? c.pausedUntilUs : NEVER;
  for (let polls = 0; ; polls++) {
    if (polls > MAX_POLLS) throw new Error(`consumer ${c.id}: poll does not come to rest`);
    const call = betweenPolls(w, c);
    if (call === 'closed') return 'closed';
    if (call > 0) wakeUs = Math.min(wakeUs, call);
    if (call > 0 || !wantsPoll(w, c)) break;
    const polled = pollAsync(w, c);
    if (polled === 'thrown') return 'thrown';
    if (polled === 'again') continue;
    wakeUs = Math.min(wakeUs, polled);
    break;
  }
  wakeUs = Math.min(wakeUs, runBackground(w, c));
  // What the last round of the background thread ended, a close() or a commitSync() that waits for it goes on with.
  if (c.async.closing !== 'no' && betweenPolls(w, c) === 'closed') return 'closed';
  wakeAt(w, c, EventKind.ConsumerWake, wakeUs);
  return 'waits';
}

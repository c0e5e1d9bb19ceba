/** A consumer among the engine's nodes: its start and end, poll(), and what commands may do to it. */
import type { ConfigEntries } from '../../kafka/config/types.ts';
import { EventKind } from '../kernel/event.ts';
import { registerEvent, tell } from '../kernel/schedule.ts';
import { type NodeState, own, type World } from '../kernel/world.ts';
import { groupReleased } from '../ledger/group-facts.ts';
import { Channel } from '../net/connection-state.ts';
import { type ChannelHandlers, registerChannel } from '../net/network.ts';
import { lateAsync, lateShare } from '../slots.ts';
import { countError, inGroup } from './abstract-coordinator.ts';
import { addTopic } from './client-metadata.ts';
import { maybeUpdateMetadata, NEVER, refreshConnectionSettings, wakeAt, woke } from './client-network.ts';
import { freshMetadata } from './client-policy.ts';
import { endProcess, isUp, startProcess } from './client-process.ts';
import { finishRecord, handOver, isPaused, resumeApplication, wantsPoll } from './consumer-application.ts';
import { betweenPolls, handOverPolled } from './consumer-calls.ts';
import { lose, pollCoordinator } from './consumer-coordinator.ts';
import { handleArrived, readsInApplication, readsInHeartbeatThread, takeArrived } from './consumer-io.ts';
import { type Arrived, type ConsumerState, cloneConsumer } from './consumer-state.ts';
import { subscribe } from './consumer-subscription.ts';
import { collectFetch, unpackingUntilUs } from './fetch-collector.ts';
import { sendFetches } from './fetcher.ts';
import { armHeartbeat, runHeartbeatThread } from './heartbeat-thread.ts';
import { denseIndices, isPendingRevocation } from './join-prepare.ts';
import { clientFields, consumerConfigRefusal, freshGroup, freshMemory, notYet, parseConfig } from './make-consumer.ts';
import { updateFetchPositions } from './offset-fetcher.ts';
import { assignedPartition } from './subscription-state.ts';

export { makeConsumer } from './make-consumer.ts';

/** A poll that finds more data at the same moment goes on; more rounds than this would be a loop. */
const MAX_POLLS = 1_000_000;

export function ownConsumer(w: World, ref: number): ConsumerState {
  return own(w, w.consumers, ref, cloneConsumer);
}

export function consumerRef(w: World, id: string): number {
  return w.consumers.findIndex((c) => c.id === id);
}

export function startConsumer(w: World, ref: number): void {
  const c = ownConsumer(w, ref);
  const about = [`consumer:${c.id}`];
  if (c.everStarted) tell(w, 'log.consumer.started', { consumer: c.id }, about, 'plain', 'faults');
  startProcess(w, c.node);
  const missing = notYet(c);
  Object.assign(c, clientFields(c.settings), freshMemory(), freshGroup(w, c.settings, c), {
    metadata: freshMetadata(w, c.settings),
    everStarted: true,
    idle: missing !== null,
    lastError: null,
  });
  refreshConnectionSettings(w, c);
  if (missing !== null) {
    tell(w, missing, { consumer: c.id }, about);
    return;
  }
  if (c.source.kind === 'assign') {
    c.partitions = c.source.partitions.map(({ topic, partition }) => assignedPartition(topic, partition));
    for (const p of c.partitions) addTopic(c.metadata, p.topic);
  } else if (c.share) lateShare.startShare(w, ref);
  else if (c.async !== null) lateAsync.startAsync(w, c);
  else if (inGroup(c)) subscribe(w, c);
  // By an event of this moment: a seek of the same microsecond comes before the first poll.
  wakeAt(w, c, EventKind.ConsumerWake, w.nowUs);
}

/** consumer.leave: the application closes its consumer once it is between two polls (at once if it has no record in its hands). */
export function leaveConsumer(w: World, ref: number, startAgain = false): void {
  const c = ownConsumer(w, ref);
  if (c.share && !c.idle) {
    lateShare.leaveShare(w, ref, startAgain);
    return;
  }
  if (!inGroup(c) || c.idle) {
    endConsumer(w, ref, 'stopped');
    if (startAgain) startConsumer(w, ref);
    return;
  }
  if (c.group.closing === 'no') c.group.closing = 'asked';
  if (c.group.closing === 'asked' && ((c.work.length > 0 && c.processing === 'inline') || isPaused(w, c)))
    tell(w, 'log.member.closes-later', { consumer: c.id }, [`consumer:${c.id}`], 'plain', 'faults');
  c.group.startAgain = startAgain;
  runConsumer(w, ref);
}

/** consumer.crash: nothing is sent; its coordinator hears of it by the silence. */
export function crashConsumer(w: World, ref: number): void {
  endConsumer(w, ref, 'crashed');
}

/** The process is gone. */
function endConsumer(w: World, ref: number, how: 'stopped' | 'crashed'): void {
  const c = ownConsumer(w, ref);
  const again = c.share ? lateShare.endShare(w, ref) : (c.group?.startAgain ?? false);
  // The positions stay to be seen; the next process starts without them.
  const { partitions, membership } = c;
  Object.assign(c, freshMemory(), { partitions });
  if (membership !== null) {
    groupReleased(w, membership.groupId, ref, denseIndices(w, membership.owned));
    Object.assign(c, freshGroup(w, c.settings, c));
    if (c.membership !== null) {
      c.membership.state = how === 'stopped' ? 'left' : 'unjoined';
      c.membership.lastError = membership.lastError;
    }
  }
  endProcess(w, c.node);
  if (c.share) lateShare.shareEnded(w, ref);
  const tone = how === 'crashed' ? 'harm' : 'plain';
  tell(w, `log.consumer.${how}`, { consumer: c.id }, [`consumer:${c.id}`], tone, 'faults');
  if (again && how === 'stopped') startConsumer(w, ref);
}

/** config.set: the consumer closes and a new process starts with the new values. Returns why Kafka refuses them. */
export function restartConsumer(w: World, ref: number, config: ConfigEntries): string | null {
  const c = ownConsumer(w, ref);
  const refusal = consumerConfigRefusal(config, c.share);
  if (refusal !== null) return refusal;
  c.config = config;
  c.settings = parseConfig(config, c.share);
  if (isUp(w, c.node)) leaveConsumer(w, ref, true);
  return null;
}

/** The application's loop around poll(), until it waits for data, works on a record or stands still. */
export function runConsumer(w: World, ref: number): void {
  const c = ownConsumer(w, ref);
  if (c.idle || !isUp(w, c.node)) return;
  if (c.share) {
    const how = lateShare.runShare(w, ref);
    if (how === 'closed') endConsumer(w, ref, 'stopped');
    else if (how === 'thrown') failApplication(w, ref, c.pendingError ?? 'KafkaException');
    return;
  }
  if (c.pausedUntilUs > 0 && !isPaused(w, c)) {
    resumeApplication(w, c);
    tell(w, 'log.consumer.resumed', { consumer: c.id }, [`consumer:${c.id}`]);
  }
  if (c.async !== null) {
    const how = lateAsync.runAsync(w, c);
    if (how === 'closed') endConsumer(w, ref, 'stopped');
    else if (how === 'thrown') failApplication(w, ref, c.pendingError ?? 'KafkaException');
    return;
  }
  let wakeUs = isPaused(w, c) ? c.pausedUntilUs : NEVER;
  for (let polls = 0; ; polls++) {
    if (polls > MAX_POLLS) throw new Error(`consumer ${c.id}: poll does not come to rest`);
    const call = inGroup(c) ? betweenPolls(w, c) : 0;
    if (call === 'closed') {
      endConsumer(w, ref, 'stopped');
      return;
    }
    if (call > 0) wakeUs = Math.min(wakeUs, call);
    if (call > 0 || !wantsPoll(w, c)) break;
    const polled = poll(w, c);
    if (polled === 'thrown') {
      failApplication(w, ref, c.pendingError ?? 'KafkaException');
      return;
    }
    if (polled === 'again') continue;
    wakeUs = Math.min(wakeUs, polled);
    break;
  }
  if (readsInApplication(c)) wakeUs = Math.min(wakeUs, maybeUpdateMetadata(w, c));
  if (inGroup(c)) armHeartbeat(w, c);
  wakeAt(w, c, EventKind.ConsumerWake, wakeUs);
}

/** One poll(): 'again' when it returned (or looks once more), 'thrown' with `pendingError`, else until when it waits. */
function poll(w: World, c: ConsumerState): number | 'again' | 'thrown' {
  c.inPoll = true;
  takeArrived(w, c);
  maybeUpdateMetadata(w, c);
  let wakeUs = NEVER;
  let ready = true;
  if (inGroup(c)) {
    const polled = pollCoordinator(w, c);
    if (polled.exception !== null) c.pendingError = polled.exception;
    ({ ready, wakeUs } = polled);
  }
  if (ready && c.pendingError === null) wakeUs = Math.min(wakeUs, updateFetchPositions(w, c));
  if (c.pendingError !== null) return 'thrown';
  if (inGroup(c) && isPendingRevocation(c)) return wakeUs;
  const fetched = collectFetch(w, c, c.settings.maxPollRecords);
  const fetchUs = sendFetches(w, c);
  // What a fetch threw while poll() had records in hand is thrown by the next one.
  if (fetched.records > 0 || fetched.advanced) {
    c.inPoll = false;
    if (inGroup(c)) handOverPolled(w, c, fetched.slices);
    else handOver(w, c, fetched.slices);
    return 'again';
  }
  if (c.pendingError !== null || fetched.reset) return 'again';
  return Math.min(wakeUs, fetchUs, unpackingUntilUs(w, c));
}

/** An exception out of poll() ends the application: it closes its consumer. */
function failApplication(w: World, ref: number, exception: string): void {
  const c = ownConsumer(w, ref);
  c.pendingError = null;
  if (c.share) lateShare.countThrown(w, ref, exception);
  else countError(w, c, exception);
  tell(w, 'log.consumer.failed', { consumer: c.id, error: exception }, [`consumer:${c.id}`], 'harm');
  leaveConsumer(w, ref);
}

// --- events and answers ---------------------------------------------------------------------------------------------

function refOfNode(w: World, node: number): number {
  return (w.nodes[node] as NodeState).ref;
}

function arrive(w: World, node: number, what: Arrived): void {
  const ref = refOfNode(w, node);
  const c = ownConsumer(w, ref);
  if (readsInApplication(c)) {
    handleArrived(w, c, what);
    runConsumer(w, ref);
  } else if (readsInHeartbeatThread(c)) {
    handleArrived(w, c, what);
    if (inGroup(c)) armHeartbeat(w, c);
  } else c.arrived = [...c.arrived, what];
}

registerEvent(EventKind.ConsumerWake, (w, event) => {
  if (!isUp(w, event.node)) return;
  const ref = refOfNode(w, event.node);
  if (woke(w, ownConsumer(w, ref), EventKind.ConsumerWake)) runConsumer(w, ref);
});

/** On a node: the record under work is done. On none: the scenario's join, which a command may have been quicker to do. */
registerEvent(EventKind.ConsumerApplication, (w, event) => {
  if (event.node < 0) {
    if (!(w.consumers[event.arg] as ConsumerState).everStarted) startConsumer(w, event.arg);
    return;
  }
  const ref = refOfNode(w, event.node);
  if (!isUp(w, event.node) || (w.consumers[ref] as ConsumerState).doneAtUs !== event.atUs) return;
  const c = ownConsumer(w, ref);
  if (c.share) lateShare.finishShareRecord(w, ref);
  else finishRecord(w, c);
  runConsumer(w, ref);
});

registerEvent(EventKind.ConsumerHeartbeat, (w, event) => {
  if (!isUp(w, event.node)) return;
  const ref = refOfNode(w, event.node);
  const c = ownConsumer(w, ref);
  if (!inGroup(c)) return;
  runHeartbeatThread(w, c, (why) => lose(w, c, why));
  // What the thread found out (a lost coordinator, a place that is gone) the next poll() acts on: one that waits goes on.
  if (c.inPoll) runConsumer(w, ref);
});

const handlers: ChannelHandlers = {
  onOpen(w, node, connection) {
    arrive(w, node, { kind: 'open', connection });
  },
  onResponse(w, node, connection, request, body) {
    arrive(w, node, { kind: 'response', connection, request, body });
  },
  onDisconnect(w, node, connection, lost, reason) {
    arrive(w, node, { kind: 'disconnect', connection, lost, reason });
  },
};
registerChannel(Channel.Consumer, handlers);
registerChannel(Channel.GroupCoordinator, handlers);

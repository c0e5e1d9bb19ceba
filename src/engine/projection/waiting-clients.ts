/** Waits of producers: for metadata, room, a retry, an answer; and what keeps records unwritten or unreadable. */
import { vectorGet, vectorLength } from '../../base/vector.ts';
import { replicaOf } from '../broker/replicas.ts';
import type { ProducerState } from '../client/producer-state.ts';
import type { NodeState, World } from '../kernel/world.ts';
import { batchesOf } from './frame-clients.ts';
import { isAvailable, minIsrOf } from './frame-partitions.ts';
import { oldestRequest } from './frame-rings.ts';
import { type Waiting, waiting } from './waiting.ts';

/** An answer that takes this long is one that something holds up. */
const SLOW_ANSWER_US = 400_000;
/** Within this an election has just been. */
const JUST_NOW_US = 50_000;

export function waitingOnClients(w: World): Waiting | null {
  for (const p of w.producers) {
    if ((w.nodes[p.node] as NodeState).process !== 'up') continue;
    const found = blocked(w, p) ?? minIsr(w, p) ?? retry(w, p) ?? staleLeader(w, p) ?? answer(w, p) ?? connect(w, p);
    if (found !== null) return found;
  }
  return unreadable(w);
}

function blocked(w: World, p: ProducerState): Waiting | null {
  const b = p.blocked;
  if (b === null) return null;
  const remainingUs = Math.max(0, b.deadlineUs - w.nowUs);
  if (b.why === 'buffer') return waiting('timer', 'buffer', { producer: p.id, remainingUs }, b.sinceUs, b.deadlineUs);
  if (b.why !== 'metadata') return null;
  const topic = b.send?.topic ?? p.workload?.topic ?? '';
  // Who has records of it waiting knew it before.
  const known =
    p.metadata.topics.some((t) => t.name === topic) || batchesOf(p).some(({ batch }) => batch.topic === topic);
  return waiting(
    'flow',
    known ? 'metadata.asking' : 'metadata.first',
    { producer: p.id, topic },
    b.sinceUs,
    b.deadlineUs,
  );
}

/** The leader refuses acks=all while too few are in sync. */
function minIsr(w: World, p: ProducerState): Waiting | null {
  if (p.settings.acks !== -1) return null;
  for (const { batch } of batchesOf(p)) {
    if (batch.attempts === 0 || batch.done) continue;
    const registration = w.controller.image.partitions[batch.partition];
    if (registration === null || registration === undefined || registration.leader < 0) continue;
    const least = minIsrOf(w, registration);
    if (registration.isr.length >= least) continue;
    const params = {
      partition: `${batch.topic}-${batch.index}`,
      producer: p.id,
      inSync: registration.isr.length,
      minIsr: least,
    };
    return waiting('stuck', 'min-isr', params, batch.createdUs);
  }
  return null;
}

function retry(w: World, p: ProducerState): Waiting | null {
  for (const { batch, inFlight } of batchesOf(p)) {
    if (inFlight || !batch.retry || batch.retryAtUs <= w.nowUs || batch.done) continue;
    const partition = `${batch.topic}-${batch.index}`;
    const params = {
      producer: p.id,
      partition,
      error: lastError(w, p.id, partition),
      remainingUs: batch.retryAtUs - w.nowUs,
      attempt: batch.attempts + 1,
    };
    return waiting('decision', 'retry', params, batch.lastAttemptUs, batch.retryAtUs);
  }
  return null;
}

/** What the producer was told last, from its own lines. */
function lastError(w: World, producer: string, partition: string): string {
  for (let i = vectorLength(w.lines) - 1, looked = 0; i >= 0 && looked < 200; i--, looked++) {
    const { phrase } = vectorGet(w.lines, i);
    if (
      phrase.params.producer === producer &&
      phrase.params.partition === partition &&
      phrase.params.error !== undefined
    )
      return String(phrase.params.error);
  }
  return 'NETWORK_EXCEPTION';
}

/** A new leader leads already, and the producer still believes in the old one. */
function staleLeader(w: World, p: ProducerState): Waiting | null {
  for (const topic of p.metadata.topics) {
    for (const known of topic.partitions) {
      const now = w.controller.image.partitions[known.partition];
      if (
        now === null ||
        now === undefined ||
        now.leader < 0 ||
        known.leaderEpoch >= now.leaderEpoch ||
        known.leader === now.leader
      )
        continue;
      if (!isAvailable(w, now) || !batchesOf(p).some(({ batch }) => batch.partition === known.partition && !batch.done))
        continue;
      const election = lastElection(w, known.partition);
      const params = {
        partition: `${topic.name}-${known.index}`,
        broker: now.leader,
        producer: p.id,
        forUs: w.nowUs - election,
      };
      return waiting('decision', params.forUs < JUST_NOW_US ? 'metadata.now' : 'metadata', params, election);
    }
  }
  return null;
}

function lastElection(w: World, partition: number): number {
  for (let i = vectorLength(w.elections) - 1; i >= 0; i--) {
    const election = vectorGet(w.elections, i);
    if (election.partition === partition) return election.atUs;
  }
  return 0;
}

function answer(w: World, p: ProducerState): Waiting | null {
  const request = oldestRequest(w, p);
  if (request === null || w.nowUs - request.sentUs < SLOW_ANSWER_US) return null;
  const remainingUs = request.deadlineUs - w.nowUs;
  return waiting(
    'timer',
    'request-timeout',
    { producer: p.id, broker: request.broker, remainingUs },
    request.sentUs,
    request.deadlineUs,
  );
}

/** Records wait for a leader that the producer cannot reach. */
function connect(w: World, p: ProducerState): Waiting | null {
  const waitingBatch = batchesOf(p).find(
    ({ batch, inFlight }) => !inFlight && !batch.done && w.nowUs - batch.createdUs > SLOW_ANSWER_US,
  );
  if (waitingBatch === undefined) return null;
  const known = p.metadata.topics
    .flatMap((t) => t.partitions)
    .find((k) => k.partition === waitingBatch.batch.partition);
  if (known === undefined || known.leader < 0) {
    return waiting(
      'stuck',
      'metadata.asking',
      { producer: p.id, topic: waitingBatch.batch.topic },
      waitingBatch.batch.createdUs,
    );
  }
  const server = w.brokerNode[known.leader];
  const c = w.connections.find((x) => x.client === p.node && x.server === server);
  if (c === undefined || c.state === 'open') return null;
  const untilUs = c.state === 'closed' ? c.retryAtUs : c.connectDeadlineUs;
  const params = { producer: p.id, broker: known.leader, remainingUs: Math.max(0, untilUs - w.nowUs) };
  return waiting('timer', 'connect', params, waitingBatch.batch.createdUs, untilUs > w.nowUs ? untilUs : null);
}

/** Rule of ELR: below min ISR the high watermark stands, and what is stored cannot be read. */
function unreadable(w: World): Waiting | null {
  for (const p of w.controller.image.partitions) {
    if (p === null || p === undefined || p.leader < 0 || p.topic.startsWith('__')) continue;
    const least = minIsrOf(w, p);
    const leader = replicaOf(w, p.leader, p.partition);
    if (p.isr.length >= least || leader === null || leader.leo <= leader.highWatermark) continue;
    const params = {
      partition: `${p.topic}-${p.partitionId}`,
      hw: leader.highWatermark,
      records: leader.leo - leader.highWatermark,
      inSync: p.isr.length,
      minIsr: least,
    };
    return waiting('stuck', 'unreadable', params, lastElection(w, p.partition));
  }
  return null;
}

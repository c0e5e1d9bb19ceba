/** The State tab: what a thing is at this moment, label by label. */
import { vectorLength } from '../../base/vector.ts';
import type { Detail, Phrase, ThingId } from '../../protocol/frame.ts';
import { lastCaughtUpTimeUs } from '../broker/follower-times.ts';
import type { ReplicaState } from '../broker/replica-state.ts';
import { brokerState } from '../broker/replicas.ts';
import { nodeIndexOf } from '../kernel/history/watch.ts';
import type { NodeState, World } from '../kernel/world.ts';
import { batchIndexFor } from '../log/unified-log.ts';
import { consumerCompression, producerCompression } from './client-compression.ts';
import { groupRows } from './detail-groups.ts';
import { replicaOfThing } from './detail-log.ts';
import { consumerPositions } from './frame-clients.ts';
import { unflushedBytes } from './frame-nodes.ts';
import { lastLeaderOf, minIsrOf } from './frame-partitions.ts';
import { atRiskIn } from './ledger-read.ts';
import { codecRows, workOfBroker, workOfTopic, workRows } from './log-codecs.ts';
import { totalsOf } from './totals.ts';

type Row = Detail['state'][number];
type Value = Row['value'];

const word = (key: string, params: Phrase['params'] = {}): Phrase => ({ key: `value.${key}`, params });
const bytes = (value: number): Phrase => word('bytes', { bytes: value });
const moment = (atUs: number): Phrase => (atUs < 0 ? word('unknown') : word('at', { atUs }));
const yes = (value: boolean): Phrase => word(value ? 'yes' : 'no');
const ids = (list: readonly number[]): Value => (list.length === 0 ? word('none') : list.join(', '));
const broker = (id: number): Phrase => (id < 0 ? word('none') : word('broker', { broker: id }));

export function stateRows(w: World, thing: ThingId): Row[] {
  const kind = thing.slice(0, thing.indexOf(':'));
  const name = thing.slice(thing.indexOf(':') + 1);
  const rows: Row[] = [];
  const put = (label: string, value: Value): void => void rows.push({ label, value });
  const row = (label: string, value: Value): void => put(`state.${label}`, value);
  const node = nodeIndexOf(w, thing);
  if (node >= 0) nodeRows(w, w.nodes[node] as NodeState, row);
  switch (kind) {
    case 'broker':
      brokerRows(w, Number(name), row);
      workRows(workOfBroker(w, Number(name)), put);
      break;
    case 'controller':
      controllerRows(w, row);
      break;
    case 'producer':
      producerRows(w, name, row);
      for (const p of w.producers) if (p.id === name) rows.push(...producerCompression(w, p));
      break;
    case 'consumer':
      consumerRows(w, name, row);
      for (const c of w.consumers) if (c.id === name) rows.push(...consumerCompression(w, c));
      break;
    case 'group':
      return groupRows(w, name);
    case 'topic':
      topicRows(w, name, row);
      workRows(workOfTopic(w, name), put);
      break;
    case 'partition':
    case 'replica':
      partitionRows(w, thing, row);
      logCodecRows(w, thing, put);
      break;
    case 'link':
      linkRows(w, name, row);
      break;
  }
  return rows;
}

type Put = (label: string, value: Value) => void;

function logCodecRows(w: World, thing: ThingId, put: Put): void {
  const replica = replicaOfThing(w, thing);
  if (replica !== null) codecRows(replica, put);
}

function nodeRows(w: World, node: NodeState, row: Put): void {
  row('process', word(node.process));
  row('since', word('ago', { us: w.nowUs - node.sinceUs }));
  row('version', node.version);
  if (node.rack !== null) row('rack', node.rack);
}

function brokerRows(w: World, id: number, row: Put): void {
  const b = w.brokers.find((x) => x.id === id);
  if (b === undefined) return;
  const registration = w.controller.image.brokers[id] ?? null;
  const beat = w.controller.heartbeats[id] ?? null;
  row('registered', yes(registration !== null));
  row('fenced', yes(registration === null || registration.fenced));
  row('broker-epoch', registration?.epoch ?? b.brokerEpoch);
  row('incarnation', b.incarnationId);
  if (beat !== null && beat.lastContactUs >= 0) {
    row('last-heartbeat', word('ago', { us: w.nowUs - beat.lastContactUs }));
    const endUs = beat.lastContactUs + w.controller.settings.brokerSessionTimeoutMs * 1000;
    if (!beat.fenced) row('session-ends', word('in', { us: Math.max(0, endUs - w.nowUs) }));
  }
  const led: string[] = [];
  const followed: string[] = [];
  for (const p of w.controller.image.partitions) {
    if (p === null || !p.replicas.includes(id)) continue;
    (p.leader === id ? led : followed).push(`${p.topic}-${p.partitionId}`);
  }
  row('leads', led.length === 0 ? word('none') : led.join(', '));
  row('follows', followed.length === 0 ? word('none') : followed.join(', '));
  row('unflushed', bytes(unflushedBytes(w, id)));
  row('metadata-offset', b.image.offset);
  row('requests-waiting', b.delayedFetches.length + b.delayedProduces.length);
  row('connections', w.connections.filter((c) => c.server === b.node && c.serverOpen).length);
}

function controllerRows(w: World, row: Put): void {
  row('active-controller', w.controller.nodeId);
  row('metadata-end', w.controller.image.offset + 1);
  row('partitions', w.controller.image.partitions.filter((p) => p !== null).length);
}

function producerRows(w: World, id: string, row: Put): void {
  const p = w.producers.find((x) => x.id === id);
  if (p === undefined) return;
  row('acks', p.settings.acks === -1 ? 'all' : String(p.settings.acks));
  row('idempotence', yes(p.settings.enableIdempotence));
  if (p.producerId >= 0) {
    row('producer-id', p.producerId);
    row('producer-epoch', p.producerEpoch);
  }
  const queues = p.topics.flatMap((t) => t.queues.map((q) => ({ topic: t.name, q })));
  const sequences = queues.flatMap(({ topic, q }) =>
    q === null || q.sequences.nextSequence === 0 ? [] : [`${topic}-${q.index}: ${q.sequences.nextSequence}`],
  );
  if (p.settings.enableIdempotence && sequences.length > 0) row('sequence', sequences.join(', '));
  row('buffer', word('of', { used: p.bufferUsedBytes, total: p.settings.bufferMemoryBytes }));
  row(
    'waiting-batches',
    queues.reduce((sum, { q }) => sum + (q === null ? 0 : q.queue.length), 0),
  );
  row('in-flight', p.requests.length);
  row('retries', p.retries);
  row(
    'blocked',
    p.blocked === null || (p.blocked.why !== 'metadata' && p.blocked.why !== 'buffer')
      ? word('none')
      : word(p.blocked.why),
  );
  row('sent', p.sent);
  row('acked', p.acked);
  row('failed', p.failed);
  const leaders = p.metadata.topics.flatMap((t) =>
    t.partitions.map((x) => `${t.name}-${x.index}: ${x.leader < 0 ? '–' : x.leader}`),
  );
  row('known-leaders', leaders.length === 0 ? word('none') : leaders.join(', '));
  row('metadata-age', word('old', { us: w.nowUs - p.metadata.lastSuccessUs }));
}

function consumerRows(w: World, id: string, row: Put): void {
  const c = w.consumers.find((x) => x.id === id);
  if (c === undefined) return;
  const positions = consumerPositions(w, c);
  row('position', positions.map((p) => `${p.partition}: ${p.position}`).join(', ') || word('none'));
  row(
    'lag',
    positions.reduce((sum, p) => sum + p.lag, 0),
  );
  const parked = positions.find((p) => p.parkedUntilUs !== null)?.parkedUntilUs ?? null;
  if (parked !== null) row('parked-until', moment(parked));
  row('delivered', c.delivered);
  row('last-error', c.lastError ?? word('none'));
  const leaders = c.metadata.topics.flatMap((t) =>
    t.partitions.map((x) => `${t.name}-${x.index}: ${x.leader < 0 ? '–' : x.leader}`),
  );
  row('known-leaders', leaders.length === 0 ? word('none') : leaders.join(', '));
}

function topicRows(w: World, topic: string, row: Put): void {
  const partitions = w.controller.image.topics.get(topic)?.partitions ?? [];
  const first = w.controller.image.partitions[partitions[0] ?? -1];
  row('partitions', partitions.length);
  row('replication-factor', first?.replicas.length ?? 0);
  if (first !== null && first !== undefined) row('min-isr', minIsrOf(w, first));
  row(
    'at-risk',
    partitions.reduce((sum, p) => sum + atRiskIn(w.ledger.truth[p]), 0),
  );
  if (w.controller.image.topics.size === 1) row('lost', totalsOf(w).lost);
}

function partitionRows(w: World, thing: ThingId, row: Put): void {
  const replica = replicaOfThing(w, thing);
  const name = thing.slice(thing.indexOf(':') + 1).replace(/@[0-9]+$/, '');
  const p = w.controller.image.partitions[w.partitionByName.get(name) ?? -1];
  if (p === null || p === undefined) return;
  if (thing.startsWith('partition:')) {
    row('leader', broker(p.leader));
    row('leader-epoch', p.leaderEpoch);
    row('partition-epoch', p.partitionEpoch);
    row('replicas', p.replicas.join(', '));
    row('isr', ids([...p.isr].sort((a, b) => a - b)));
    const leader = replicaOfThing(w, thing);
    if (leader?.pendingIsr) row('pending-isr', leader.pendingIsr.isr.join(', '));
    row('elr', ids(p.elr));
    if (p.leader < 0) row('last-known-leader', broker(p.lastKnownElr[0] ?? lastLeaderOf(w, p)));
    row('min-isr', minIsrOf(w, p));
    row('recovery', word(p.leaderRecoveryState === 0 ? 'recovered' : 'recovering'));
    row('at-risk', atRiskIn(w.ledger.truth[p.partition]));
  }
  if (replica !== null) logRows(w, thing, replica, row);
}

function logRows(w: World, thing: ThingId, r: ReplicaState, row: Put): void {
  if (thing.startsWith('replica:')) {
    row('role', r.role === 'none' ? word('unknown') : word(r.role));
    row('leader', broker(r.leaderId));
    row('leader-epoch', r.leaderEpoch);
  }
  row('hw', r.highWatermark);
  row('leo', r.leo);
  row('log-start', r.logStart);
  row(
    'epoch-entries',
    r.epochs.length === 0 ? word('none') : r.epochs.map((e) => `${e.epoch} @ ${e.startOffset}`).join(', '),
  );
  row('size', bytes(r.sizeBytes));
  row('segments', r.segments.length + 1);
  row('batches', vectorLength(r.batches) - batchIndexFor(r, r.segments[0]?.base ?? r.active.base));
  row('records', r.recordCount);
  row('hw-checkpoint', r.checkpointedHw);
  row('recovery-point', r.flushedOffset);
  if (!thing.startsWith('replica:')) return;
  const p = w.controller.image.partitions[r.partition];
  const leading =
    p !== null && p !== undefined && p.leader >= 0 && p.leader !== r.broker
      ? replicaOfThing(w, `partition:${w.partitions[r.partition]?.name}`)
      : null;
  if (leading === null) return;
  row('lag-records', Math.max(0, leading.leo - r.leo));
  const remote = leading.remotes.find((x) => x.brokerId === r.broker);
  if (remote === undefined) return;
  const caughtUpUs = lastCaughtUpTimeUs(brokerState(w, leading.broker), remote);
  if (caughtUpUs >= 0) row('last-caught-up', word('ago', { us: w.nowUs - caughtUpUs }));
}

function linkRows(w: World, name: string, row: Put): void {
  const [a = '', b = ''] = name.split('>');
  const from = w.nodeById.get(a) ?? -1;
  const to = w.nodeById.get(b) ?? -1;
  const link = w.links.find((l) => l.from === from && l.to === to);
  const { network } = w.scenario;
  row('latency', word('us', { us: link?.latencyUs ?? network.latencyUs }));
  row('jitter', word('us', { us: link?.jitterUs ?? network.jitterUs }));
  row('loss', word('percent', { percent: link?.lossPercent ?? 0 }));
  row(
    'bandwidth',
    word('mbps', { mbps: link === undefined ? network.bandwidthMbps : Math.round(link.bytesPerUs * 8) }),
  );
  row('cut', yes(link?.cut ?? false));
  row('in-the-air', w.queue.filter((e) => e.message !== null && e.message.from === from && e.message.to === to).length);
}

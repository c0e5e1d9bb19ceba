/**
 * A broker follows the metadata log and becomes what it says (Kafka: KafkaRaftClient as observer, BrokerMetadataPublisher,
 * ReplicaManager.applyDelta).
 */
import type { FetchRequest } from '../../kafka/api/messages.ts';
import {
  applyRecord,
  configOf,
  EMPTY_IMAGE,
  type MetadataImage,
  type PartitionRegistration,
} from '../controller/metadata-image.ts';
import { METADATA_TOPIC, type MetadataFetchResponse } from '../controller/quorum-controller.ts';
import { EventKind } from '../kernel/event.ts';
import { registerEvent, schedule } from '../kernel/schedule.ts';
import type { World } from '../kernel/world.ts';
import { Channel, type Connection } from '../net/connection-state.ts';
import { ready, registerChannel, sendRequest } from '../net/network.ts';
import { lateFacts } from '../slots.ts';
import { onMetadata } from './broker-lifecycle-manager.ts';
import { coordinatorHooks } from './coordinator-hooks.ts';
import { afterHighWatermark, afterLeadershipChange } from './delayed-operations.ts';
import { makeFollower, makeLeader, maybeIncrementLeaderHW } from './partition.ts';
import { addFetcher, removeFetcher } from './replica-fetcher.ts';
import type { ReplicaState } from './replica-state.ts';
import { brokerState, createReplica, ownBroker, ownReplica, replicaOf } from './replicas.ts';

const FETCH = 1;
/** KafkaRaftClient.MAX_FETCH_WAIT_MS. */
const MAX_FETCH_WAIT_MS = 500;
const MAX_BYTES = 8_388_608;
/**
 * A broker takes over at once, but one that hears that it leads no longer needs this long until it stops to accept: with
 * acks=1 and 500 records a second 0 to 15 of them were lost to a controlled shutdown of a real leader, six on average.
 */
const STEP_DOWN_US = 10_000;

/** Asks for the next records of the metadata log; the answer comes at once or within half a second. */
export function fetchMetadata(w: World, brokerId: number): void {
  const b = brokerState(w, brokerId);
  if (b.metadataConnection < 0) return;
  if (!ready(w, b.metadataConnection)) {
    const c = w.connections[b.metadataConnection] as Connection;
    if (c.state === 'closed') schedule(w, Math.max(c.retryAtUs, w.nowUs + 1000), EventKind.MetadataFetchRetry, b.node);
    return;
  }
  const partition = {
    topic: METADATA_TOPIC,
    index: 0,
    partition: -1,
    currentLeaderEpoch: -1,
    fetchOffset: b.image.offset + 1,
    lastFetchedEpoch: -1,
    logStartOffset: 0,
    partitionMaxBytes: MAX_BYTES,
  };
  const body: FetchRequest = {
    replicaId: brokerId,
    replicaEpoch: -1,
    maxWaitMs: MAX_FETCH_WAIT_MS,
    minBytes: 0,
    maxBytes: MAX_BYTES,
    isolationLevel: 0,
    rackId: '',
    sessionId: 0,
    sessionEpoch: -1,
    partitions: [partition],
    forgottenTopicsData: [],
  };
  sendRequest(w, b.metadataConnection, FETCH, body, 80);
}

registerEvent(EventKind.MetadataFetchRetry, (w, event) =>
  fetchMetadata(w, (w.nodes[event.node] as { nodeId: number }).nodeId),
);

registerChannel(Channel.MetadataFetch, {
  onOpen(w, node) {
    fetchMetadata(w, (w.nodes[node] as { nodeId: number }).nodeId);
  },
  onDisconnect(w, node, connection) {
    const c = w.connections[connection] as Connection;
    schedule(w, Math.max(c.retryAtUs, w.nowUs + 1000), EventKind.MetadataFetchRetry, node);
  },
  onResponse(w, node, _connection, _request, body) {
    const brokerId = (w.nodes[node] as { nodeId: number }).nodeId;
    const { metadataRecords } = body as MetadataFetchResponse;
    if (metadataRecords.length > 0) {
      const b = ownBroker(w, brokerId);
      const before = b.image;
      let image = before;
      for (const { offset, record } of metadataRecords)
        if (offset > image.offset) image = applyRecord(image, offset, record);
      b.image = image;
      if (b.published) publish(w, brokerId, before, image);
      else maybeFirstPublish(w, brokerId);
    }
    fetchMetadata(w, brokerId);
  },
});

/**
 * A starting broker follows the metadata log at once, and becomes what it says only when its own registration is in it: a
 * leader by the controller's word that has lost its log must not lead before the controller has heard of that (rule 87).
 */
export function maybeFirstPublish(w: World, brokerId: number): void {
  const b = brokerState(w, brokerId);
  if (b.published || b.lifecycle !== 'catching-up' || b.image.offset < b.brokerEpoch) return;
  ownBroker(w, brokerId).published = true;
  publish(w, brokerId, EMPTY_IMAGE, b.image);
}

/** Makes the broker what the new image says. Leaders first, then followers, as ReplicaManager.applyDelta does. */
export function publish(w: World, brokerId: number, before: MetadataImage, after: MetadataImage): void {
  const changed: PartitionRegistration[] = [];
  for (let i = 0; i < after.partitions.length; i++) {
    const now = after.partitions[i] ?? null;
    const old = before.partitions[i] ?? null;
    if (now === old) continue;
    if (now === null) {
      if (old?.replicas.includes(brokerId) && dropPartition(w, brokerId, i) !== null)
        lateFacts.ledgerTopicDeleted(w, i, brokerId);
    } else if (now.replicas.includes(brokerId)) changed.push(now);
    else if (old?.replicas.includes(brokerId)) {
      const gone = dropPartition(w, brokerId, i);
      if (gone !== null) lateFacts.ledgerReplicaRemoved(w, gone);
    }
  }
  for (const p of changed) {
    // BrokerMetadataPublisher hands partitions on before configurations: a log that stands keeps its old ones here.
    if (p.leader === brokerId) becomeLeader(w, brokerId, p, before.topics.has(p.topic) ? before : after);
  }
  for (const p of changed) {
    if (p.leader === brokerId) continue;
    const leads = replicaOf(w, brokerId, p.partition)?.role === 'leader';
    // Still leading it must not go by configurations that Kafka applies only after it has stepped down.
    if (!leads || !sameConfigs(before, after, p.topic)) becomeFollower(w, brokerId, p);
    else schedule(w, w.nowUs + STEP_DOWN_US, EventKind.BrokerStepDown, brokerState(w, brokerId).node, p.partition);
  }
  onMetadata(w, brokerId);
  coordinatorHooks.metadataChanged(w, brokerId, before, after);
}

function sameConfigs(before: MetadataImage, after: MetadataImage, topic: string): boolean {
  const cluster = configOf(before, 'BROKER', '') === configOf(after, 'BROKER', '');
  return cluster && configOf(before, 'TOPIC', topic) === configOf(after, 'TOPIC', topic);
}

registerEvent(EventKind.BrokerStepDown, (w, event) => {
  const brokerId = (w.nodes[event.node] as { nodeId: number }).nodeId;
  const p = brokerState(w, brokerId).image.partitions[event.arg] ?? null;
  if (p === null || p.leader === brokerId || !p.replicas.includes(brokerId)) return;
  if (replicaOf(w, brokerId, p.partition)?.role === 'leader') becomeFollower(w, brokerId, p);
});

function replicaFor(w: World, brokerId: number, p: PartitionRegistration): void {
  const known = replicaOf(w, brokerId, p.partition);
  if (known === null || known.topicId !== p.topicId) createReplica(w, brokerId, p.partition, p.topicId);
}

function becomeLeader(w: World, brokerId: number, p: PartitionRegistration, configs: MetadataImage): void {
  replicaFor(w, brokerId, p);
  removeFetcher(w, brokerId, p.partition);
  const r = ownReplica(w, brokerId, p.partition);
  const epochBefore = r.leaderEpoch;
  if (!makeLeader(w, r, p)) return;
  const moved = maybeIncrementLeaderHW(w, r, configs);
  if (moved) afterHighWatermark(w, brokerId, p.partition);
  if (epochBefore !== p.leaderEpoch) afterLeadershipChange(w, brokerId, p.partition);
}

function becomeFollower(w: World, brokerId: number, p: PartitionRegistration): void {
  replicaFor(w, brokerId, p);
  const r = ownReplica(w, brokerId, p.partition);
  const wasLeader = r.role === 'leader';
  const changed = makeFollower(r, p);
  if (wasLeader || changed) afterLeadershipChange(w, brokerId, p.partition);
  if (!changed) return;
  if (p.leader < 0 || brokerState(w, brokerId).image.brokers[p.leader] == null) removeFetcher(w, brokerId, p.partition);
  else addFetcher(w, brokerId, p.leader, p.partition, p.leaderEpoch);
}

function dropPartition(w: World, brokerId: number, partition: number): ReplicaState | null {
  removeFetcher(w, brokerId, partition);
  const r = replicaOf(w, brokerId, partition);
  if (r === null) return null;
  const mine = ownReplica(w, brokerId, partition);
  mine.role = 'none';
  afterLeadershipChange(w, brokerId, partition);
  w.replicas[w.replicas.indexOf(mine)] = null;
  return mine;
}

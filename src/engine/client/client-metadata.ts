/**
 * What a client knows of the cluster (Kafka: Metadata, MetadataSnapshot). Times are microseconds. A later leader epoch is
 * never replaced by an earlier one (rule 110). The topics' array and its content are replaced, never changed, so a copy
 * of the client shares them.
 */

import { errorForCode } from '../../kafka/api/errors-core.ts';
import { backoffMs, type ExponentialBackoff } from '../../kafka/api/exponential-backoff.ts';
import type { MetadataPartition, MetadataRequest, MetadataResponse } from '../../kafka/api/messages.ts';

export interface ClientPartition {
  /** Dense index of the simulation. */
  readonly partition: number;
  readonly index: number;
  /** -1: none known. */
  readonly leader: number;
  readonly leaderEpoch: number;
  readonly replicas: readonly number[];
}

export interface ClientTopic {
  readonly name: string;
  readonly topicId: number;
  /** In partition order. */
  readonly partitions: readonly ClientPartition[];
  /** Indices of the partitions that have a leader, for the built-in partitioner. */
  readonly available: readonly number[];
}

/** What does not change while a process runs. Times in microseconds. */
export interface MetadataPolicy {
  /** metadata.recovery.strategy: whether a client that reaches nobody starts over from its first list of brokers. */
  readonly rebootstrap: boolean;
  /** metadata.recovery.rebootstrap.trigger.ms. */
  readonly triggerUs: number;
  /** metadata.max.idle.ms: a topic that nobody has sent to for so long is no longer asked about. */
  readonly maxIdleUs: number;
  /** allow.auto.create.topics. */
  readonly allowAutoCreate: boolean;
}

const DEFAULT_POLICY: MetadataPolicy = {
  rebootstrap: true,
  triggerUs: 300_000_000,
  maxIdleUs: Number.POSITIVE_INFINITY,
  allowAutoCreate: true,
};

export interface ClientMetadata {
  readonly policy: MetadataPolicy;
  /** Ids from bootstrap.servers: every broker of the cluster, ascending. */
  readonly bootstrap: readonly number[];
  brokers: readonly number[];
  /** By broker id, of those that answers name. */
  racks: readonly (string | null)[];
  topics: readonly ClientTopic[];
  /** A pattern subscription asks for all topics and keeps those that it matches as a whole, but for these; null: none. */
  pattern: { readonly source: string; readonly except: readonly string[] } | null;
  /** Topics the client asks about, and those of them that no answer has named yet. */
  wanted: readonly string[];
  newTopics: readonly string[];
  /** Topics that were sent to, and when last: only kept where idle ones are forgotten. */
  usedTopics: string[];
  usedUs: number[];
  /** Highest leader epoch ever seen, by dense partition; it may run ahead of `topics`. */
  lastSeenEpochs: number[];
  /** Rises with each update: whoever waits for one compares it. */
  version: number;
  needFull: boolean;
  needPartial: boolean;
  requestVersion: number;
  lastSuccessUs: number;
  attempts: number;
  equivalentResponses: number;
  /** No request before these moments: back-off after failures, and after answers that brought nothing new (KIP-580). */
  attemptAllowedUs: number;
  equivalentAllowedUs: number;
  lastRefreshUs: number;
  inFlight: {
    readonly connection: number;
    readonly correlationId: number;
    readonly requestVersion: number;
    readonly partial: boolean;
  } | null;
  /** Since when an update has been tried in vain; -1: it is not. */
  attemptStartUs: number;
}

export interface LeaderChange {
  readonly partition: number;
  readonly leader: number;
  readonly leaderEpoch: number;
}

export function bootstrapMetadata(brokers: readonly number[], policy: MetadataPolicy = DEFAULT_POLICY): ClientMetadata {
  return {
    policy,
    bootstrap: brokers,
    brokers,
    racks: [],
    topics: [],
    pattern: null,
    wanted: [],
    newTopics: [],
    usedTopics: [],
    usedUs: [],
    lastSeenEpochs: [],
    version: 1,
    needFull: true,
    needPartial: false,
    requestVersion: 0,
    lastSuccessUs: 0,
    attempts: 0,
    equivalentResponses: 0,
    attemptAllowedUs: 0,
    equivalentAllowedUs: 0,
    lastRefreshUs: 0,
    inFlight: null,
    attemptStartUs: -1,
  };
}

export function cloneMetadata(m: ClientMetadata): ClientMetadata {
  return {
    policy: m.policy,
    bootstrap: m.bootstrap,
    brokers: m.brokers,
    racks: m.racks,
    topics: m.topics,
    pattern: m.pattern,
    wanted: m.wanted,
    newTopics: m.newTopics,
    usedTopics: m.usedTopics.slice(),
    usedUs: m.usedUs.slice(),
    lastSeenEpochs: m.lastSeenEpochs.slice(),
    version: m.version,
    needFull: m.needFull,
    needPartial: m.needPartial,
    requestVersion: m.requestVersion,
    lastSuccessUs: m.lastSuccessUs,
    attempts: m.attempts,
    equivalentResponses: m.equivalentResponses,
    attemptAllowedUs: m.attemptAllowedUs,
    equivalentAllowedUs: m.equivalentAllowedUs,
    lastRefreshUs: m.lastRefreshUs,
    inFlight: m.inFlight,
    attemptStartUs: m.attemptStartUs,
  };
}

/**
 * Back to the first list of brokers, with nothing known (metadata.recovery.strategy=rebootstrap). Epochs stay. Whoever
 * stands there already gets no new version out of it.
 */
export function rebootstrap(m: ClientMetadata, nowUs: number): void {
  m.needFull = true;
  m.attemptStartUs = nowUs;
  if (m.brokers === m.bootstrap && m.topics.length === 0) return;
  m.brokers = m.bootstrap;
  m.topics = [];
  m.version += 1;
}

export function findTopic(m: ClientMetadata, name: string): ClientTopic | null {
  for (const topic of m.topics) if (topic.name === name) return topic;
  return null;
}

export function findPartition(m: ClientMetadata, topic: string, index: number): ClientPartition | null {
  return findTopic(m, topic)?.partitions[index] ?? null;
}

/** Metadata.currentLeader: no leader while the known one is of an older epoch than the last seen. */
export function currentLeader(
  m: ClientMetadata,
  topic: string,
  index: number,
): { readonly leader: number; readonly epoch: number } {
  const known = findPartition(m, topic, index);
  if (known === null) return NO_LEADER;
  const seen = m.lastSeenEpochs[known.partition] ?? -1;
  return known.leaderEpoch < seen ? { leader: -1, epoch: seen } : { leader: known.leader, epoch: known.leaderEpoch };
}

const NO_LEADER = { leader: -1, epoch: -1 };

/** ProducerMetadata.add: the client wants to know of a topic from now on. */
export function addTopic(m: ClientMetadata, topic: string): void {
  if (m.wanted.includes(topic)) return;
  m.wanted = [...m.wanted, topic];
  m.newTopics = [...m.newTopics, topic];
  requestForNewTopics(m);
}

/** A topic is sent to: its time without use begins anew (ProducerMetadata.add). */
export function touchTopic(m: ClientMetadata, topic: string, nowUs: number): void {
  if (m.policy.maxIdleUs === Number.POSITIVE_INFINITY) return;
  let at = m.usedTopics.indexOf(topic);
  if (at < 0) at = m.usedTopics.push(topic) - 1;
  m.usedUs[at] = nowUs;
}

/** ProducerMetadata.retainTopic: topics that nobody has used for long are forgotten with the next answer. */
function forgetIdle(m: ClientMetadata, nowUs: number): void {
  const idle = m.usedTopics.filter((topic, i) => {
    const expiresUs = (m.usedUs[i] as number) + m.policy.maxIdleUs;
    return expiresUs <= nowUs && !m.newTopics.includes(topic);
  });
  if (idle.length === 0) return;
  m.wanted = m.wanted.filter((topic) => !idle.includes(topic));
  m.usedUs = m.usedUs.filter((_, i) => !idle.includes(m.usedTopics[i] as string));
  m.usedTopics = m.usedTopics.filter((topic) => !idle.includes(topic));
}

export function requestForNewTopics(m: ClientMetadata): void {
  m.attemptAllowedUs = 0;
  m.equivalentAllowedUs = 0;
  m.lastRefreshUs = 0;
  m.equivalentResponses = 0;
  m.needPartial = true;
  m.requestVersion += 1;
}

export function requestUpdate(m: ClientMetadata, resetEquivalentBackoff = false): void {
  m.needFull = true;
  if (resetEquivalentBackoff) {
    m.equivalentResponses = 0;
    m.equivalentAllowedUs = 0;
  }
}

export function requestUpdateForTopic(m: ClientMetadata, topic: string): void {
  if (m.newTopics.includes(topic)) requestForNewTopics(m);
  else requestUpdate(m);
}

/** A newer epoch seen elsewhere (a fetched batch, ListOffsets): the known leader may be out of date. */
export function sawEpoch(m: ClientMetadata, partition: number, leaderEpoch: number): void {
  const seen = m.lastSeenEpochs[partition];
  if (seen === undefined || leaderEpoch <= seen) return;
  m.lastSeenEpochs[partition] = leaderEpoch;
  m.needFull = true;
}

/** When the next request is due, in the past if it is overdue (Metadata.timeToNextUpdate). */
export function updateDueUs(m: ClientMetadata, maxAgeUs: number, nowUs: number): number {
  const expiresUs = m.lastSuccessUs + maxAgeUs;
  if (expiresUs <= nowUs) {
    m.equivalentResponses = 0;
    m.equivalentAllowedUs = 0;
  }
  const dueUs = m.needFull || m.needPartial ? 0 : expiresUs;
  return Math.max(dueUs, m.attemptAllowedUs, m.equivalentAllowedUs);
}

/** The request to send now; the caller then sets `inFlight`. */
export function buildRequest(
  m: ClientMetadata,
  maxAgeUs: number,
  nowUs: number,
): { readonly request: MetadataRequest; readonly partial: boolean } {
  if (m.pattern !== null)
    return { request: { topics: null, allowAutoTopicCreation: m.policy.allowAutoCreate }, partial: false };
  const partial = !m.needFull && m.lastSuccessUs + maxAgeUs > nowUs;
  return {
    request: { topics: partial ? m.newTopics : m.wanted, allowAutoTopicCreation: m.policy.allowAutoCreate },
    partial,
  };
}

/** Never nothing, even with retry.backoff.ms=0: on links without latency time has to go on between requests. */
function pauseUs(backoff: ExponentialBackoff, attempts: number, random: number): number {
  return Math.max(backoffMs(backoff, attempts, random), 1) * 1000;
}

export function failedUpdate(m: ClientMetadata, nowUs: number, backoff: ExponentialBackoff, random: number): void {
  m.inFlight = null;
  m.attempts += 1;
  m.equivalentResponses = 0;
  m.equivalentAllowedUs = 0;
  m.lastRefreshUs = nowUs;
  m.attemptAllowedUs = nowUs + pauseUs(backoff, m.attempts - 1, random);
}

/** Takes an answer in; returns the partitions whose leader changed from one that was known. */
export function applyResponse(
  m: ClientMetadata,
  response: MetadataResponse,
  nowUs: number,
  backoff: ExponentialBackoff,
  random: number,
): LeaderChange[] {
  const { requestVersion, partial } = m.inFlight ?? { requestVersion: m.requestVersion, partial: false };
  if (response.brokers.length === 0) {
    failedUpdate(m, nowUs, backoff, random);
    return [];
  }
  m.inFlight = null;
  m.needPartial = requestVersion < m.requestVersion;
  m.lastRefreshUs = nowUs;
  m.attempts = 0;
  m.attemptStartUs = -1;
  m.version += 1;
  if (!partial) {
    m.needFull = false;
    m.lastSuccessUs = nowUs;
  }
  m.equivalentResponses += 1;
  forgetIdle(m, nowUs);
  const changes: LeaderChange[] = [];
  const answered: ClientTopic[] = [];
  const matches = m.pattern === null ? null : new RegExp(`^(?:${m.pattern.source})$`);
  for (const topic of response.topics) {
    const matched = (matches?.test(topic.name) ?? false) && !m.pattern?.except.includes(topic.name);
    if (!matched && !m.wanted.includes(topic.name)) continue;
    if (topic.errorCode !== 0) {
      if (errorForCode(topic.errorCode).invalidMetadata) requestUpdate(m);
      continue;
    }
    const old = findTopic(m, topic.name);
    const partitions = topic.partitions.map((p) => mergePartition(m, old, topic.topicId, p, changes));
    answered.push(makeTopic(topic.name, topic.topicId, partitions));
  }
  const named = response.topics.map((t) => t.name);
  const kept = partial ? m.topics.filter((t) => !named.includes(t.name)) : [];
  m.topics = [...kept, ...answered];
  m.newTopics = m.newTopics.filter((t) => !named.includes(t));
  m.brokers = response.brokers.map((b) => b.nodeId).sort((a, b) => a - b);
  const racks: (string | null)[] = [];
  for (const { nodeId, rack } of response.brokers) {
    while (racks.length <= nodeId) racks.push(null);
    racks[nodeId] = rack;
  }
  m.racks = racks;
  m.attemptAllowedUs = nowUs + pauseUs(backoff, 0, random);
  m.equivalentAllowedUs = m.equivalentResponses > 0 ? nowUs + pauseUs(backoff, m.equivalentResponses - 1, random) : 0;
  return changes;
}

function mergePartition(
  m: ClientMetadata,
  old: ClientTopic | null,
  topicId: number,
  p: MetadataPartition,
  changes: LeaderChange[],
): ClientPartition {
  if (p.errorCode !== 0 && errorForCode(p.errorCode).invalidMetadata) requestUpdate(m);
  const before = old?.partitions[p.partitionIndex] ?? null;
  const fresh: ClientPartition = {
    partition: p.partition,
    index: p.partitionIndex,
    leader: p.leaderId,
    leaderEpoch: p.leaderEpoch,
    replicas: p.replicaNodes,
  };
  const seen = m.lastSeenEpochs[p.partition];
  const newTopic = old !== null && old.topicId !== topicId;
  if (seen !== undefined && !newTopic && p.leaderEpoch < seen) return before ?? { ...fresh, leader: -1 };
  while (m.lastSeenEpochs.length < p.partition) m.lastSeenEpochs.push(-1);
  m.lastSeenEpochs[p.partition] = p.leaderEpoch;
  if (seen === undefined || seen < 0 || newTopic || p.leaderEpoch > seen) m.equivalentResponses = 0;
  if (before !== null && p.leaderId >= 0 && before.leader !== p.leaderId)
    changes.push({ partition: p.partition, leader: p.leaderId, leaderEpoch: p.leaderEpoch });
  return fresh;
}

function makeTopic(name: string, topicId: number, partitions: readonly ClientPartition[]): ClientTopic {
  return { name, topicId, partitions, available: partitions.filter((p) => p.leader >= 0).map((p) => p.index) };
}

/** A newer leader named by an error response is used at once (KIP-951). Returns whether it was news. */
export function updateLeadership(
  m: ClientMetadata,
  topicName: string,
  index: number,
  leader: number,
  leaderEpoch: number,
): boolean {
  const topic = findTopic(m, topicName);
  const before = topic?.partitions[index];
  if (topic === null || before === undefined || leader < 0 || leaderEpoch < 0) return false;
  if (leaderEpoch <= Math.max(m.lastSeenEpochs[before.partition] ?? -1, before.leaderEpoch)) return false;
  const partitions = topic.partitions.map((p) => (p === before ? { ...p, leader, leaderEpoch } : p));
  m.topics = m.topics.map((t) => (t === topic ? makeTopic(t.name, t.topicId, partitions) : t));
  m.lastSeenEpochs[before.partition] = leaderEpoch;
  if (!m.brokers.includes(leader)) m.brokers = [...m.brokers, leader].sort((a, b) => a - b);
  return true;
}

/** A group of the classic protocol by itself (Kafka: ClassicGroup). Functions over a group that the caller owns. */
import { assert } from '../../base/assert.ts';
import { errorCode } from '../../kafka/api/errors-core.ts';
import type { JoinGroupResponse, Subscription } from '../../kafka/api/messages-group.ts';
import { javaHashMapOrder } from '../../kafka/hash/java-hash-map-order.ts';
import { javaStringHash } from '../../kafka/hash/java-string-hash.ts';
import { type World, wallMs } from '../kernel/world.ts';
import type { ClassicGroup, ClassicGroupMember, ClassicGroupState, MemberProtocol } from './shard-state.ts';

const UNKNOWN_MEMBER_ID = errorCode('UNKNOWN_MEMBER_ID');
const FENCED_INSTANCE_ID = errorCode('FENCED_INSTANCE_ID');
const COORDINATOR_NOT_AVAILABLE = errorCode('COORDINATOR_NOT_AVAILABLE');
const ILLEGAL_GENERATION = errorCode('ILLEGAL_GENERATION');
const REBALANCE_IN_PROGRESS = errorCode('REBALANCE_IN_PROGRESS');

export const CONSUMER_PROTOCOL_TYPE = 'consumer';

const VALID_PREVIOUS: Readonly<Record<ClassicGroupState, readonly ClassicGroupState[]>> = {
  Empty: ['PreparingRebalance'],
  PreparingRebalance: ['Stable', 'CompletingRebalance', 'Empty'],
  CompletingRebalance: ['PreparingRebalance'],
  Stable: ['CompletingRebalance'],
  Dead: ['Stable', 'PreparingRebalance', 'CompletingRebalance', 'Empty', 'Dead'],
};

export function newGroup(w: World, groupId: string): ClassicGroup {
  return {
    groupId,
    state: 'Empty',
    previousState: 'Dead',
    stateTimestampMs: wallMs(w),
    sinceUs: w.nowUs,
    generation: 0,
    protocolType: null,
    protocolName: null,
    leader: null,
    members: [],
    pendingJoin: [],
    pendingSync: [],
    newMemberAdded: false,
    subscribedTopics: null,
    joinTimer: null,
    syncStartUs: 0,
    syncEndsUs: 0,
    rebalanceSinceUs: -1,
    offsets: new Map(),
  };
}

export function canRebalance(g: ClassicGroup): boolean {
  return VALID_PREVIOUS.PreparingRebalance.includes(g.state);
}

export function transitionTo(w: World, g: ClassicGroup, state: ClassicGroupState): void {
  assert(VALID_PREVIOUS[state].includes(g.state), 'group-transition', `group ${g.groupId}: ${g.state} -> ${state}`);
  g.previousState = g.state;
  g.state = state;
  g.stateTimestampMs = wallMs(w);
  g.sinceUs = w.nowUs;
  w.whenDirty = true;
}

export function memberOf(g: ClassicGroup, memberId: string): ClassicGroupMember | null {
  for (const m of g.members) if (m.memberId === memberId) return m;
  return null;
}

export function staticMember(g: ClassicGroup, groupInstanceId: string): ClassicGroupMember | null {
  for (const m of g.members) if (m.groupInstanceId === groupInstanceId) return m;
  return null;
}

export function isPending(g: ClassicGroup, memberId: string): boolean {
  return g.pendingJoin.some((p) => p.memberId === memberId);
}

export function removePending(g: ClassicGroup, memberId: string): void {
  g.pendingJoin = g.pendingJoin.filter((p) => p.memberId !== memberId);
}

export function awaitingJoin(g: ClassicGroup): number {
  let count = 0;
  for (const m of g.members) if (m.awaitingJoin !== null) count += 1;
  return count;
}

export function hasAllMembersJoined(g: ClassicGroup): boolean {
  return g.pendingJoin.length === 0 && awaitingJoin(g) === g.members.length;
}

/** The longest of its members' time-outs. */
export function rebalanceTimeoutMs(g: ClassicGroup): number {
  let longest = 0;
  for (const m of g.members) if (m.rebalanceTimeoutMs > longest) longest = m.rebalanceTimeoutMs;
  return longest;
}

/** The order in which Kafka walks over its members: that of a HashMap. */
export function inMapOrder(g: ClassicGroup): ClassicGroupMember[] {
  const ids = javaHashMapOrder(
    g.members.map((m) => m.memberId),
    javaStringHash,
  );
  return ids.map((id) => memberOf(g, id) as ClassicGroupMember);
}

export function addMember(g: ClassicGroup, member: ClassicGroupMember, protocolType: string): void {
  if (g.members.length === 0) g.protocolType = protocolType;
  if (g.leader === null) g.leader = member.memberId;
  g.members.push(member);
  removePending(g, member.memberId);
}

export function removeMember(g: ClassicGroup, memberId: string): void {
  g.members = g.members.filter((m) => m.memberId !== memberId);
  if (g.leader === memberId) g.leader = inMapOrder(g)[0]?.memberId ?? null;
  removePending(g, memberId);
  g.pendingSync = g.pendingSync.filter((id) => id !== memberId);
}

/** Whether somebody can lead the next generation: the leader if it is there, else one who has rejoined. */
export function maybeElectNewJoinedLeader(g: ClassicGroup): boolean {
  if (g.leader === null) return false;
  const leader = memberOf(g, g.leader);
  if (leader?.awaitingJoin != null) return true;
  const other = inMapOrder(g).find((m) => m.awaitingJoin !== null);
  if (other === undefined) return false;
  g.leader = other.memberId;
  return true;
}

function supportCount(g: ClassicGroup, name: string): number {
  let count = 0;
  for (const m of g.members) if (m.protocols.some((p) => p.name === name)) count += 1;
  return count;
}

export function supportsProtocols(g: ClassicGroup, protocolType: string, names: readonly string[]): boolean {
  if (g.state === 'Empty') return protocolType !== '' && names.length > 0;
  if (g.protocolType !== protocolType) return false;
  return names.some((name) => supportCount(g, name) === g.members.length);
}

/** Rule 108: each member votes for its first protocol that all support; the most votes win. */
export function selectProtocol(g: ClassicGroup): string {
  const first = g.members[0] as ClassicGroupMember;
  const candidates = first.protocols.map((p) => p.name).filter((name) => supportCount(g, name) === g.members.length);
  const votes = new Map<string, number>();
  for (const m of inMapOrder(g)) {
    const vote = m.protocols.find((p) => candidates.includes(p.name));
    if (vote !== undefined) votes.set(vote.name, (votes.get(vote.name) ?? 0) + 1);
  }
  let chosen = '';
  let most = 0;
  for (const name of javaHashMapOrder([...votes.keys()], javaStringHash)) {
    const count = votes.get(name) as number;
    if (count > most) {
      chosen = name;
      most = count;
    }
  }
  return chosen;
}

export function metadataUnder(m: ClassicGroupMember, protocolName: string | null): Subscription {
  const found = m.protocols.find((p) => p.name === protocolName);
  assert(found !== undefined, 'group-protocol', `member ${m.memberId} does not know ${protocolName}`);
  return (found as MemberProtocol).metadata;
}

/** Sorted. Null where nobody can tell. */
export function computeSubscribedTopics(g: ClassicGroup): readonly string[] | null {
  if (g.protocolType !== CONSUMER_PROTOCOL_TYPE) return null;
  if (g.members.length === 0) return [];
  if (g.protocolName === null) return null;
  const topics = new Set<string>();
  for (const m of g.members) for (const topic of metadataUnder(m, g.protocolName).topics) topics.add(topic);
  return [...topics].sort((a, b) => (a < b ? -1 : 1));
}

export function initNextGeneration(w: World, g: ClassicGroup): void {
  g.generation += 1;
  g.protocolName = g.members.length > 0 ? selectProtocol(g) : null;
  g.subscribedTopics = computeSubscribedTopics(g);
  g.pendingSync = [];
  transitionTo(w, g, g.members.length > 0 ? 'CompletingRebalance' : 'Empty');
}

/** What the leader needs to assign: everybody with what they said. */
export function currentMembers(g: ClassicGroup): JoinGroupResponse['members'] {
  return inMapOrder(g).map((m) => ({
    memberId: m.memberId,
    groupInstanceId: m.groupInstanceId,
    metadata: metadataUnder(m, g.protocolName),
  }));
}

/** An error code, 0 if it is a member. Rule 67: an instance that somebody else is now is fenced. */
export function validateMember(g: ClassicGroup, memberId: string, groupInstanceId: string | null): number {
  if (groupInstanceId !== null) {
    const known = staticMember(g, groupInstanceId);
    if (known === null) return UNKNOWN_MEMBER_ID;
    if (known.memberId !== memberId) return FENCED_INSTANCE_ID;
  }
  return memberOf(g, memberId) === null ? UNKNOWN_MEMBER_ID : 0;
}

/** Rules 66, 68: whether a commit may be stored. An error code, 0 if so. */
export function validateOffsetCommit(
  g: ClassicGroup,
  memberId: string,
  groupInstanceId: string | null,
  generation: number,
): number {
  if (g.state === 'Dead') return COORDINATOR_NOT_AVAILABLE;
  if (generation < 0 && g.state === 'Empty') return 0;
  if (generation >= 0 || memberId !== '' || groupInstanceId !== null) {
    const error = validateMember(g, memberId, groupInstanceId);
    if (error !== 0) return error;
    if (generation !== g.generation) return ILLEGAL_GENERATION;
  } else if (g.state !== 'Empty') return UNKNOWN_MEMBER_ID;
  return g.state === 'CompletingRebalance' ? REBALANCE_IN_PROGRESS : 0;
}

function sameSubscription(a: Subscription, b: Subscription): boolean {
  return (
    a.version === b.version &&
    a.userData === b.userData &&
    a.generationId === b.generationId &&
    a.rackId === b.rackId &&
    a.topics.length === b.topics.length &&
    a.topics.every((topic, i) => topic === b.topics[i]) &&
    a.ownedPartitions.length === b.ownedPartitions.length &&
    a.ownedPartitions.every(
      (p, i) => p.topic === b.ownedPartitions[i]?.topic && p.index === b.ownedPartitions[i]?.index,
    )
  );
}

/** Whether a member says what it said before, in the same order. */
export function matches(m: ClassicGroupMember, protocols: readonly MemberProtocol[]): boolean {
  if (m.protocols.length !== protocols.length) return false;
  return m.protocols.every((p, i) => {
    const other = protocols[i] as MemberProtocol;
    return p.name === other.name && sameSubscription(p.metadata, other.metadata);
  });
}

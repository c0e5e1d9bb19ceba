/**
 * The target of a whole group, computed by a server-side assignor (Kafka: TargetAssignmentBuilder). Generic: a share group's members
 * are assigned by the same way. Pure.
 */
import type { ReasoningStep } from '../../../kafka/assignor/reasoning.ts';
import {
  type GroupSpec,
  type MemberAssignment,
  type MemberSpec,
  type ServerAssignor,
  type SubscribedTopicDescriber,
  type SubscriptionType,
  subscribedIds,
} from '../../../kafka/assignor/server/server-assignor.ts';
import { javaHashMapOrder } from '../../../kafka/hash/java-hash-map-order.ts';
import { javaStringHash } from '../../../kafka/hash/java-string-hash.ts';

export interface TargetMember {
  readonly memberId: string;
  readonly instanceId: string | null;
  readonly rackId: string | null;
  /** Names of all topics that it asks for, patterns resolved. */
  readonly topics: readonly string[];
}

export interface TargetInput {
  /** The group's members, in the order of joining, with the updated one in its place (a new one last). */
  readonly members: readonly TargetMember[];
  readonly subscriptionType: SubscriptionType;
  /** Member id -> its target so far. */
  readonly targetAssignment: ReadonlyMap<string, MemberAssignment>;
  /** Instance id -> member id: who comes back under a new id brings its predecessor's target. */
  readonly staticMembers: ReadonlyMap<string, string>;
  readonly topicUuid: (name: string) => string | null;
  readonly describer: SubscribedTopicDescriber;
  readonly assignable: GroupSpec['assignable'];
}

export interface TargetAssignment {
  /** Whoever is missing gets nothing. */
  readonly byMember: ReadonlyMap<string, MemberAssignment>;
  /** Members whose target is another one now, in the order in which Kafka writes their records. */
  readonly changed: readonly (readonly [memberId: string, target: MemberAssignment])[];
}

const EMPTY: MemberAssignment = new Map();

export function buildTarget(assignor: ServerAssignor, input: TargetInput, steps?: ReasoningStep[]): TargetAssignment {
  const members = new Map<string, MemberSpec>();
  const ids = new Map<string, string[]>();
  for (const m of input.members) {
    const names = m.topics.join('\n');
    let subscribedTopicIds = ids.get(names);
    if (subscribedTopicIds === undefined) {
      subscribedTopicIds = subscribedIds(m.topics, input.topicUuid);
      ids.set(names, subscribedTopicIds);
    }
    const { rackId, instanceId } = m;
    members.set(m.memberId, { rackId, instanceId, subscribedTopicIds, assignment: previousTarget(input, m) });
  }
  const spec: GroupSpec = { members, subscriptionType: input.subscriptionType, assignable: input.assignable };
  const assigned = assignor.assign(spec, input.describer, steps);
  const changed: [string, MemberAssignment][] = [];
  for (const memberId of javaHashMapOrder([...members.keys()], javaStringHash)) {
    const target = assigned.get(memberId) ?? EMPTY;
    const before = input.targetAssignment.get(memberId);
    if (before === undefined || !sameTarget(before, target)) changed.push([memberId, target]);
  }
  return { byMember: assigned, changed };
}

function previousTarget(input: TargetInput, { memberId, instanceId }: TargetMember): MemberAssignment {
  const previous = instanceId === null ? undefined : input.staticMembers.get(instanceId);
  return input.targetAssignment.get(previous ?? memberId) ?? EMPTY;
}

/** Equal as maps of sets: the order does not count. */
export function sameTarget(a: MemberAssignment, b: MemberAssignment): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const [topic, partitions] of a) {
    const others = b.get(topic);
    if (others === undefined || others.length !== partitions.length) return false;
    const set = new Set(others);
    if (!partitions.every((p) => set.has(p))) return false;
  }
  return true;
}

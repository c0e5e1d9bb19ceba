/**
 * Who computed an assignment, and why it came out so: the assignor is run once more, on what the leader (or the coordinator) had,
 * with its reasons collected. If that does not give what was sent, the reasons are left out: better none than wrong ones.
 */

import type { JoinGroupResponse, SyncGroupRequest } from '../../../kafka/api/messages-group.ts';
import type { AssignedTo, MemberSubscription } from '../../../kafka/assignor/assignor.ts';
import { assignorByName } from '../../../kafka/assignor/index.ts';
import { type ReasoningStep, reasoningKey, reasoningParams } from '../../../kafka/assignor/reasoning.ts';
import type { LabAssignment, LabReason } from '../../../protocol/lab.ts';
import { findTopic } from '../../client/client-metadata.ts';
import type { ConsumerState } from '../../client/consumer-state.ts';
import type { World } from '../../kernel/world.ts';
import type { Message } from '../../net/message.ts';

interface Elected {
  readonly answer: JoinGroupResponse;
  /** AbstractStickyAssignor.maxGeneration before it assigns. */
  readonly maxGeneration: number;
}

export interface AssignmentLog {
  /** By consumer: what the leader of a generation was told. */
  readonly elected: Map<string, Elected>;
  readonly found: LabAssignment[];
}

const JOIN_GROUP = 11;
const SYNC_GROUP = 14;

export function beginAssignments(): AssignmentLog {
  return { elected: new Map(), found: [] };
}

/** Before the event that brings the message: the leader has not yet computed. */
export function hearAssignment(w: World, log: AssignmentLog, m: Message, names: ReadonlyMap<string, string>): void {
  if (m.apiKey === JOIN_GROUP && !m.toServer) hearElected(w, log, m);
  if (m.apiKey === SYNC_GROUP && m.toServer) hearPlan(w, log, m, names);
}

function consumerAt(w: World, node: number): ConsumerState {
  return w.consumers[w.nodes[node]?.ref ?? -1] as ConsumerState;
}

function hearElected(w: World, log: AssignmentLog, m: Message): void {
  const answer = m.body as JoinGroupResponse;
  if (answer.members.length === 0) return;
  const c = consumerAt(w, m.to);
  const maxGeneration = c.group?.assignorMemory.get(answer.protocolName ?? '')?.maxGeneration ?? -1;
  log.elected.set(c.id, { answer, maxGeneration });
}

function hearPlan(w: World, log: AssignmentLog, m: Message, names: ReadonlyMap<string, string>): void {
  const { assignments, generationId, protocolName } = m.body as SyncGroupRequest;
  if (assignments.length === 0) return;
  const c = consumerAt(w, m.from);
  const sent = assignments.map(({ memberId, assignment }) => [memberId, assignment.partitions] as const);
  const elected = log.elected.get(c.id);
  log.found.push({
    atUs: m.sentUs,
    by: c.id,
    assignor: protocolName,
    epoch: generationId,
    result: resultOf(sent, names),
    steps: elected?.answer.generationId === generationId ? reasonsOf(c, elected, sent, names) : [],
  });
}

type Given = readonly (readonly [memberId: string, partitions: readonly AssignedTo[]])[];

const nameOf = (p: AssignedTo): string => `${p.topic}-${p.index}`;
const textOf = (given: Given): string =>
  given
    .map(([member, partitions]) => `${member}=${partitions.map(nameOf).join()}`)
    .sort((a, b) => (a < b ? -1 : 1))
    .join(';');

export function resultOf(given: Given, names: ReadonlyMap<string, string>): LabAssignment['result'] {
  return given
    .map(([member, partitions]) => [names.get(member) ?? member, partitions.map(nameOf)] as const)
    .sort(([a], [b]) => byName(a, b));
}

/** c2 comes before c10. */
function byName(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

function reasonsOf(c: ConsumerState, elected: Elected, sent: Given, names: ReadonlyMap<string, string>): LabReason[] {
  const { members: listed, protocolName } = elected.answer;
  const assignor = assignorByName(protocolName ?? '');
  if (assignor === null) return [];
  const members: MemberSubscription[] = listed.map(({ memberId, groupInstanceId, metadata }) => ({
    memberId,
    groupInstanceId,
    topics: metadata.topics,
    rackId: metadata.rackId,
    ownedPartitions: metadata.ownedPartitions,
    generationId: metadata.generationId,
    userData: metadata.userData,
  }));
  const topics = new Set<string>();
  for (const member of members) for (const topic of member.topics) topics.add(topic);
  const known = [...topics]
    .sort((a, b) => (a < b ? -1 : 1))
    .flatMap((name) => {
      const topic = findTopic(c.metadata, name);
      if (topic === null) return [];
      return [
        { name, partitionRacks: topic.partitions.map((p) => p.replicas.map((r) => c.metadata.racks[r] ?? null)) },
      ];
    });
  const steps: ReasoningStep[] = [];
  const again = assignor.assign(known, members, { maxGeneration: elected.maxGeneration, steps });
  return textOf([...again]) === textOf(sent) ? steps.map((step) => reasonOf(step, names)) : [];
}

/** Member ids (and the coordinator's ids of topics) under the names that `names` has for them. */
export function reasonOf(step: ReasoningStep, names: ReadonlyMap<string, string>): LabReason {
  const named = (text: string): string =>
    text
      .split(', ')
      .map((part) => names.get(part) ?? part)
      .join(', ');
  const params = Object.fromEntries(
    Object.entries(reasoningParams(step)).map(([key, value]) => [
      key,
      typeof value === 'string' ? named(value) : value,
    ]),
  );
  return {
    partition: step.topic === null || step.partition === null ? null : `${named(step.topic)}-${step.partition}`,
    consumer: step.member === null ? null : named(step.member),
    words: { title: { key: reasoningKey(step), params }, what: null },
  };
}

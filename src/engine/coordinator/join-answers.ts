/** What JoinGroup is answered with when all is well. */
import type { JoinGroupResponse } from '../../kafka/api/messages-group.ts';
import type { World } from '../kernel/world.ts';
import type { Message } from '../net/message.ts';
import { currentMembers } from './classic-group.ts';
import type { ClassicGroup } from './shard-state.ts';
import { answer } from './turns.ts';

export function joinAnswerBytes(body: JoinGroupResponse): number {
  let bytes = 90;
  for (const m of body.members) bytes += 80 + 24 * m.metadata.topics.length + 8 * m.metadata.ownedPartitions.length;
  return bytes;
}

export function answerJoin(w: World, request: Message, body: JoinGroupResponse): void {
  answer(w, request, body, joinAnswerBytes(body));
}

/** The answer of a present generation to one of its members. */
export function currentGeneration(g: ClassicGroup, memberId: string, skipAssignment = false): JoinGroupResponse {
  return {
    errorCode: 0,
    generationId: g.generation,
    protocolType: g.protocolType,
    protocolName: g.protocolName,
    leader: g.leader ?? '',
    skipAssignment,
    memberId,
    members: g.leader === memberId ? currentMembers(g) : [],
    errors: [],
  };
}

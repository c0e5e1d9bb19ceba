/** The record that keeps a group: its members, what they said and what they got (Kafka: GroupCoordinatorRecordHelpers). */
import { encodeGroupMetadataValue } from '../../kafka/records/group-records.ts';
import { metadataUnder } from './classic-group.ts';
import type { ClassicGroup, ClassicGroupMember } from './shard-state.ts';

/** GroupMetadataValue with everybody's assignment. */
export function groupMetadataBytes(
  g: ClassicGroup,
  assignmentOf: (m: ClassicGroupMember) => ClassicGroupMember['assignment'],
): Uint8Array {
  return encodeGroupMetadataValue({
    protocolType: g.protocolType ?? '',
    generation: g.generation,
    protocol: g.protocolName,
    leader: g.leader,
    currentStateTimestamp: g.stateTimestampMs,
    members: g.members.map((m) => ({
      memberId: m.memberId,
      groupInstanceId: m.groupInstanceId,
      clientId: m.clientId,
      clientHost: m.clientHost,
      rebalanceTimeout: m.rebalanceTimeoutMs,
      sessionTimeout: m.sessionTimeoutMs,
      subscription: metadataUnder(m, g.protocolName),
      assignment: assignmentOf(m),
    })),
  });
}

/** What a member of a sticky assignor had before, and how sure that is (Kafka: AbstractStickyAssignor.MemberData, memberData()). */
import { bytesOfHex } from '../../records/bytes.ts';
import { SchemaReader } from '../../records/schema-reader.ts';
import type { AssignedTo, MemberSubscription } from '../assignor.ts';

export interface MemberData {
  readonly partitions: readonly AssignedTo[];
  /** -1: none is known. */
  readonly generation: number;
}

const NOTHING: MemberData = { partitions: [], generation: -1 };

/** StickyAssignor: all from the user data, since the eager protocol gives everything back before joining. */
export function stickyMemberData({ userData }: MemberSubscription): MemberData {
  if (userData === null || userData === '') return NOTHING;
  const bytes = bytesOfHex(userData);
  // Version 1 ends in the generation; version 0 does not have it. What is neither is ignored.
  return readPartitions(bytes, true) ?? readPartitions(bytes, false) ?? NOTHING;
}

/** CooperativeStickyAssignor: from the subscription (version 2), or its generation from the user data of older clients. */
export function cooperativeMemberData(member: MemberSubscription): MemberData {
  if (member.generationId >= 0) return { partitions: member.ownedPartitions, generation: member.generationId };
  const { userData } = member;
  return { partitions: member.ownedPartitions, generation: userData === null ? -1 : readGeneration(userData) };
}

function readPartitions(bytes: Uint8Array, withGeneration: boolean): MemberData | null {
  try {
    const from = new SchemaReader(bytes);
    const partitions: AssignedTo[] = [];
    for (let topics = arraySize(from); topics > 0; topics--) {
      const topic = from.string();
      for (let indices = arraySize(from); indices > 0; indices--) partitions.push({ topic, index: from.int32() });
    }
    return { partitions, generation: withGeneration ? from.int32() : -1 };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function arraySize(from: SchemaReader): number {
  const size = from.int32();
  if (size < 0) throw new RangeError('an array has no size below zero');
  return size;
}

function readGeneration(hex: string): number {
  return hex.length < 8 ? -1 : new SchemaReader(bytesOfHex(hex.slice(0, 8))).int32();
}

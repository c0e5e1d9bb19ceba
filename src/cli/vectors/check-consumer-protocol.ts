/** Vectors of what members and leaders exchange through their coordinator, byte by byte. */
import { compareText } from '../../kafka/assignor/assignor.ts';
import { cooperativeStickyUserData, stickyUserData } from '../../kafka/consumer-protocol/sticky-user-data.ts';
import { bytesOfHex, hexOf } from '../../kafka/records/bytes.ts';
import { encodeAssignment, encodeSubscription } from '../../kafka/records/consumer-protocol.ts';
import { decodeAssignment, decodeSubscription } from '../../kafka/records/consumer-protocol-read.ts';
import { type CaseCheck, type CaseResult, checkList, type Fields, type VectorFile } from './case-check.ts';

interface Partition {
  readonly topic: string;
  readonly index: number;
}

function partitions(fields: Fields, name: string): Partition[] {
  return fields.list(name).map((text) => {
    const at = typeof text === 'string' ? text.lastIndexOf(':') : -1;
    if (typeof text !== 'string' || at < 0) throw new Error(`${name} holds something that is no topic:partition`);
    return { topic: text.slice(0, at), index: Number(text.slice(at + 1)) };
  });
}

function texts(list: readonly Partition[]): string[] {
  return list.map(({ topic, index }) => `${topic}:${index}`);
}

function checkSubscription(entry: Fields, result: CaseCheck): void {
  const topics = entry.list('topics').map(String).sort(compareText);
  const bytes = encodeSubscription({
    version: entry.number('version'),
    topics,
    userData: entry.textOrNull('userData'),
    ownedPartitions: partitions(entry, 'owned'),
    generationId: entry.number('generation'),
    rackId: entry.textOrNull('rack'),
  });
  result.same('hex', entry.raw('hex'), hexOf(bytes));
  const read = decodeSubscription(bytesOfHex(entry.text('hex')));
  const { userData, generationId, rackId } = read;
  const owned = texts(read.ownedPartitions);
  const decoded = { topics: read.topics, userData, owned, generation: generationId, rack: rackId };
  result.same('decoded', entry.raw('decoded'), decoded);
}

function checkAssignment(entry: Fields, result: CaseCheck): void {
  const bytes = encodeAssignment({
    version: entry.number('version'),
    partitions: partitions(entry, 'partitions'),
    userData: entry.textOrNull('userData'),
  });
  result.same('hex', entry.raw('hex'), hexOf(bytes));
  const read = decodeAssignment(bytesOfHex(entry.text('hex')));
  result.same('decoded', entry.raw('decoded'), { partitions: texts(read.partitions), userData: read.userData });
}

export function checkConsumerProtocol(file: VectorFile): CaseResult[] {
  return checkList(file.cases, 'cases', (entry, result) => {
    const kind = entry.text('kind');
    if (kind === 'subscription') checkSubscription(entry, result);
    else if (kind === 'assignment') checkAssignment(entry, result);
    else if (kind === 'stickyUserData') {
      result.same('hexBeforeAnyAssignment', entry.raw('hexBeforeAnyAssignment'), stickyUserData(null, -1));
      result.same('hex', entry.raw('hex'), stickyUserData(partitions(entry, 'assigned'), entry.number('generation')));
    } else if (kind === 'cooperativeStickyUserData') {
      result.same('hexBeforeAnyAssignment', entry.raw('hexBeforeAnyAssignment'), cooperativeStickyUserData(-1));
      result.same('hex', entry.raw('hex'), cooperativeStickyUserData(entry.number('generation')));
    } else throw new Error(`the kind ${JSON.stringify(kind)} is unknown`);
    return kind;
  });
}

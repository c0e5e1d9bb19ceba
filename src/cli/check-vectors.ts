/**
 * The command `check` on a vector file: runs its cases against the project's own code. An item is added by writing its
 * checker in vectors/ and naming it here.
 */
import type { VectorChecker, VectorFile } from './vectors/case-check.ts';
import { checkApiKeys, checkErrors, checkExponentialBackoff } from './vectors/check-api.ts';
import {
  checkCooperativeStickyAssignor,
  checkRangeAssignor,
  checkRoundRobinAssignor,
  checkStickyAssignor,
} from './vectors/check-assignors.ts';
import { checkConsumerProtocol } from './vectors/check-consumer-protocol.ts';
import {
  checkBuiltInPartitioner,
  checkCoordinatorPartitions,
  checkJavaHashOrder,
  checkJavaRandom,
  checkMurmur2,
  checkReplicaPlacement,
} from './vectors/check-hashes.ts';
import { checkLeaderEpochs, checkProducerStates } from './vectors/check-log.ts';
import { checkCompressedBatches, checkMessageSetsV0, checkMessageSetsV1 } from './vectors/check-message-sets.ts';
import { checkRecordBatches, checkRecordSizes } from './vectors/check-records.ts';
import {
  checkServerRangeAssignor,
  checkSimpleAssignor,
  checkUniformAssignor,
} from './vectors/check-server-assignors.ts';
import { checkVarints } from './vectors/check-varints.ts';

const CHECKERS: ReadonlyMap<string, VectorChecker> = new Map([
  ['apikeys', checkApiKeys],
  ['assignor-range', checkRangeAssignor],
  ['assignor-range-rack', checkRangeAssignor],
  ['assignor-roundrobin', checkRoundRobinAssignor],
  ['assignor-sticky', checkStickyAssignor],
  ['assignor-sticky-rack', checkStickyAssignor],
  ['assignor-cooperative-sticky', checkCooperativeStickyAssignor],
  ['assignor-cooperative-sticky-rack', checkCooperativeStickyAssignor],
  ['assignor-server-range', checkServerRangeAssignor],
  ['assignor-share-simple', checkSimpleAssignor],
  ['assignor-uniform', checkUniformAssignor],
  ['builtin-partitioner', checkBuiltInPartitioner],
  ['consumer-protocol', checkConsumerProtocol],
  ['errors', checkErrors],
  ['exponential-backoff', checkExponentialBackoff],
  ['group-coordinator-partition', checkCoordinatorPartitions],
  ['java-hash-order', checkJavaHashOrder],
  ['java-random', checkJavaRandom],
  ['leader-epoch-cache', checkLeaderEpochs],
  ['message-set-v0', checkMessageSetsV0],
  ['message-set-v1', checkMessageSetsV1],
  ['murmur2-partition', checkMurmur2],
  ['producer-state', checkProducerStates],
  ['record-batch-v2', checkRecordBatches],
  ['record-batch-v2-compressed', checkCompressedBatches],
  ['record-sizes', checkRecordSizes],
  ['replica-placement', checkReplicaPlacement],
  ['varint', checkVarints],
]);

export const VECTOR_ITEMS: readonly string[] = [...CHECKERS.keys()];

export interface VectorReport {
  readonly passed: number;
  readonly failed: number;
  /** One line a difference, with the file, the case, what was expected and what our code gave. */
  readonly misses: string[];
}

function refused(message: string): VectorReport {
  return { passed: 0, failed: 1, misses: [message] };
}

/** Is this file a vector file, rather than a scenario? */
export function isVectorFile(json: unknown): json is VectorFile {
  return typeof json === 'object' && json !== null && 'item' in json && 'cases' in json;
}

/** Every entry of `cases`, and of the lists that some items keep beside it, counts as one. Nothing is thrown. */
export function checkVectorFile(json: unknown, fileName: string): VectorReport {
  if (!isVectorFile(json)) return refused(`${fileName}: not a vector file: it has no "item" and "cases"`);
  const checker = CHECKERS.get(json.item);
  if (checker === undefined) {
    const known = VECTOR_ITEMS.join(', ');
    return refused(`${fileName}: the item ${JSON.stringify(json.item)} is unknown; known are ${known}`);
  }
  if (!Array.isArray(json.cases)) return refused(`${fileName}: "cases" is not a list`);
  let passed = 0;
  const failures = checker(json).filter(({ misses }) => {
    if (misses.length === 0) passed++;
    return misses.length > 0;
  });
  const misses = failures.flatMap((failure) => failure.misses.map((miss) => `${fileName}: ${failure.name}: ${miss}`));
  return { passed, failed: failures.length, misses };
}

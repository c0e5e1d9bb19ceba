/** Produce (Kafka: KafkaApis.handleProduceRequest, ReplicaManager.appendRecords). Rules 21-24, 29, 91, 92, 98. */
import { errorCode } from '../../../kafka/api/errors-core.ts';
import type { ProducePartitionResponse, ProduceRequest, ProduceResponse } from '../../../kafka/api/messages.ts';
import type { World } from '../../kernel/world.ts';
import { ledgerAppended } from '../../ledger/partition-facts.ts';
import { topicConfig } from '../../log/topic-config.ts';
import { appendAsLeader, isPlain } from '../../log/unified-log.ts';
import type { Message } from '../../net/message.ts';
import { closeFromServer, registerApi, respond, respondNothing } from '../../net/network.ts';
import { lateCompression, lateFacts } from '../../slots.ts';
import type { DelayedProducePartition } from '../broker-state.ts';
import {
  afterHighWatermark,
  parkProduce,
  producePartitionResponse,
  tryCompleteFetches,
} from '../delayed-operations.ts';
import { effectiveMinIsr, maybeIncrementLeaderHW } from '../partition.ts';
import { brokerState, ownReplica, replicaOf } from '../replicas.ts';

const NOT_LEADER_OR_FOLLOWER = errorCode('NOT_LEADER_OR_FOLLOWER');
const UNKNOWN_TOPIC_OR_PARTITION = errorCode('UNKNOWN_TOPIC_OR_PARTITION');
const NOT_ENOUGH_REPLICAS = errorCode('NOT_ENOUGH_REPLICAS');
const KAFKA_STORAGE_ERROR = errorCode('KAFKA_STORAGE_ERROR');

type Sent = ProduceRequest['partitionData'][number];

interface Appended extends DelayedProducePartition {
  readonly errorMessage: string | null;
  readonly moved: boolean;
  readonly grew: boolean;
}

function refuse(sent: Sent, code: number, errorMessage: string | null = null): Appended {
  const { topic, index, partition } = sent;
  return {
    topic,
    index,
    partition,
    requiredOffset: -1,
    baseOffset: -1,
    leaderEpoch: -1,
    errorCode: code,
    errorMessage,
    moved: false,
    grew: false,
  };
}

/** Partition.appendRecordsToLeader. */
function append(w: World, brokerId: number, sent: Sent, acks: number): Appended {
  const b = brokerState(w, brokerId);
  const known = replicaOf(w, brokerId, sent.partition);
  if (b.diskFailed) return refuse(sent, KAFKA_STORAGE_ERROR);
  if (known === null || known.role === 'none')
    return refuse(sent, b.image.partitions[sent.partition] ? NOT_LEADER_OR_FOLLOWER : UNKNOWN_TOPIC_OR_PARTITION);
  if (known.role !== 'leader') return refuse(sent, NOT_LEADER_OR_FOLLOWER);
  if (acks === -1 && !w.bugs.ackBeforeMinIsr && known.isr.length < effectiveMinIsr(w, known))
    return refuse(sent, NOT_ENOUGH_REPLICAS);
  const r = ownReplica(w, brokerId, sent.partition);
  const config = topicConfig(b.image, sent.topic, b.entries);
  const result = appendAsLeader(w, r, sent.records, config);
  if (result.errorCode !== 0) return refuse(sent, result.errorCode, result.errorMessage);
  if (result.stored !== null) {
    ledgerAppended(w, r, result.stored, acks);
    if (config.flushMessages <= 1 || r.recordCount % config.flushMessages < result.stored.batch.records.length)
      r.flushedOffset = r.leo;
  }
  const moved = result.stored !== null && maybeIncrementLeaderHW(w, r);
  const { topic, index, partition } = sent;
  return {
    topic,
    index,
    partition,
    requiredOffset: result.lastOffset + 1,
    baseOffset: result.baseOffset,
    leaderEpoch: r.leaderEpoch,
    errorCode: 0,
    errorMessage: null,
    moved,
    grew: result.stored !== null,
  };
}

registerApi('broker', 0, (w, node, _connection, request) => {
  const brokerId = (w.nodes[node] as { nodeId: number }).nodeId;
  const b = brokerState(w, brokerId);
  const { partitionData } = request.body as ProduceRequest;
  const plain =
    b.work === null &&
    partitionData.every((sent) => isPlain(sent.records, topicConfig(b.image, sent.topic, b.entries)));
  if (plain || !lateCompression.validatesFirst(w, brokerId, request)) handleProduce(w, brokerId, request);
});

/** What a request thread does once its batches' records have been looked at. */
export function handleProduce(w: World, brokerId: number, request: Message): void {
  const body = request.body as ProduceRequest;
  const appended = body.partitionData.map((sent) => append(w, brokerId, sent, body.acks));
  const failed = appended.some((a) => a.errorCode !== 0);
  if (body.acks === 0) {
    for (let i = 0; i < appended.length; i++) {
      const a = appended[i] as Appended;
      if (a.errorCode !== 0)
        lateFacts.ledgerNeverAppended(w, brokerId, (body.partitionData[i] as Sent).records, a.errorCode);
    }
    // Rule 24: the only way to complain.
    if (failed) closeFromServer(w, request);
    else respondNothing(w, request);
  } else if (body.acks === 1 || !appended.some((a) => a.errorCode === 0)) {
    const responses = appended.map(
      (a): ProducePartitionResponse => producePartitionResponse(w, brokerId, a, a.errorCode, a.errorMessage),
    );
    const answer: ProduceResponse = {
      responses,
      errors: responses.filter((x) => x.errorCode !== 0).map((x) => x.errorCode),
    };
    respond(w, request, answer, 60 + 40 * responses.length);
  } else {
    parkProduce(w, brokerId, { request, deadlineUs: w.nowUs + body.timeoutMs * 1000, partitions: appended });
  }
  for (const a of appended) {
    if (a.grew) tryCompleteFetches(w, brokerId, a.partition, true, a.moved);
    // A duplicate, or a single copy: what acks=all asks for may be there already.
    if (a.moved || (a.errorCode === 0 && body.acks === -1)) afterHighWatermark(w, brokerId, a.partition);
  }
}

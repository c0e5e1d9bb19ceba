/** AlterPartition: a leader asks to change its in-sync set. Rule 57. */
import { errorCode } from '../../../kafka/api/errors.ts';
import type { AlterPartitionRequest, AlterPartitionResponse } from '../../../kafka/api/messages.ts';
import type { World } from '../../kernel/world.ts';
import { registerApi, respond } from '../../net/network.ts';
import { mergePartitionChange } from '../metadata-image.ts';
import type { MetadataRecord } from '../metadata-records.ts';
import type { PartitionChangeRecord } from '../partition-change-builder.ts';
import { appendRecords } from '../quorum-controller.ts';
import { changePartition } from '../replication-control-manager.ts';

const STALE_BROKER_EPOCH = errorCode('STALE_BROKER_EPOCH');
const UNKNOWN_TOPIC_ID = errorCode('UNKNOWN_TOPIC_ID');
const NOT_CONTROLLER = errorCode('NOT_CONTROLLER');
const FENCED_LEADER_EPOCH = errorCode('FENCED_LEADER_EPOCH');
const INVALID_REQUEST = errorCode('INVALID_REQUEST');
const INVALID_UPDATE_VERSION = errorCode('INVALID_UPDATE_VERSION');
const INELIGIBLE_REPLICA = errorCode('INELIGIBLE_REPLICA');
const NEW_LEADER_ELECTED = errorCode('NEW_LEADER_ELECTED');

type Asked = AlterPartitionRequest['partitions'][number];
type Answered = AlterPartitionResponse['partitions'][number];

function validate(w: World, brokerId: number, asked: Asked): number {
  const p = w.controller.image.partitions[asked.partition];
  if (p === null || p === undefined) return UNKNOWN_TOPIC_ID;
  if (asked.leaderEpoch > p.leaderEpoch || asked.partitionEpoch > p.partitionEpoch) return NOT_CONTROLLER;
  if (asked.leaderEpoch < p.leaderEpoch) return FENCED_LEADER_EPOCH;
  if (brokerId !== p.leader) return INVALID_REQUEST;
  if (asked.partitionEpoch < p.partitionEpoch) return INVALID_UPDATE_VERSION;
  const isr = asked.newIsrWithEpochs.map((b) => b.brokerId);
  if (!isr.every((b) => p.replicas.includes(b)) || !isr.includes(p.leader)) return INVALID_REQUEST;
  if (asked.leaderRecoveryState === 1 && isr.length > 1) return INVALID_REQUEST;
  if (p.leaderRecoveryState === 0 && asked.leaderRecoveryState === 1) return INVALID_REQUEST;
  for (const member of asked.newIsrWithEpochs) {
    const b = w.controller.image.brokers[member.brokerId];
    if (b === null || b === undefined || b.fenced || b.inControlledShutdown) return INELIGIBLE_REPLICA;
    if (member.brokerEpoch !== -1 && member.brokerEpoch !== b.epoch) return INELIGIBLE_REPLICA;
  }
  return 0;
}

registerApi('controller', 56, (w, _node, _connection, request) => {
  const body = request.body as AlterPartitionRequest;
  const registration = w.controller.image.brokers[body.brokerId];
  if (registration === null || registration === undefined || registration.epoch !== body.brokerEpoch) {
    const stale: AlterPartitionResponse = {
      errorCode: STALE_BROKER_EPOCH,
      partitions: [],
      errors: [STALE_BROKER_EPOCH],
    };
    respond(w, request, stale, 40);
    return;
  }
  const records: MetadataRecord[] = [];
  const partitions: Answered[] = [];
  for (const asked of body.partitions) {
    const { topic, index, partition } = asked;
    let code = validate(w, body.brokerId, asked);
    let p = w.controller.image.partitions[partition] ?? null;
    if (code === 0 && p !== null) {
      const targetIsr = asked.newIsrWithEpochs.map((b) => b.brokerId);
      const why = targetIsr.length < p.isr.length ? 'lag' : 'caught-up';
      const record = changePartition(w.controller, p, {
        targetIsr,
        leaderRecoveryState: asked.leaderRecoveryState,
        why,
      });
      if (record !== null) {
        records.push(record);
        const change = record as PartitionChangeRecord;
        p = mergePartitionChange(p, change);
        if (change.leader !== null && change.leader !== body.brokerId) code = NEW_LEADER_ELECTED;
      }
    }
    const known = code === 0 && p !== null;
    partitions.push({
      topic,
      index,
      partition,
      errorCode: code,
      leaderId: known ? (p as NonNullable<typeof p>).leader : -1,
      leaderEpoch: known ? (p as NonNullable<typeof p>).leaderEpoch : -1,
      isr: known ? (p as NonNullable<typeof p>).isr : [],
      leaderRecoveryState: known ? (p as NonNullable<typeof p>).leaderRecoveryState : 0,
      partitionEpoch: known ? (p as NonNullable<typeof p>).partitionEpoch : -1,
    });
  }
  const answer: AlterPartitionResponse = {
    errorCode: 0,
    partitions,
    errors: partitions.filter((x) => x.errorCode !== 0).map((x) => x.errorCode),
  };
  // Kafka answers when the records are committed; with one voter that is now. The answer goes first, the observers' fetches after it.
  respond(w, request, answer, 60 + 40 * partitions.length);
  appendRecords(w, records);
});

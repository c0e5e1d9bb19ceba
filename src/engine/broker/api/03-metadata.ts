/** Metadata (Kafka: KafkaApis.handleTopicMetadataRequest, KRaftMetadataCache): what this broker knows, which may be old. */
import { errorCode } from '../../../kafka/api/errors-core.ts';
import type { MetadataPartition, MetadataRequest, MetadataResponse } from '../../../kafka/api/messages.ts';
import type { MetadataImage } from '../../controller/metadata-image.ts';
import { registerApi, respond } from '../../net/network.ts';
import { requestAutoCreation } from '../auto-topic-creation.ts';
import { brokerState } from '../replicas.ts';

const UNKNOWN_TOPIC_OR_PARTITION = errorCode('UNKNOWN_TOPIC_OR_PARTITION');
const LEADER_NOT_AVAILABLE = errorCode('LEADER_NOT_AVAILABLE');

function isAlive(image: MetadataImage, brokerId: number): boolean {
  const b = image.brokers[brokerId];
  return b !== null && b !== undefined && !b.fenced;
}

function partitionOf(image: MetadataImage, partition: number): MetadataPartition | null {
  const p = image.partitions[partition];
  if (p === null || p === undefined) return null;
  // A leader that is fenced is no leader a client could use.
  const available = p.leader >= 0 && isAlive(image, p.leader);
  return {
    errorCode: available ? 0 : LEADER_NOT_AVAILABLE,
    partitionIndex: p.partitionId,
    partition,
    leaderId: available ? p.leader : -1,
    leaderEpoch: p.leaderEpoch,
    replicaNodes: p.replicas,
    isrNodes: p.isr,
    offlineReplicas: p.replicas.filter((r) => !isAlive(image, r)),
  };
}

registerApi('broker', 3, (w, node, _connection, request) => {
  const brokerId = (w.nodes[node] as { nodeId: number }).nodeId;
  const b = brokerState(w, brokerId);
  const { image } = b;
  const body = request.body as MetadataRequest;
  const names = body.topics ?? [...image.topics.keys()];
  const topics = names.map((name) => {
    const topic = image.topics.get(name);
    if (topic === undefined) {
      if (body.allowAutoTopicCreation && b.settings.autoCreateTopicsEnable) requestAutoCreation(w, brokerId, name);
      return { errorCode: UNKNOWN_TOPIC_OR_PARTITION, name, topicId: -1, partitions: [] };
    }
    const partitions: MetadataPartition[] = [];
    for (const p of topic.partitions) {
      const one = partitionOf(image, p);
      if (one !== null) partitions.push(one);
    }
    return { errorCode: 0, name, topicId: topic.topicId, partitions };
  });
  const brokers: MetadataResponse['brokers'][number][] = [];
  for (const x of image.brokers)
    if (x !== null && !x.fenced) brokers.push({ nodeId: x.id, host: `broker-${x.id}`, port: 9092, rack: x.rack });
  const response: MetadataResponse = {
    brokers,
    controllerId: brokers.length > 0 ? (brokers[0] as { nodeId: number }).nodeId : -1,
    topics,
    errors: topics.filter((t) => t.errorCode !== 0).map((t) => t.errorCode),
  };
  respond(w, request, response, 60 + 60 * topics.length);
});

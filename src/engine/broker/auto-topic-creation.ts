/** auto.create.topics.enable: a broker that is asked for an unknown topic asks the controller to make it (Kafka: AutoTopicCreationManager). */
import type { CreateTopicsRequest } from '../../kafka/api/messages.ts';
import type { World } from '../kernel/world.ts';
import { ready, sendRequest } from '../net/network.ts';
import { brokerState } from './replicas.ts';

const CREATE_TOPICS = 19;

export function requestAutoCreation(w: World, brokerId: number, name: string): void {
  const b = brokerState(w, brokerId);
  if (!ready(w, b.controllerConnection)) return;
  const topic = {
    name,
    numPartitions: b.settings.numPartitions,
    replicationFactor: b.settings.defaultReplicationFactor,
    assignments: [],
    configs: [],
  };
  const body: CreateTopicsRequest = { topics: [topic], timeoutMs: 30_000 };
  sendRequest(w, b.controllerConnection, CREATE_TOPICS, body, 80);
}

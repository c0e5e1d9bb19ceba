/**
 * Topics that a broker has made because somebody asked for them (Kafka: AutoTopicCreationManager): unknown ones under
 * auto.create.topics.enable, internal ones on first use. The controller does it; whoever asked comes again.
 */
import type { CreateTopicsRequest } from '../../kafka/api/messages.ts';
import type { World } from '../kernel/world.ts';
import { ready, sendRequest } from '../net/network.ts';
import { brokerState, ownBroker } from './replicas.ts';

const CREATE_TOPICS = 19;

type NewTopic = CreateTopicsRequest['topics'][number];

export function createInternal(w: World, brokerId: number, topic: Omit<NewTopic, 'assignments'>): void {
  const b = brokerState(w, brokerId);
  if (b.topicsInCreation.includes(topic.name) || !ready(w, b.controllerConnection)) return;
  ownBroker(w, brokerId).topicsInCreation = [...b.topicsInCreation, topic.name];
  const body: CreateTopicsRequest = { topics: [{ ...topic, assignments: [] }], timeoutMs: 30_000 };
  sendRequest(w, b.controllerConnection, CREATE_TOPICS, body, 80);
}

export function requestAutoCreation(w: World, brokerId: number, name: string): void {
  const { numPartitions, defaultReplicationFactor } = brokerState(w, brokerId).settings;
  createInternal(w, brokerId, { name, numPartitions, replicationFactor: defaultReplicationFactor, configs: [] });
}

/** __consumer_offsets: GroupCoordinator.groupMetadataTopicConfigs. */
export function requestOffsetsTopic(w: World, brokerId: number, name: string, segmentBytes: string): void {
  const { settings } = brokerState(w, brokerId);
  createInternal(w, brokerId, {
    name,
    numPartitions: settings.offsetsTopicNumPartitions,
    replicationFactor: settings.offsetsTopicReplicationFactor,
    configs: [
      ['cleanup.policy', 'compact'],
      ['compression.type', 'producer'],
      ['segment.bytes', segmentBytes],
    ],
  });
}

/** The controller has answered: made, or refused. */
export function topicsCreated(w: World, brokerId: number, { topics }: CreateTopicsRequest): void {
  const b = ownBroker(w, brokerId);
  b.topicsInCreation = b.topicsInCreation.filter((name) => !topics.some((t) => t.name === name));
}

export function topicCreationFailed(w: World, brokerId: number): void {
  if (brokerState(w, brokerId).topicsInCreation.length > 0) ownBroker(w, brokerId).topicsInCreation = [];
}

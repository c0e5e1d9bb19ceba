/** A shipped scenario runs on the registry alone: the lists of all of Kafka's keys are no part of the first load. */
import { expect, test } from 'vitest';
import { effectiveBrokerConfig } from './effective-broker.ts';
import { effectiveConsumerConfig } from './effective-consumer.ts';
import { effectiveProducerConfig } from './effective-producer.ts';
import { effectiveTopicConfig } from './effective-topic.ts';
import { findKey } from './registry.ts';

test('the lists are not loaded here', () => {
  expect(findKey('topic', 'local.retention.bytes')).toBeUndefined();
});

test('every value that the engine runs with is in the registry', () => {
  expect(effectiveBrokerConfig([]).ok).toBe(true);
  expect(effectiveConsumerConfig([]).ok).toBe(true);
  expect(effectiveProducerConfig([]).ok).toBe(true);
  expect(effectiveTopicConfig([], []).ok).toBe(true);
});

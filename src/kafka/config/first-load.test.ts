/** A shipped scenario runs on the registry alone: the lists of all of Kafka's keys are no part of the first load. */
import { expect, test } from 'vitest';
import type { Effective } from './config-view.ts';
import { effectiveBrokerConfig } from './effective-broker.ts';
import { effectiveConsumerConfig } from './effective-consumer.ts';
import { effectiveProducerConfig } from './effective-producer.ts';
import { effectiveTopicConfig } from './effective-topic.ts';
import { findKey } from './registry.ts';
import { shippedBroker, shippedConsumer, shippedProducer, shippedTopic } from './shipped-values.ts';
import type { ConfigEntries } from './types.ts';

test('the lists are not loaded here', () => {
  expect(findKey('topic', 'local.retention.bytes')).toBeUndefined();
});

test('every value that the engine runs with is in the registry', () => {
  expect(effectiveBrokerConfig([]).ok).toBe(true);
  expect(effectiveConsumerConfig([]).ok).toBe(true);
  expect(effectiveProducerConfig([]).ok).toBe(true);
  expect(effectiveTopicConfig([], []).ok).toBe(true);
});

test('without the registry a process runs with the same values', () => {
  const value = <C>(effective: Effective<C>): C => {
    if (!effective.ok) throw new Error('refused');
    return effective.config;
  };
  expect(shippedBroker([])).toEqual(value(effectiveBrokerConfig([])));
  expect(shippedProducer([])).toEqual(value(effectiveProducerConfig([])));
  expect(shippedConsumer([])).toEqual(value(effectiveConsumerConfig([])));
  expect(shippedTopic([], [])).toEqual(value(effectiveTopicConfig([], [])));
  const group: ConfigEntries = [
    ['auto.offset.reset', 'earliest'],
    ['group.id', 'billing'],
  ];
  expect(shippedConsumer(group)).toEqual(value(effectiveConsumerConfig(group)));
  const producer: ConfigEntries = [['acks', '1']];
  expect(shippedProducer(producer)).toEqual(value(effectiveProducerConfig(producer)));
  const topic: ConfigEntries = [
    ['cleanup.policy', 'compact'],
    ['min.insync.replicas', '2'],
  ];
  expect(shippedTopic(topic, [])).toEqual(value(effectiveTopicConfig(topic, [])));
});

test('what the table does not understand is not passed over', () => {
  expect(() => shippedProducer([['batch.size', '1']])).toThrow('batch.size');
  expect(() => shippedProducer([['acks', 'all']])).toThrow('acks=all');
  expect(() => shippedTopic([], [['min.insync.replicas', '2']])).toThrow('min.insync.replicas');
});

/** Configuration read with the registry of parameters: importing it is enough. */
import { effectiveBrokerConfig } from './effective-broker.ts';
import { effectiveConsumerConfig } from './effective-consumer.ts';
import { effectiveProducerConfig } from './effective-producer.ts';
import { effectiveTopicConfig } from './effective-topic.ts';
import { readWith } from './readers.ts';
import { validateConfigValue } from './validate.ts';

readWith({
  broker: effectiveBrokerConfig,
  producer: effectiveProducerConfig,
  consumer: effectiveConsumerConfig,
  topic: effectiveTopicConfig,
  refusedOfTopic: (key, value) => {
    const verdict = validateConfigValue('topic', key, value);
    return verdict.ok ? null : verdict.message;
  },
});

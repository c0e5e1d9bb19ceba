/** Asks Kafka's own rules before a value is sent; the sentence in the learner's language, or null when it is fine. */
import '../../kafka/config/all-keys.ts';
import type { Effective } from '../../kafka/config/config-view.ts';
import { effectiveAdminConfig } from '../../kafka/config/effective-admin.ts';
import { effectiveBrokerConfig } from '../../kafka/config/effective-broker.ts';
import { effectiveConsumerConfig } from '../../kafka/config/effective-consumer.ts';
import { effectiveGroupConfig } from '../../kafka/config/effective-group.ts';
import { effectiveProducerConfig } from '../../kafka/config/effective-producer.ts';
import { effectiveTopicConfig } from '../../kafka/config/effective-topic.ts';
import { REFUSALS } from '../../kafka/config/texts.ts';
import type { ConfigEntries, ConfigScope } from '../../kafka/config/types.ts';
import { type ConfigRefusal, validateConfigValue } from '../../kafka/config/validate.ts';
import { fill } from '../../text/format.ts';
import { type Language, text } from '../../text/index.ts';

/** `others` are the values that are set beside it: what is fine alone may contradict them. */
export async function checkValue(
  scope: ConfigScope,
  key: string,
  value: string,
  language: Language,
  others: ConfigEntries = [],
): Promise<string | null> {
  const refusal = refusalOf(scope, key, value, others);
  if (refusal === null) return null;
  let table: Readonly<Record<string, string>> = REFUSALS;
  if (language === 'zh') table = (await import('../../kafka/config/zh.ts')).REFUSALS_ZH;
  const reason = fill(table[refusal.code] ?? refusal.message, refusal.params);
  if (refusal.kafkaException === null) return reason;
  return text(language, 'panel.parameter.kafka-says', { reason, exception: refusal.kafkaException });
}

/** Why Kafka would not take the value, by itself or beside what else is set; null when it would. */
export function refusalOf(scope: ConfigScope, key: string, value: string, others: ConfigEntries): ConfigRefusal | null {
  const verdict = validateConfigValue(scope, key, value);
  if (!verdict.ok) return verdict;
  const together = effectiveOf(scope, [...others.filter(([other]) => other !== key), [key, value]]);
  return together.ok ? null : (together.refusals[0] ?? null);
}

function effectiveOf(scope: ConfigScope, entries: ConfigEntries): Effective<unknown> {
  switch (scope) {
    case 'producer':
      return effectiveProducerConfig(entries);
    case 'consumer':
      return effectiveConsumerConfig(entries);
    case 'admin':
      return effectiveAdminConfig(entries);
    case 'broker':
      return effectiveBrokerConfig(entries);
    case 'topic':
      return effectiveTopicConfig(entries, []);
    case 'group':
      return effectiveGroupConfig(entries, []);
  }
}

/** Asks Kafka's own rules before a value is sent; the sentence in the learner's language, or null when it is fine. */
import '../../kafka/config/all-keys.ts';
import { REFUSALS } from '../../kafka/config/texts.ts';
import type { ConfigScope } from '../../kafka/config/types.ts';
import { validateConfigValue } from '../../kafka/config/validate.ts';
import { fill } from '../../text/format.ts';
import { type Language, text } from '../../text/index.ts';

export async function checkValue(
  scope: ConfigScope,
  key: string,
  value: string,
  language: Language,
): Promise<string | null> {
  const verdict = validateConfigValue(scope, key, value);
  if (verdict.ok) return null;
  let table: Readonly<Record<string, string>> = REFUSALS;
  if (language === 'zh') table = (await import('../../kafka/config/zh.ts')).REFUSALS_ZH;
  const reason = fill(table[verdict.code] ?? verdict.message, verdict.params);
  if (verdict.kafkaException === null) return reason;
  return text(language, 'panel.parameter.kafka-says', { reason, exception: verdict.kafkaException });
}

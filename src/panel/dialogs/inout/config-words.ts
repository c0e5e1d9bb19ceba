/** Kafka's reasons in the learner's language: why a value is refused, why a parameter does nothing here yet. */
import { useEffect, useState } from 'react';
import { NOT_YET } from '../../../kafka/config/not-yet.ts';
import { REFUSALS } from '../../../kafka/config/texts.ts';
import type { ConfigRefusal } from '../../../kafka/config/validate.ts';
import { useSay } from '../../../store/use-app.tsx';
import { fill } from '../../../text/format.ts';

interface Tables {
  readonly refusals: Readonly<Record<string, string>>;
  readonly notYet: Readonly<Record<string, string>>;
}

const ENGLISH: Tables = { refusals: REFUSALS, notYet: NOT_YET };

export interface ConfigWords {
  refusal(refusal: ConfigRefusal): string;
  notYet(reason: string): string;
}

export function useConfigWords(): ConfigWords {
  const say = useSay();
  const [chinese, setChinese] = useState<Tables | null>(null);
  useEffect(() => {
    if (say.language !== 'zh') return;
    import('../../../kafka/config/zh.ts').then(
      (zh) => setChinese({ refusals: zh.REFUSALS_ZH, notYet: zh.NOT_YET_ZH }),
      () => undefined,
    );
  }, [say.language]);
  const tables = say.language === 'zh' && chinese !== null ? chinese : ENGLISH;
  return {
    refusal(refusal) {
      const reason = fill(tables.refusals[refusal.code] ?? refusal.message, refusal.params, say.language);
      if (refusal.kafkaException === null) return reason;
      return say('panel.parameter.kafka-says', { reason, exception: refusal.kafkaException });
    },
    notYet: (reason) => tables.notYet[reason] ?? reason,
  };
}

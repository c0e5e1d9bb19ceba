/** Kafka's own sentences about parameters (reasons, notes, refusals) in the learner's language; Chinese comes when it is read. */
import { useEffect, useState } from 'react';
import { NOT_YET, type NotYet } from '../../kafka/config/not-yet.ts';
import { NOTES } from '../../kafka/config/texts.ts';
import { useSay } from '../../store/use-app.tsx';
import { fill, type Params } from '../../text/format.ts';

type Table = Readonly<Record<string, string>>;
let chinese: { readonly reasons: Table; readonly notes: Table } | null = null;

export interface ConfigWords {
  /** Why a parameter of Kafka does nothing here yet. */
  reason(why: NotYet): string;
  /** What Kafka changed by itself. */
  note(code: string, params: Params): string;
}

const wordsOf = (reasons: Table, notes: Table, language: 'en' | 'zh'): ConfigWords => ({
  reason: (why) => reasons[why] ?? why,
  note: (code, params) => fill(notes[code] ?? code, params, language),
});

const ENGLISH = wordsOf(NOT_YET, NOTES, 'en');
let chineseWords: ConfigWords | null = null;
/** While the Chinese ones are on their way: nothing, rather than a flash of English. */
const COMING: ConfigWords = { reason: () => '', note: () => '' };

export function useConfigWords(): ConfigWords {
  const { language } = useSay();
  const [, setLoaded] = useState(chinese !== null);
  useEffect(() => {
    if (language !== 'zh' || chinese !== null) return;
    import('../../kafka/config/zh.ts').then(
      (zh) => {
        chinese = { reasons: zh.NOT_YET_ZH, notes: zh.NOTES_ZH };
        chineseWords = wordsOf(chinese.reasons, chinese.notes, 'zh');
        setLoaded(true);
      },
      () => {
        chineseWords = ENGLISH;
        setLoaded(true);
      },
    );
  }, [language]);
  return language === 'zh' ? (chineseWords ?? COMING) : ENGLISH;
}

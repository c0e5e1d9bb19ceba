/** What is known of a parameter of Kafka: when a value takes effect, what it takes, its defaults by version, and what it changes elsewhere. */
import { type ReactNode, useEffect, useState } from 'react';
import { brokerKeyOfGroup, groupKeyOfBroker } from '../../kafka/config/effective-group.ts';
import type * as History from '../../kafka/config/history.ts';
import { configEntries, configEntry } from '../../kafka/config/registry.ts';
import type { KnownKey } from '../../kafka/config/types.ts';
import { useSay } from '../../store/use-app.tsx';
import { hasText } from '../../text/index.ts';
import { defaultWords, historyWords } from './history-words.ts';
import { validWords } from './valid-words.ts';
import './parameter-facts.css';

let loaded: typeof History | null = null;

/** The 31 versions, 8 kB, loaded when somebody first asks what a default was. */
export function useHistory(): typeof History | null {
  const [history, setHistory] = useState(loaded);
  useEffect(() => {
    if (history !== null) return;
    import('../../kafka/config/history.ts').then(
      (module) => {
        loaded = module;
        setHistory(module);
      },
      () => undefined,
    );
  }, [history]);
  return history;
}

type Say = ReturnType<typeof useSay>;

/** Where a value comes from while it is not set itself, and who takes it over. */
function inheritance(say: Say, { scope, key }: KnownKey): string[] {
  const lines: string[] = [];
  const comma = say('config.page.comma');
  if (scope === 'topic') {
    const synonyms = configEntry('topic', key)?.brokerSynonyms ?? [];
    if (synonyms.length > 0) {
      lines.push(say('config.page.from-broker', { keys: synonyms.map((synonym) => synonym.key).join(comma) }));
    }
  }
  if (scope === 'group') {
    const brokerKey = brokerKeyOfGroup(key);
    if (brokerKey !== null) lines.push(say('config.page.from-broker', { keys: brokerKey }));
  }
  if (scope === 'broker') {
    for (const topic of configEntries('topic')) {
      const synonyms = topic.brokerSynonyms ?? [];
      if (!synonyms.some((synonym) => synonym.key === key)) continue;
      lines.push(say('config.page.of-topics', { key: topic.key }));
      if (synonyms.length > 1) {
        lines.push(say('config.page.first-set', { keys: synonyms.map((synonym) => synonym.key).join(' > ') }));
      }
    }
    const groupKey = groupKeyOfBroker(key);
    if (groupKey !== null) lines.push(say('config.page.of-groups', { key: groupKey }));
  }
  return lines;
}

/** What a value changes without a word: our own sentence, and what follows from who inherits it. */
function elsewhere(say: Say, known: KnownKey): string[] {
  const key = `config.elsewhere.${known.scope}.${known.key}`;
  return [...(hasText(key) ? [say(key)] : []), ...inheritance(say, known)];
}

function marks(say: Say, known: KnownKey): string {
  const words = [say(`config.page.kind.${known.type}`)];
  if (known.unit !== null && known.unit !== 'count' && known.unit !== 'ratio') {
    words.push(say(`config.page.unit.${known.unit}`));
  }
  if (known.internal) words.push(say('config.page.internal'));
  if (known.deprecated) words.push(say('config.page.deprecated'));
  if (known.type === 'password') words.push(say('config.page.sensitive'));
  return words.join(say('config.page.comma'));
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function ParameterFacts({ known, id }: { known: KnownKey; id?: string }) {
  const say = useSay();
  const history = useHistory();
  const past = history?.keyHistory(known.scope, known.key);
  const lines = elsewhere(say, known);
  const usual = known.required ? { required: true as const } : known.default;
  return (
    <dl className="ks-facts" id={id}>
      <Fact name={say('config.page.takes-effect')}>{say(`config.page.mode.${known.updateMode}`)}</Fact>
      {lines.length > 0 && (
        <Fact name={say('config.page.elsewhere')}>
          {lines.map((line) => (
            <span key={line}>{line}</span>
          ))}
        </Fact>
      )}
      <Fact name={say('config.page.default')}>
        {history !== null && past !== undefined
          ? historyWords(say, known, past, history.scopeSince(known.scope), history.minorLine)
          : defaultWords(say, known, usual)}
      </Fact>
      <Fact name={say('config.page.takes')}>{validWords(say, known)}</Fact>
      {history !== null && past !== undefined && past.valid.length > 1 && (
        <Fact name={say('config.page.took')}>
          {past.valid
            .map(({ at, value }) => say('config.page.since', { value, version: history.minorLine(at) }))
            .join(say('config.page.comma'))}
        </Fact>
      )}
      <Fact name={say('config.page.kind')}>{marks(say, known)}</Fact>
    </dl>
  );
}

/** The parameters that act today on the selected thing, by what they affect; found by name or by what they do. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import { NOT_YET, type NotYet } from '../../kafka/config/not-yet.ts';
import { configEntries } from '../../kafka/config/registry.ts';
import type { ConfigEntry, ConfigGroup } from '../../kafka/config/types.ts';
import type { Detail } from '../../protocol/frame.ts';
import { configOwner } from '../../store/thing.ts';
import { useActions, useApp, useSay } from '../../store/use-app.tsx';
import { FromChoice } from '../kit/from-choice.tsx';
import { ParameterRow } from './parameter-row.tsx';
import { useDetail } from './use-detail.ts';

type From = 'start' | 'now';

/** The same list object while the same values hold, so that rows stand still while frames pass. */
function useValues(detail: Detail | null): ReadonlyMap<string, Detail['parameters'][number]> {
  const text = detail === null ? '' : JSON.stringify(detail.parameters);
  return useMemo(() => {
    const list = text === '' ? [] : (JSON.parse(text) as Detail['parameters']);
    return new Map(list.map((value) => [value.key, value]));
  }, [text]);
}

/** Why a parameter of Kafka does nothing here yet, in the learner's language. */
function useReasons(): Readonly<Record<NotYet, string>> {
  const { language } = useSay();
  const [chinese, setChinese] = useState<Readonly<Record<NotYet, string>> | null>(null);
  useEffect(() => {
    if (language === 'zh')
      import('../../kafka/config/zh.ts').then((zh) => setChinese(zh.NOT_YET_ZH)).catch(() => undefined);
  }, [language]);
  return language === 'zh' && chinese !== null ? chinese : NOT_YET;
}

function matches(entry: ConfigEntry, words: readonly string[], sentence: string): boolean {
  const haystack = `${entry.key} ${sentence}`.toLowerCase();
  return words.every((word) => haystack.includes(word));
}

export default function ParametersTab() {
  const say = useSay();
  const actions = useActions();
  const selection = useApp((state) => state.selection);
  const detail = useDetail('parameters');
  const values = useValues(detail);
  const reasons = useReasons();
  const [find, setFind] = useState('');
  const [from, setFrom] = useState<From>('start');
  const [all, setAll] = useState(false);
  const owner = selection === null ? null : configOwner(selection);
  const scope = owner?.scope ?? null;
  const entity = owner?.entity ?? '';

  const onSet = useCallback(
    (key: string, value: string | null) => {
      if (scope !== null) actions.configure([{ scope, entity, key, value }], from);
    },
    [actions, scope, entity, from],
  );
  const known = useMemo(() => (scope === null ? [] : configEntries(scope)), [scope]);
  const acting = useMemo(() => known.filter((entry) => entry.acts === true && !entry.internal), [known]);
  const words = find.toLowerCase().split(/\s+/).filter(Boolean);
  const pool = all ? known.filter((entry) => !entry.internal) : acting;
  const found = pool.filter((entry) => matches(entry, words, say(entry.sentenceKey)));
  const groups = new Map<ConfigGroup, ConfigEntry[]>();
  for (const entry of found) groups.set(entry.group, [...(groups.get(entry.group) ?? []), entry]);

  if (scope === null) return <p className="kp-empty">{say('panel.parameters.none')}</p>;
  return (
    <>
      <div className="ks-find">
        <input
          className="ks-input"
          type="search"
          placeholder={say('panel.parameters.find', { count: pool.length })}
          aria-label={say('panel.parameters.find', { count: pool.length })}
          value={find}
          spellCheck={false}
          onChange={(event) => setFind(event.target.value)}
        />
        <FromChoice value={from} onChange={setFrom} />
      </div>
      {found.length === 0 && <p className="kp-empty">{say('panel.parameters.not-found', { find })}</p>}
      {[...groups].map(([group, entries]) => (
        <section key={group}>
          <h3 className="ks-group">{say(`panel.group.${group}`)}</h3>
          <ul className="ks-parameters">
            {entries.map((entry) =>
              entry.acts === true ? (
                <ParameterRow
                  key={`${entity} ${entry.key}`}
                  entry={entry}
                  value={values.get(entry.key)}
                  onSet={onSet}
                />
              ) : (
                <li key={entry.key} className="ks-parameter ks-not-yet">
                  <span className="kp-mono">{entry.key}</span>
                  <p className="ks-parameter-says">{reasons[entry.acts]}</p>
                </li>
              ),
            )}
          </ul>
        </section>
      ))}
      {acting.length < known.length && (
        <p className="ks-all">
          <button type="button" className="ks-link ks-small" onClick={() => setAll(!all)}>
            {say(all ? 'panel.parameters.acting' : 'panel.parameters.all', { count: known.length })}
          </button>
        </p>
      )}
    </>
  );
}

/**
 * The parameters of the selected thing: those that act in front, by what they affect; behind them all others that Kafka
 * has, each with its facts and its reason. One find box looks through both, by name or by word.
 */
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import '../../kafka/config/all-keys.ts';
import { configEntries, knownKeys } from '../../kafka/config/registry.ts';
import type { ConfigEntries, ConfigEntry, ConfigGroup, ConfigScope, KnownKey } from '../../kafka/config/types.ts';
import type { Detail, ParameterValue } from '../../protocol/frame.ts';
import { configOwner } from '../../store/thing.ts';
import { useActions, useApp, useSay } from '../../store/use-app.tsx';
import { hasText } from '../../text/index.ts';
import { openAllKeys } from '../dialogs/open-all-keys.ts';
import { Term } from '../glossary/term.tsx';
import { FromChoice } from '../kit/from-choice.tsx';
import { type Findable, findable, findIn } from './find-parameters.ts';
import { ParameterRow } from './parameter-row.tsx';
import { OthersList } from './parameters-others.tsx';
import { type ConfigWords, useConfigWords } from './use-config-words.ts';
import { useDetail } from './use-detail.ts';

type From = 'start' | 'now';
type Values = ReadonlyMap<string, ParameterValue>;

/** The same list object while the same values hold, so that rows stand still while frames pass. */
function useValues(detail: Detail | null): Values {
  const text = detail === null ? '' : JSON.stringify(detail.parameters);
  return useMemo(() => {
    const list = text === '' ? [] : (JSON.parse(text) as Detail['parameters']);
    return new Map(list.map((value) => [value.key, value]));
  }, [text]);
}

/** What is set, as Kafka would be given it: presets of a small cluster count as set. */
function useOthers(values: Values, known: readonly KnownKey[]): ConfigEntries {
  return useMemo(() => {
    const preset = (value: ParameterValue): boolean => value.note?.key === 'note.preset';
    return known.flatMap(({ key }): ConfigEntries => {
      const value = values.get(key);
      if (value === undefined || (value.set === null && !preset(value))) return [];
      return [[key, value.set ?? value.effective]];
    });
  }, [values, known]);
}

type Say = ReturnType<typeof useSay>;

const sentenceOf = (say: Say, key: string): string => (hasText(key) ? say(key) : '');

function actingOf(say: Say, scope: ConfigScope): readonly Findable<ConfigEntry>[] {
  return configEntries(scope)
    .filter((entry) => entry.acts === true)
    .map((entry) => {
      const elsewhere = sentenceOf(say, `config.elsewhere.${scope}.${entry.key}`);
      return findable(entry, `${sentenceOf(say, entry.sentenceKey)} ${elsewhere} ${say(`panel.group.${entry.group}`)}`);
    });
}

function othersOf(say: Say, words: ConfigWords, scope: ConfigScope): readonly Findable[] {
  return knownKeys(scope).flatMap((known) => {
    if (known.acts === true) return [];
    const elsewhere = sentenceOf(say, `config.elsewhere.${scope}.${known.key}`);
    return [findable(known, `${words.reason(known.acts)} ${elsewhere}`)];
  });
}

function Groups(props: {
  entries: readonly ConfigEntry[];
  entity: string;
  values: Values;
  others: ConfigEntries;
  onSet: (key: string, value: string | null) => void;
}) {
  const { entries, entity, values, others, onSet } = props;
  const say = useSay();
  const groups = new Map<ConfigGroup, ConfigEntry[]>();
  for (const entry of entries) groups.set(entry.group, [...(groups.get(entry.group) ?? []), entry]);
  return [...groups].map(([group, members]) => (
    <section key={group}>
      <h3 className="ks-group">
        <Term id={`par-${group}`}>{say(`panel.group.${group}`)}</Term>
      </h3>
      <ul className="ks-parameters">
        {members.map((entry) => (
          <ParameterRow
            key={`${entity} ${entry.key}`}
            entry={entry}
            value={values.get(entry.key)}
            others={others}
            onSet={onSet}
          />
        ))}
      </ul>
    </section>
  ));
}

function Others(props: { keys: readonly KnownKey[]; values: Values; forced: boolean }) {
  const { keys, values, forced } = props;
  const say = useSay();
  const [shown, setShown] = useState(false);
  if (keys.length === 0) return null;
  const open = shown || forced;
  return (
    <section className="ks-not-here">
      <h3 className="ks-group">{say('config.page.not-here')}</h3>
      {!forced && (
        <p className="ks-all">
          <button type="button" className="ks-link ks-small" aria-expanded={open} onClick={() => setShown(!shown)}>
            {open ? say('config.page.hide-others') : say('config.page.not-here.count', { count: keys.length })}
          </button>
        </p>
      )}
      {open && <OthersList keys={keys} values={values} />}
    </section>
  );
}

export default function ParametersTab() {
  const say = useSay();
  const actions = useActions();
  const selection = useApp((state) => state.selection);
  const values = useValues(useDetail('parameters'));
  const words = useConfigWords();
  const [find, setFind] = useState('');
  const looked = useDeferredValue(find);
  const [from, setFrom] = useState<From>('start');
  const owner = selection === null ? null : configOwner(selection);
  const scope: ConfigScope | null = owner?.scope ?? null;
  const entity = owner?.entity ?? '';

  const ownScope = owner?.scope;
  const onSet = useCallback(
    (key: string, value: string | null) => {
      // A group's own values come with the consumer protocol: none of its parameters acts yet, so none has a control.
      if (ownScope !== undefined && ownScope !== 'group')
        actions.configure([{ scope: ownScope, entity, key, value }], from);
    },
    [actions, ownScope, entity, from],
  );
  const known = useMemo(() => (scope === null ? [] : knownKeys(scope)), [scope]);
  const acting = useMemo(() => (scope === null ? [] : actingOf(say, scope)), [say, scope]);
  const rest = useMemo(() => (scope === null ? [] : othersOf(say, words, scope)), [say, words, scope]);
  const found = useMemo(() => findIn(acting, looked), [acting, looked]);
  const foundRest = useMemo(() => findIn(rest, looked), [rest, looked]);
  const others = useOthers(values, known);

  if (scope === null) return <p className="kp-empty">{say('panel.parameters.none')}</p>;
  const placeholder = say('config.page.find', { count: known.length });
  return (
    <>
      <div className="ks-find">
        <input
          className="ks-input"
          type="search"
          placeholder={placeholder}
          aria-label={placeholder}
          value={find}
          spellCheck={false}
          onChange={(event) => setFind(event.target.value)}
        />
        <FromChoice value={from} onChange={setFrom} />
      </div>
      {found.length + foundRest.length === 0 && (
        <p className="kp-empty">{say('panel.parameters.not-found', { find: looked })}</p>
      )}
      <Groups entries={found} entity={entity} values={values} others={others} onSet={onSet} />
      <Others keys={foundRest} values={values} forced={looked.trim() !== '' || acting.length === 0} />
      <p className="ks-all">
        <button type="button" className="ks-link ks-small" onClick={() => openAllKeys(actions, scope)}>
          {say(`config.page.open-all.${scope}`, { count: known.length })}
        </button>
      </p>
    </>
  );
}

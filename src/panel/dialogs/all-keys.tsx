/** Every parameter of Kafka in one place: found by name or word, with its default in each version and what changed between two. */
import { ChevronRight } from 'lucide-react';
import { memo, useDeferredValue, useId, useMemo, useState } from 'react';
import '../../kafka/config/all-keys.ts';
import { isRequired, minorLine } from '../../kafka/config/history.ts';
import { CONFIG_SCOPES, configEntry, knownKeys } from '../../kafka/config/registry.ts';
import type { ConfigScope, KnownKey } from '../../kafka/config/types.ts';
import { useSay } from '../../store/use-app.tsx';
import { hasText } from '../../text/index.ts';
import { defaultWords, historyWords, type Valued } from '../inspector/history-words.ts';
import { ParameterFacts } from '../inspector/parameter-facts.tsx';
import { type ConfigWords, useConfigWords } from '../inspector/use-config-words.ts';
import { Dialog } from '../kit/dialog.tsx';
import { Segmented } from '../kit/segmented.tsx';
import { CHANGE_KINDS, type ChangeRow, changeRows, type KeyRow, NEWEST, rowsAt, versionsOf } from './all-keys-model.ts';
import './all-keys.css';

type Say = ReturnType<typeof useSay>;
type Show = 'all' | 'acts' | 'not-yet';
const SHOWS: readonly Show[] = ['all', 'acts', 'not-yet'];

/** What a value of a version that knew other units would be: the parameter as it is now, else plain text. */
const valued = (row: { readonly key: string; readonly known: KnownKey | null }): Valued =>
  row.known ?? { key: row.key, type: 'string', unit: null, validator: null };

function saidOf(say: Say, words: ConfigWords, known: KnownKey | null): string {
  if (known === null) return '';
  if (known.acts !== true) return words.reason(known.acts);
  const sentence = configEntry(known.scope, known.key)?.sentenceKey ?? '';
  return hasText(sentence) ? say(sentence) : '';
}

function Picker<T extends string | number>(props: {
  label: string;
  value: T;
  options: readonly { readonly value: T; readonly label: string }[];
  onChange: (value: T) => void;
}) {
  const id = useId();
  return (
    <p className="ks-keys-picker">
      <label htmlFor={id}>{props.label}</label>
      <select
        id={id}
        className="ks-select"
        value={props.value}
        onChange={(event) => {
          const chosen = props.options.find((option) => String(option.value) === event.target.value);
          if (chosen !== undefined) props.onChange(chosen.value);
        }}
      >
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </p>
  );
}

const Row = memo(function Row({ row, said }: { row: KeyRow | ChangeRow; said: string }) {
  const say = useSay();
  const [open, setOpen] = useState(false);
  const factsId = useId();
  const { known, history } = row;
  const words = (value: KeyRow['value']): string =>
    'kind' in row &&
    row.kind !== 'default' &&
    typeof value === 'string' &&
    (row.kind === 'valid' || row.kind === 'mode')
      ? value
      : defaultWords(say, valued(row), value);
  const shown =
    'kind' in row
      ? row.before === undefined || row.after === undefined
        ? words(row.after ?? row.before)
        : say('config.keys.arrow', { from: words(row.before), to: words(row.after) })
      : words(row.value);
  const raw = 'kind' in row || isRequired(row.value) ? undefined : (row.value ?? undefined);
  return (
    <li className="ks-key" data-acts={known?.acts === true || undefined}>
      <div className="ks-parameter-row">
        <button
          type="button"
          className="ks-parameter-name kp-mono"
          aria-expanded={open}
          aria-controls={open ? factsId : undefined}
          onClick={() => setOpen(!open)}
        >
          <ChevronRight size={12} aria-hidden="true" />
          {row.key}
        </button>
        <span className="ks-parameter-fixed kp-mono" title={raw}>
          {shown}
        </span>
      </div>
      <p className="ks-parameter-says">
        {known?.acts === true && <b>{say('config.keys.acts-here')}</b>}
        {history.gone !== null && <b>{say('config.keys.gone', { version: minorLine(history.gone) })}</b>}
        {said}
      </p>
      {open && known !== null && <ParameterFacts known={known} id={factsId} />}
      {open && known === null && (
        <p className="ks-parameter-says" id={factsId}>
          {historyWords(say, valued(row), history, 0, minorLine)}
        </p>
      )}
    </li>
  );
});

interface Query {
  readonly scope: ConfigScope;
  readonly find: string;
  readonly show: Show;
  readonly at: number;
  readonly against: number | null;
}

/** The rows of a query with what is said of each, found by the words in name and sentence. */
function useRows(query: Query): readonly { readonly row: KeyRow | ChangeRow; readonly said: string }[] {
  const say = useSay();
  const words = useConfigWords();
  const { scope, find, show, at, against } = query;
  const all = useMemo(() => {
    const rows: readonly (KeyRow | ChangeRow)[] = against === null ? rowsAt(scope, at) : changeRows(scope, against, at);
    return rows.map((row) => {
      const said = saidOf(say, words, row.known);
      return { row, said, haystack: `${row.key} ${row.key.replaceAll('.', ' ')} ${said}`.toLowerCase() };
    });
  }, [say, words, scope, at, against]);
  return useMemo(() => {
    const wanted = find.toLowerCase().split(/\s+/).filter(Boolean);
    return all.filter(({ row, haystack }) => {
      const acts = row.known?.acts === true;
      if (show !== 'all' && acts !== (show === 'acts')) return false;
      return wanted.every((word) => haystack.includes(word));
    });
  }, [all, find, show]);
}

function Rows({ query }: { query: Query }) {
  const say = useSay();
  const rows = useRows(query);
  const { scope, at, against } = query;
  if (against === null) {
    return (
      <>
        <p className="ks-keys-count kp-mute" role="status">
          {say('config.keys.list', { shown: rows.length, all: rowsAt(scope, at).length, version: minorLine(at) })}
        </p>
        {rows.length === 0 && <p className="kp-empty">{say('config.keys.nothing')}</p>}
        <ul className="ks-parameters ks-others">
          {rows.map(({ row, said }) => (
            <Row key={row.key} row={row} said={said} />
          ))}
        </ul>
      </>
    );
  }
  const [from, to] = [minorLine(Math.min(at, against)), minorLine(Math.max(at, against))];
  return (
    <>
      <p className="ks-keys-count kp-mute" role="status">
        {rows.length === 0
          ? say('config.keys.same', { from, to })
          : say('config.keys.changes', { count: rows.length, from, to })}
      </p>
      {CHANGE_KINDS.map((kind) => {
        const own = rows.filter(({ row }) => 'kind' in row && row.kind === kind);
        if (own.length === 0) return null;
        return (
          <section key={kind}>
            <h3>
              {say(`config.keys.change.${kind}`)} ({own.length})
            </h3>
            <ul className="ks-parameters ks-others">
              {own.map(({ row, said }) => (
                <Row key={row.key} row={row} said={said} />
              ))}
            </ul>
          </section>
        );
      })}
    </>
  );
}

/** null among numbers, for the select. */
const NOTHING = -1;

export default function AllKeys({ scope: first, onClose }: { scope: ConfigScope; onClose: () => void }) {
  const say = useSay();
  const [scope, setScope] = useState(first);
  const [find, setFind] = useState('');
  const [show, setShow] = useState<Show>('all');
  const [at, setAt] = useState(NEWEST);
  const [against, setAgainst] = useState(NOTHING);
  const looked = useDeferredValue(find);
  const versions = versionsOf(scope);
  const oldest = versions.at(-1)?.at ?? 0;
  const from = Math.max(at, oldest);
  const to = against === NOTHING ? null : Math.max(against, oldest);
  const query = useMemo(() => ({ scope, find: looked, show, at: from, against: to }), [scope, looked, show, from, to]);
  const names = versions.map((version) => ({ value: version.at, label: version.name }));
  return (
    <Dialog title={say('config.keys.title')} onClose={onClose} wide>
      <div className="ks-keys-head">
        <input
          className="ks-input"
          type="search"
          data-autofocus
          placeholder={say('config.keys.find')}
          aria-label={say('config.keys.find')}
          value={find}
          spellCheck={false}
          onChange={(event) => setFind(event.target.value)}
        />
        <div className="ks-keys-pickers">
          <Picker
            label={say('config.keys.scope')}
            value={scope}
            onChange={setScope}
            options={CONFIG_SCOPES.map((value) => ({
              value,
              label: say(`config.keys.scope.${value}`, { count: knownKeys(value).length }),
            }))}
          />
          <Picker label={say('config.keys.version')} value={from} onChange={setAt} options={names} />
          <Picker
            label={say('config.keys.compare')}
            value={to ?? NOTHING}
            onChange={setAgainst}
            options={[{ value: NOTHING, label: say('config.keys.no-compare') }, ...names]}
          />
          <Segmented
            label={say('config.keys.show')}
            value={show}
            onChange={setShow}
            options={SHOWS.map((value) => ({ value, label: say(`config.keys.${value}`) }))}
          />
        </div>
      </div>
      <Rows query={query} />
      <p className="kp-mute ks-small">{say('config.keys.note')}</p>
    </Dialog>
  );
}

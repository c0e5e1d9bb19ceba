/** One parameter: its name, its value with a control by its type, and what it does here. */
import { memo, useId, useState } from 'react';
import type { ConfigEntries, ConfigEntry } from '../../kafka/config/types.ts';
import type { ParameterValue } from '../../protocol/frame.ts';
import { useSay } from '../../store/use-app.tsx';
import { hasText } from '../../text/index.ts';
import { Segmented } from '../kit/segmented.tsx';
import { checkValue } from './check-value.ts';
import { ParameterFacts } from './parameter-facts.tsx';
import { NameButton } from './parameters-others.tsx';
import { useConfigWords } from './use-config-words.ts';
import { choiceOf, choices, typedValue, valueWords } from './value-words.ts';

const WORDS: Readonly<Record<string, string>> = { true: 'panel.parameter.on', false: 'panel.parameter.off' };

interface RowProps {
  entry: ConfigEntry;
  value: ParameterValue | undefined;
  /** What is set beside it: a value may be fine alone and refused with those. */
  others: ConfigEntries;
  onSet: (key: string, value: string | null) => void;
}

function Field({ entry, value, others, onSet }: RowProps) {
  const say = useSay();
  const now = value?.effective ?? entry.default ?? '';
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const errorId = `wrong-${entry.key}`;
  const commit = async (): Promise<void> => {
    if (typed === null) return;
    const text = typedValue(entry, typed);
    if (text === now || typed.trim() === valueWords(entry, now)) {
      setTyped(null);
      setWrong(null);
      return;
    }
    const refusal = await checkValue(entry.scope, entry.key, text, say.language, others);
    if (refusal !== null) {
      setWrong(say('panel.parameter.stays', { reason: refusal, value: valueWords(entry, now) }));
      return;
    }
    setWrong(null);
    setTyped(null);
    onSet(entry.key, text);
  };
  return (
    <>
      <input
        className="ks-value-box kp-mono"
        style={{ width: `${Math.max(6, (typed ?? valueWords(entry, now)).length) + 3}ch` }}
        aria-label={entry.key}
        aria-invalid={wrong !== null || undefined}
        aria-describedby={wrong === null ? undefined : errorId}
        value={typed ?? valueWords(entry, now)}
        title={now}
        spellCheck={false}
        autoComplete="off"
        onFocus={(event) => {
          setTyped(now);
          const input = event.currentTarget;
          // Only what nobody has begun to change: keys may come before the next frame.
          requestAnimationFrame(() => {
            if (input.value === now) input.select();
          });
        }}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => {
          if (wrong !== null && typedValue(entry, typed ?? '') !== now) return;
          void commit();
          if (typed !== null && typedValue(entry, typed) === now) setTyped(null);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void commit();
          if (event.key === 'Escape') {
            event.stopPropagation();
            setTyped(null);
            setWrong(null);
            event.currentTarget.blur();
          }
        }}
      />
      {wrong !== null && (
        <p id={errorId} className="ks-wrong ks-parameter-wrong" role="alert">
          {wrong}
        </p>
      )}
    </>
  );
}

function Choice({ entry, value, others, onSet, options }: RowProps & { options: readonly string[] }) {
  const say = useSay();
  const [wrong, setWrong] = useState<string | null>(null);
  const now = choiceOf(entry, value?.effective ?? entry.default ?? '');
  const choose = async (option: string): Promise<void> => {
    const refusal = await checkValue(entry.scope, entry.key, option, say.language, others);
    setWrong(refusal === null ? null : say('panel.parameter.stays', { reason: refusal, value: label(now) }));
    if (refusal === null) onSet(entry.key, option);
  };
  const complaint = wrong !== null && (
    <p className="ks-wrong ks-parameter-wrong" role="alert">
      {wrong}
    </p>
  );
  const label = (option: string): string => {
    const key = entry.type === 'boolean' ? WORDS[option] : undefined;
    return key === undefined ? option : say(key);
  };
  const short = options.join('').length + options.length * 2 <= 22;
  if (short) {
    return (
      <>
        <Segmented
          label={entry.key}
          value={now}
          options={options.map((option) => ({ value: option, label: label(option) }))}
          onChange={(option) => void choose(option)}
        />
        {complaint}
      </>
    );
  }
  return (
    <>
      <select
        className="ks-select kp-mono"
        aria-label={entry.key}
        value={now}
        onChange={(event) => void choose(event.target.value)}
      >
        {!options.includes(now) && <option value={now}>{now}</option>}
        {options.map((option) => (
          <option key={option} value={option}>
            {label(option)}
          </option>
        ))}
      </select>
      {complaint}
    </>
  );
}

/** What holds where it is not what is set, and what Kafka changed by itself. */
function Notes({ entry, value }: { entry: ConfigEntry; value: ParameterValue }) {
  const say = useSay();
  const words = useConfigWords();
  const said = value.said ?? [];
  const differs = value.effective !== (value.set ?? entry.default ?? '');
  const silent = differs && value.note === null && said.length === 0;
  return (
    <>
      {value.note !== null && <span className="ks-parameter-note">{say.phrase(value.note)} </span>}
      {said.map(({ code, params }) => (
        <span key={code} className="ks-parameter-note">
          {words.note(code, params)}{' '}
        </span>
      ))}
      {silent && (
        <span className="ks-parameter-note">
          {say('config.page.acts-as', { value: valueWords(entry, value.effective) })}{' '}
        </span>
      )}
    </>
  );
}

export const ParameterRow = memo(function ParameterRow(props: RowProps) {
  const { entry, value, onSet } = props;
  const say = useSay();
  const [open, setOpen] = useState(false);
  const factsId = useId();
  const changed = value !== undefined && value.set !== null && value.set !== entry.default;
  const options = choices(entry);
  return (
    <li className="ks-parameter">
      <div className="ks-parameter-row">
        <NameButton known={entry} open={open} factsId={factsId} onToggle={() => setOpen(!open)} changed={changed} />
        {options === null ? <Field {...props} /> : <Choice {...props} options={options} />}
      </div>
      <p className="ks-parameter-says">
        {hasText(entry.sentenceKey) && <span>{say(entry.sentenceKey)} </span>}
        {value !== undefined && <Notes entry={entry} value={value} />}
        {changed && (
          <>
            <span>{say('panel.parameter.default-is', { value: valueWords(entry, entry.default) })} </span>
            <button type="button" className="ks-link" onClick={() => onSet(entry.key, null)}>
              {say('panel.parameter.reset')}
            </button>
          </>
        )}
      </p>
      {open && <ParameterFacts known={entry} id={factsId} />}
    </li>
  );
});

/** One parameter: its name, its value with a control by its type, and what it does here. */
import { memo, useState } from 'react';
import type { ConfigEntry } from '../../kafka/config/types.ts';
import type { ParameterValue } from '../../protocol/frame.ts';
import { useSay } from '../../store/use-app.tsx';
import { hasText } from '../../text/index.ts';
import { Segmented } from '../kit/segmented.tsx';
import { checkValue } from './check-value.ts';
import { choiceOf, choices, typedValue, valueWords } from './value-words.ts';

const WORDS: Readonly<Record<string, string>> = { true: 'panel.parameter.on', false: 'panel.parameter.off' };

interface RowProps {
  entry: ConfigEntry;
  value: ParameterValue | undefined;
  onSet: (key: string, value: string | null) => void;
}

function Field({ entry, value, onSet }: RowProps) {
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
    const refusal = await checkValue(entry.scope, entry.key, text, say.language);
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
          requestAnimationFrame(() => input.select());
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

function Choice({ entry, value, onSet, options }: RowProps & { options: readonly string[] }) {
  const say = useSay();
  const now = choiceOf(entry, value?.effective ?? entry.default ?? '');
  const label = (option: string): string => {
    const key = entry.type === 'boolean' ? WORDS[option] : undefined;
    return key === undefined ? option : say(key);
  };
  const short = options.join('').length + options.length * 2 <= 22;
  if (short) {
    return (
      <Segmented
        label={entry.key}
        value={now}
        options={options.map((option) => ({ value: option, label: label(option) }))}
        onChange={(option) => onSet(entry.key, option)}
      />
    );
  }
  return (
    <select
      className="ks-select kp-mono"
      aria-label={entry.key}
      value={now}
      onChange={(event) => onSet(entry.key, event.target.value)}
    >
      {!options.includes(now) && <option value={now}>{now}</option>}
      {options.map((option) => (
        <option key={option} value={option}>
          {label(option)}
        </option>
      ))}
    </select>
  );
}

export const ParameterRow = memo(function ParameterRow(props: RowProps) {
  const { entry, value, onSet } = props;
  const say = useSay();
  const changed = value !== undefined && value.set !== null && value.set !== entry.default;
  const options = choices(entry);
  return (
    <li className="ks-parameter">
      <div className="ks-parameter-row">
        <span className="ks-parameter-name kp-mono" data-changed={changed || undefined}>
          {changed && (
            <i role="img" aria-label={say('panel.parameter.changed')} title={say('panel.parameter.changed')} />
          )}
          {entry.key}
        </span>
        {options === null ? <Field {...props} /> : <Choice {...props} options={options} />}
      </div>
      <p className="ks-parameter-says">
        {hasText(entry.sentenceKey) && <span>{say(entry.sentenceKey)} </span>}
        {value?.note != null && <span className="ks-parameter-note">{say.phrase(value.note)} </span>}
        {changed && (
          <>
            <span>{say('panel.parameter.default-is', { value: valueWords(entry, entry.default) })} </span>
            <button type="button" className="ks-link" onClick={() => onSet(entry.key, null)}>
              {say('panel.parameter.reset')}
            </button>
          </>
        )}
      </p>
    </li>
  );
});

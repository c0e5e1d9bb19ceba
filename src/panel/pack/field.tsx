/** One value of the lab with Kafka's own word on it: what Kafka would not take is said in its sentence, and the value stays. */
import { type ReactNode, useId, useState } from 'react';
import type { ConfigEntries } from '../../kafka/config/types.ts';
import { useSay } from '../../store/use-app.tsx';
import { checkValue } from '../inspector/check-value.ts';

export interface ValueFieldProps {
  /** Kafka's key, or null for a value that is the lab's own. */
  readonly configKey: string | null;
  readonly label: string;
  readonly value: number;
  /** How it is shown while nobody types. */
  readonly shown?: string;
  /** What stands in the field as a number; null: it is none. */
  readonly read?: (text: string) => number | null;
  readonly others?: ConfigEntries;
  /** The lab's own bounds, after Kafka's. */
  readonly least?: number;
  readonly most: number;
  readonly isDefault: boolean;
  readonly onChange: (value: number) => void;
  readonly children?: ReactNode;
}

const plain = (text: string): number | null => {
  const value = Number(text.trim().replaceAll(',', ''));
  return text.trim() === '' || !Number.isFinite(value) ? null : value;
};

export function ValueField(props: ValueFieldProps) {
  const { configKey, label, value, read = plain, others = [], least = 0, most, isDefault, onChange } = props;
  const say = useSay();
  const id = useId();
  const shown = props.shown ?? String(value);
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const commit = async (text: string): Promise<void> => {
    const wanted = read(text);
    if (text.trim() === shown || wanted === value) {
      setTyped(null);
      setWrong(null);
      return;
    }
    const asText = wanted === null ? text.trim() : String(wanted);
    const refused = configKey === null ? null : await checkValue('producer', configKey, asText, say.language, others);
    const stays = (reason: string): void => setWrong(say('panel.parameter.stays', { reason, value: shown }));
    if (refused !== null) return stays(refused);
    if (wanted === null || !Number.isInteger(wanted) || wanted < least || wanted > most)
      return stays(say('pack.bounds', { least, most }));
    setTyped(null);
    setWrong(null);
    onChange(wanted);
  };
  return (
    <div className="pk-par">
      <div className="pk-par-line">
        {!isDefault && <i className="pk-dot" title={say('pack.not-default')} />}
        <label htmlFor={id} className="kp-mono">
          {label}
        </label>
        <input
          id={id}
          className="ks-input pk-value kp-mono"
          value={typed ?? shown}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={wrong !== null || undefined}
          aria-describedby={wrong === null ? undefined : `${id}-w`}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={(event) => {
            if (typed !== null) void commit(event.target.value);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') void commit(event.currentTarget.value);
            if (event.key === 'Escape') {
              event.stopPropagation();
              event.preventDefault();
              setTyped(null);
              setWrong(null);
            }
          }}
        />
      </div>
      {props.children !== undefined && <small>{props.children}</small>}
      {wrong !== null && (
        <p id={`${id}-w`} className="ks-wrong" role="alert">
          {wrong}
        </p>
      )}
    </div>
  );
}

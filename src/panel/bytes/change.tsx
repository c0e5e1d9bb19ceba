/** What can be changed of the chosen field: its value, its bits, and one bit of the chosen byte. */
import { type FormEvent, useEffect, useState } from 'react';
import type { ByteField, Fact } from '../../kafka/records/byte-field.ts';
import { bitValues } from '../../kafka/records/explore/attribute-bits.ts';
import { useSay } from '../../store/use-app.tsx';
import type { Sheet } from './sheet.ts';

export interface ChangeProps {
  readonly sheet: Sheet;
  readonly inside: boolean;
  /** The chosen field and the chosen byte of it; -1: none. */
  readonly field: number;
  readonly byte: number;
  readonly problem: Fact | null;
  readonly onValue: (text: string | null) => void;
  readonly onBits: (name: string, value: string) => void;
  readonly onFlip: (bit: number) => void;
}

/** Longer ones are not edited by hand: a compressed block, an image in a value. */
const MOST_EDITED = 4_000;

function Value({ field, problem, onValue }: Pick<ChangeProps, 'problem' | 'onValue'> & { field: ByteField }) {
  const say = useSay();
  const [text, setText] = useState(field.value ?? '');
  useEffect(() => setText(field.value ?? ''), [field.value]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onValue(text);
  };
  const canBeNull = /(?:^|\.)(?:key|value)$/.test(field.path) && field.value !== null;
  return (
    <form className="kb-edit" onSubmit={submit}>
      <input
        className="ks-input kp-mono"
        aria-label={say('bytes.edit.value', { name: field.name })}
        value={text}
        spellCheck={false}
        autoComplete="off"
        placeholder={field.value === null ? 'null' : undefined}
        aria-invalid={problem !== null || undefined}
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit" className="ks-btn" disabled={field.value !== null && text === field.value}>
        {say('bytes.edit.set')}
      </button>
      {canBeNull && (
        <button type="button" className="ks-btn" title={say('bytes.edit.null.says')} onClick={() => onValue(null)}>
          null
        </button>
      )}
      {problem !== null && (
        <p className="ks-wrong" role="alert">
          {say.phrase(problem)}
        </p>
      )}
    </form>
  );
}

function Bits({ field, onBits }: Pick<ChangeProps, 'onBits'> & { field: ByteField }) {
  const say = useSay();
  const parts = field.bits.filter(({ name }) => bitValues(name).length > 0);
  return (
    <div className="kb-bit-choices">
      {parts.map(({ name, value }) => (
        <label key={name}>
          <span className="kp-mono">{name}</span>
          <select
            className="ks-select"
            title={say('bytes.edit.bits', { name })}
            value={value}
            onChange={(event) => onBits(name, event.target.value)}
          >
            {[...new Set([...bitValues(name), value])].map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
      ))}
    </div>
  );
}

/** The eight bits of the chosen byte, one of them chosen, and the button that turns it over. */
function Flip({ value, at, onFlip }: { value: number; at: number; onFlip: (bit: number) => void }) {
  const say = useSay();
  const [bit, setBit] = useState(0);
  const now = (value >> bit) & 1;
  return (
    <div className="kb-flip">
      <fieldset className="kb-byte-bits">
        <legend>{say('bytes.flip.byte', { at, hex: value.toString(16).padStart(2, '0') })}</legend>
        {[7, 6, 5, 4, 3, 2, 1, 0].map((each) => (
          <label key={each} data-on={each === bit || undefined} title={say('bytes.flip.bit', { bit: each })}>
            <input
              type="radio"
              className="ks-hidden"
              name="kb-bit"
              checked={each === bit}
              aria-label={say('bytes.flip.bit', { bit: each })}
              onChange={() => setBit(each)}
            />
            {(value >> each) & 1}
          </label>
        ))}
      </fieldset>
      <button type="button" className="ks-btn" onClick={() => onFlip(bit)}>
        {say('bytes.flip', { bit, from: now, to: now ^ 1 })}
      </button>
    </div>
  );
}

export function Change({ sheet, inside, byte, problem, onValue, onBits, onFlip, ...props }: ChangeProps) {
  const say = useSay();
  const field = sheet.fields[props.field];
  if (field === undefined && byte < 0) return null;
  const long = field === undefined || field.type === 'compressed' || (field.value?.length ?? 0) > MOST_EDITED;
  return (
    <section className="kb-change" aria-label={say('bytes.change')}>
      <h4>{field === undefined ? say('bytes.change') : say('bytes.change.of', { name: field.name })}</h4>
      {!long && <Value key={field.path} field={field} problem={problem} onValue={onValue} />}
      {field !== undefined && field.bits.length > 0 && <Bits field={field} onBits={onBits} />}
      {inside ? (
        <p className="kp-mute">{say('bytes.edit.inside')}</p>
      ) : (
        byte >= 0 && <Flip value={sheet.bytes[byte]!} at={byte} onFlip={onFlip} />
      )}
      <p className="kp-mute">{say('bytes.change.says')}</p>
    </section>
  );
}

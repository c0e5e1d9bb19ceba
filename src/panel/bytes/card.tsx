/** All about one field: its name, its bytes, how they become its value, what it is for, and the bits of the chosen byte. */
import { type FormEvent, useEffect, useState } from 'react';
import type { ByteField, Fact } from '../../kafka/records/byte-field.ts';
import { bitValues } from '../../kafka/records/explore/attribute-bits.ts';
import { useSay } from '../../store/use-app.tsx';
import { hasText } from '../../text/index.ts';
import { hexText, howOf, momentOf, purposeKey } from './how.ts';
import { HowDrawn } from './how-drawn.tsx';
import type { Sheet } from './sheet.ts';

export interface CardProps {
  readonly sheet: Sheet;
  readonly inside: boolean;
  /** The field that is shown, and the chosen byte of it; -1: only pointed at. */
  readonly field: number;
  readonly byte: number;
  /** It is shown because it is chosen, so that it can be changed. */
  readonly editable: boolean;
  readonly problem: Fact | null;
  readonly onValue: (text: string | null) => void;
  readonly onBits: (name: string, value: string) => void;
  readonly onFlip: (bit: number) => void;
}

/** Longer ones are not edited by hand: a compressed block, an image in a value. */
const MOST_EDITED = 4_000;

function Value({ field, problem, onValue }: Pick<CardProps, 'problem' | 'onValue'> & { field: ByteField }) {
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
      <label>
        <span className="ks-hidden">{say('bytes.edit.value', { name: field.name })}</span>
        <input
          className="ks-input kp-mono"
          value={text}
          spellCheck={false}
          autoComplete="off"
          placeholder={field.value === null ? 'null' : undefined}
          aria-invalid={problem !== null || undefined}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
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

/** The bits of a field that is made of bits: drawn, and named beneath. */
function Attributes({ field, editable, onBits }: Pick<CardProps, 'editable' | 'onBits'> & { field: ByteField }) {
  const say = useSay();
  const width = (field.to - field.from) * 8;
  const number = BigInt.asUintN(width, BigInt(field.value ?? 0));
  const digits = number.toString(2).padStart(width, '0');
  return (
    <ul className="kb-bits">
      {[...field.bits].reverse().map((part) => {
        const values = bitValues(part.name);
        const shown = digits.slice(width - part.shift - part.width, width - part.shift);
        return (
          <li key={part.name}>
            <code className="kb-bit-digits">{shown}</code>
            <span className="kp-mono">{part.name}</span>
            {editable && values.length > 0 ? (
              <select
                className="ks-select"
                aria-label={part.name}
                title={say('bytes.edit.bits', { name: part.name })}
                value={part.value}
                onChange={(event) => onBits(part.name, event.target.value)}
              >
                {[...new Set([...values, part.value])].map((value) => (
                  <option key={value}>{value}</option>
                ))}
              </select>
            ) : (
              <b className="kp-mono">{part.value}</b>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** The eight bits of the chosen byte, one of them chosen, and the button that turns it over. */
function Flip({ value, at, onFlip }: { value: number; at: number; onFlip: (bit: number) => void }) {
  const say = useSay();
  const [bit, setBit] = useState(0);
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
        {say('bytes.flip', { bit, from: (value >> bit) & 1, to: ((value >> bit) & 1) ^ 1 })}
      </button>
    </div>
  );
}

export function FieldCard(props: CardProps) {
  const { sheet, inside, byte, editable } = props;
  const say = useSay();
  const field = sheet.fields[props.field];
  if (field === undefined) {
    return <p className="kb-card kp-mute">{say(sheet.failure === null ? 'bytes.card.none' : 'bytes.card.unread')}</p>;
  }
  const size = field.to - field.from;
  const purpose = purposeKey(field, sheet.magic, inside);
  const moment = momentOf(field);
  const value = field.type === 'compressed' ? null : field.value;
  return (
    <section className="kb-card" aria-label={say('bytes.card')}>
      <h4>
        <span className="kp-mono">{field.name}</span>
        <span className="kp-mute">
          {field.record >= 0 && `${say('bytes.record', { n: field.record + 1 })} · `}
          {say('bytes.card.place', { from: field.from, to: field.to - 1, size })}
        </span>
      </h4>
      {value !== null && <p className="kb-value kp-mono">{value.length > 600 ? `${value.slice(0, 600)}…` : value}</p>}
      {value === null && field.type !== 'compressed' && <p className="kb-value kp-mono">null</p>}
      {moment !== null && <p className="kp-mute kp-mono">{moment}</p>}
      <p>{say(hasText(purpose) ? purpose : 'bytes.for.other')}</p>
      {size > 0 && <p className="kb-hex kp-mono">{hexText(sheet.bytes, field.from, field.to)}</p>}
      <HowDrawn how={howOf(sheet.bytes, field)} type={field.type} />
      {field.bits.length > 0 && <Attributes field={field} editable={editable} onBits={props.onBits} />}
      <p className="kp-mute">
        {say(
          inside
            ? 'bytes.crc.inside'
            : field.checksummed
              ? 'bytes.crc.covered'
              : `bytes.crc.not.${sheet.magic === 2 ? 2 : 1}`,
        )}
      </p>
      {editable && field.type !== 'compressed' && (value === null || value.length <= MOST_EDITED) && (
        <Value key={field.path} field={field} problem={props.problem} onValue={props.onValue} />
      )}
      {editable && !inside && byte >= 0 && (
        <Flip key={byte} value={sheet.bytes[byte]!} at={byte} onFlip={props.onFlip} />
      )}
      {editable && inside && <p className="kp-mute">{say('bytes.edit.inside')}</p>}
    </section>
  );
}

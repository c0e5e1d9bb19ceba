/** All about one field: its name, its bytes, how they become its value, and what it is for. */
import type { ByteField } from '../../kafka/records/byte-field.ts';
import { useSay } from '../../store/use-app.tsx';
import { hasText } from '../../text/index.ts';
import { hexText, howOf, momentOf, purposeKey } from './how.ts';
import { HowDrawn } from './how-drawn.tsx';
import type { Sheet } from './sheet.ts';

/** Signs of a value and bytes of a field that are shown here; all of them stand in the grid. */
const MOST_SIGNS = 400;
const MOST_BYTES = 32;

/** A field that is made of bits: drawn, and each part named. */
function Bits({ field }: { field: ByteField }) {
  const width = (field.to - field.from) * 8;
  const digits = BigInt.asUintN(width, BigInt(field.value ?? 0))
    .toString(2)
    .padStart(width, '0');
  return (
    <ul className="kb-bits">
      {[...field.bits].reverse().map(({ name, shift, width: size, value }) => (
        <li key={name}>
          <code className="kb-digits">{digits.slice(width - shift - size, width - shift)}</code>
          <span className="kp-mono">{name}</span>
          <b className="kp-mono">{value}</b>
        </li>
      ))}
    </ul>
  );
}

export function FieldCard({ sheet, inside, lit }: { sheet: Sheet; inside: boolean; lit: number }) {
  const say = useSay();
  const field = sheet.fields[lit];
  if (field === undefined) {
    return <p className="kb-card kp-mute">{say('bytes.card.none')}</p>;
  }
  const { name, type, record, from, to, value, checksummed } = field;
  const purpose = purposeKey(field, sheet.magic, inside);
  const moment = momentOf(field);
  const covered = inside ? 'inside' : checksummed ? 'covered' : sheet.magic === 2 ? 'not.2' : 'not.1';
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it may scroll, and has nothing else in it to tab to
    <section className="kb-card" aria-label={say('bytes.card')} tabIndex={0}>
      <h4>
        <i className="kb-swatch" data-tint={sheet.tints[lit]} />
        <span className="kp-mono">{name}</span>
      </h4>
      <p className="kp-mute">
        {record >= 0 && `${say('bytes.record', { n: record + 1 })} · `}
        {to > from + 1
          ? say('bytes.card.place', { from, to: to - 1, size: to - from })
          : say('bytes.card.byte', { from })}
      </p>
      {type !== 'compressed' && (
        <p className="kb-value kp-mono">
          {value === null ? 'null' : value.length > MOST_SIGNS ? `${value.slice(0, MOST_SIGNS)}…` : value}
          {moment !== null && <span className="kp-mute"> {moment}</span>}
        </p>
      )}
      <p>{say(hasText(purpose) ? purpose : 'bytes.for.other')}</p>
      {to > from && <p className="kb-hex kp-mono">{hexText(sheet.bytes, from, to, MOST_BYTES)}</p>}
      <HowDrawn how={howOf(sheet.bytes, field)} type={type} />
      {field.bits.length > 0 && <Bits field={field} />}
      <p className="kp-mute">{say(`bytes.crc.${covered}`)}</p>
    </section>
  );
}

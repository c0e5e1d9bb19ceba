/** v0, v1 and v2 of the same records beside each other: what a record costs in each, and where v2 saves. */
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { useSay } from '../../store/use-app.tsx';
import type { PackFormats } from './explorer.tsx';
import { breakEven, type FormatSize } from './formats.ts';
import { ByteGrid } from './grid.tsx';
import { columnsFor } from './label.ts';
import { fieldAt, nextField, sheetOf } from './sheet.ts';
import { useWidth } from './use-width.ts';

const ROWS = 8;

/** All bytes up to the end of the first record, and each field's name when it is pointed at. */
function FirstRecord({ format, width, least }: { format: FormatSize; width: number; least: number }) {
  const say = useSay();
  const sheet = useMemo(() => sheetOf(format.bytes), [format.bytes]);
  const [byte, setByte] = useState(-1);
  const [hover, setHover] = useState(-1);
  const columns = Math.min(16, columnsFor(width, least));
  const pitch = Math.floor((width / columns) * 100) / 100;
  const lit = fieldAt(sheet, hover >= 0 ? hover : byte);
  const field = sheet.fields[lit];
  const end = sheet.records[0]?.to ?? sheet.bytes.length;
  const onKey = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -columns,
      ArrowDown: columns,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const jump = event.ctrlKey && Math.abs(step) === 1 && byte >= 0;
    const to = jump ? sheet.fields[nextField(sheet, fieldAt(sheet, byte), step as 1 | -1)]!.from : byte + step;
    setByte(Math.max(0, Math.min(end - 1, byte < 0 ? 0 : to)));
  };
  return (
    <>
      <ByteGrid
        id={`kb-v${format.magic}`}
        label={say('bytes.formats.first', { magic: format.magic })}
        sheet={sheet}
        from={0}
        to={end}
        columns={columns}
        pitch={pitch}
        rowHeight={least > 40 ? 58 : 46}
        mostRows={ROWS}
        byte={byte}
        lit={lit}
        before={null}
        onByte={setByte}
        onHover={setHover}
        onKey={onKey}
      />
      <p className="kb-readout kp-mono" role="status">
        {field === undefined ? '' : `${field.name} ${(field.value ?? 'null').slice(0, 40)}`}
      </p>
    </>
  );
}

export interface FormatsViewProps {
  /** v0, v1, v2, uncompressed. */
  readonly plain: readonly FormatSize[];
  /** The same with a codec, where somebody packed them so. */
  readonly packed: PackFormats | null;
  /** Some of the records have headers, which the older formats lose. */
  readonly headers: boolean;
  readonly least: number;
}

export function FormatsView({ plain, packed, headers, least }: FormatsViewProps) {
  const say = useSay();
  const box = useRef<HTMLElement>(null);
  const width = useWidth(box);
  const narrow = width < 700;
  const [shown, setShown] = useState(2);
  const [v0, v1, v2] = plain as readonly [FormatSize, FormatSize, FormatSize];
  const even = breakEven(v1, v2);
  const columnWidth = narrow ? width - 28 : Math.floor((width - 28 - 48) / 3);
  const fixed = (n: number): string => n.toFixed(1);
  const each = plain.filter(({ magic }) => !narrow || magic === shown);
  return (
    <section ref={box} className="kb-formats" aria-labelledby="kb-formats">
      <h4 id="kb-formats">{say('bytes.formats', { count: v2.records })}</h4>
      {narrow && (
        <div className="kb-steps">
          {plain.map(({ magic }) => (
            <button
              key={magic}
              type="button"
              className="ks-btn"
              aria-pressed={magic === shown}
              onClick={() => setShown(magic)}
            >
              {say('bytes.formats.short', { magic })}
            </button>
          ))}
        </div>
      )}
      <div className="kb-format-columns">
        {each.map((format) => {
          const other = packed?.find(({ magic, codec }) => magic === format.magic && codec !== 'none');
          return (
            <div key={format.magic}>
              <h5>{say(`bytes.format.${format.magic}`)}</h5>
              <p className="kb-overhead">
                <b>{fixed(format.overheadPerRecord)}</b> {say('bytes.formats.overhead')}
              </p>
              <p className="kp-mute">
                {say('bytes.formats.size', { size: format.bytes.length })}
                {other !== undefined &&
                  `; ${say('bytes.formats.packed', { codec: other.codec, size: other.bytes.length })}`}
              </p>
              <FirstRecord format={format} width={columnWidth} least={least} />
            </div>
          );
        })}
      </div>
      <ul className="kb-why">
        <li>
          {v2.bytes.length <= v1.bytes.length
            ? say('bytes.formats.saves', {
                saved: v1.bytes.length - v2.bytes.length,
                each: fixed(v1.overheadPerRecord - v2.overheadPerRecord),
                count: v2.records,
              })
            : say('bytes.formats.longer', { more: v2.bytes.length - v1.bytes.length, count: v2.records })}
        </li>
        <li>
          {say('bytes.formats.why', {
            v0: fixed(v0.overheadPerRecord),
            v1: fixed(v1.overheadPerRecord),
            own: fixed(v2.overheadPerRecord - 61 / v2.records),
            share: fixed(61 / v2.records),
            count: v2.records,
          })}
        </li>
        {even !== null && <li>{say('bytes.formats.even', { count: even })}</li>}
        {headers && <li>{say('bytes.formats.headers')}</li>}
      </ul>
    </section>
  );
}

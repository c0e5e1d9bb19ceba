/** Which byte and which field are chosen, what is pointed at, and how the keyboard walks. */
import { type KeyboardEvent, useMemo, useState } from 'react';
import { fieldAt, nextField, recordAt, type Sheet } from './sheet.ts';

export interface Choice {
  readonly byte: number;
  readonly field: number;
  /** Pointed at, else chosen. */
  readonly lit: number;
  /** The record of what is chosen; -1: the header. */
  readonly record: number;
  chooseByte(byte: number): void;
  chooseField(field: number): void;
  chooseRecord(record: number): void;
  hoverByte(byte: number): void;
  hoverField(field: number): void;
  /** As when a batch is opened. */
  clear(): void;
  onKey(event: KeyboardEvent): void;
}

/** Where the pressed key leads; null: it is none of these. */
export function byteAfterKey(sheet: Sheet, byte: number, key: string, jump: boolean, columns: number): number | null {
  const last = sheet.bytes.length - 1;
  const at = Math.max(0, byte);
  const inside = (to: number): number => Math.max(0, Math.min(last, to));
  const field = (step: 1 | -1): number => {
    const now = fieldAt(sheet, at);
    return now < 0 ? inside(at + step) : sheet.fields[nextField(sheet, now, step)]!.from;
  };
  const record = (step: 1 | -1): number => {
    const to = recordAt(sheet, at) + step;
    return sheet.records[Math.min(to, sheet.records.length - 1)]?.from ?? 0;
  };
  switch (key) {
    case 'ArrowRight':
      return byte < 0 ? 0 : jump ? field(1) : inside(at + 1);
    case 'ArrowLeft':
      return jump ? field(-1) : inside(at - 1);
    case 'ArrowDown':
      return at + columns > last ? at : at + columns;
    case 'ArrowUp':
      return at - columns < 0 ? at : at - columns;
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'PageDown':
      return record(1);
    case 'PageUp':
      return record(-1);
    default:
      return null;
  }
}

/** Nothing was chosen yet: the attributes are, which say how all else is to be read. */
const UNTOUCHED = { byte: -1, field: -1 };
const firstByte = ({ fields }: Sheet): number =>
  fields.find(({ name, bits }) => name === 'attributes' && bits.length > 0)?.from ?? 0;

export function useChoice(sheet: Sheet, columns: number, focusOn: (byte: number) => void): Choice {
  const [chosen, setChosen] = useState(UNTOUCHED);
  const [hover, setHover] = useState(-1);
  // After an edit the sheet may be shorter.
  const wanted = chosen === UNTOUCHED ? firstByte(sheet) : chosen.byte;
  const byte = wanted < sheet.bytes.length ? wanted : -1;
  const field = byte >= 0 ? fieldAt(sheet, byte) : chosen.field < sheet.fields.length ? chosen.field : -1;
  const lit = hover >= 0 && hover < sheet.fields.length ? hover : field;
  const record = byte >= 0 ? recordAt(sheet, byte) : (sheet.fields[field]?.record ?? (sheet.bodyFrom === 0 ? 0 : -1));
  return useMemo(() => {
    const chooseByte = (to: number): void => setChosen({ byte: to, field: fieldAt(sheet, to) });
    return {
      byte,
      field,
      lit,
      record,
      chooseByte,
      chooseField(to) {
        const { from, to: end } = sheet.fields[to]!;
        setChosen({ byte: end > from ? from : -1, field: to });
      },
      chooseRecord(to) {
        chooseByte(sheet.records[to]?.from ?? 0);
      },
      hoverByte: (at) => setHover(at < 0 ? -1 : fieldAt(sheet, at)),
      hoverField: setHover,
      clear: () => setChosen(UNTOUCHED),
      onKey(event) {
        const to = byteAfterKey(sheet, byte, event.key, event.ctrlKey || event.altKey, columns);
        if (to === null) return;
        event.preventDefault();
        event.stopPropagation();
        chooseByte(to);
        focusOn(to);
      },
    };
  }, [sheet, columns, focusOn, byte, field, lit, record]);
}

/** The fields of the header, or of one record, by name: each lights its bytes, and the Tab key goes from one to the next. */
import { useSay } from '../../store/use-app.tsx';
import type { Sheet } from './sheet.ts';

export interface FieldListProps {
  readonly sheet: Sheet;
  readonly inside: boolean;
  /** The record whose fields it shows; -1: the header. */
  readonly record: number;
  readonly lit: number;
  readonly onField: (field: number) => void;
  readonly onHover: (field: number) => void;
  readonly onRecord: (record: number) => void;
}

const MOST_SIGNS = 60;

function shown(value: string | null): string {
  if (value === null) return 'null';
  return value.length > MOST_SIGNS ? `${value.slice(0, MOST_SIGNS)}…` : value;
}

export function FieldList({ sheet, inside, record, lit, onField, onHover, onRecord }: FieldListProps) {
  const say = useSay();
  const own = sheet.records[record];
  const rows = sheet.fields
    .map((field, index) => ({ field, index }))
    .slice(own?.firstField ?? 0, own?.endField)
    .filter(({ field }) => own !== undefined || field.record < 0);
  const hasHeader = sheet.bodyFrom > 0;
  return (
    <section className="kb-list" aria-label={say('bytes.list')}>
      <div className="kb-bar">
        <h4>
          {own === undefined
            ? say('bytes.list.header')
            : say('bytes.record.of', { n: record + 1, count: sheet.records.length })}
        </h4>
        {sheet.records.length > 0 && (
          <span className="kb-steps">
            {hasHeader && record >= 0 && (
              <button type="button" className="ks-btn" onClick={() => onRecord(-1)}>
                {say('bytes.list.header')}
              </button>
            )}
            <button
              type="button"
              className="ks-btn"
              disabled={record <= (hasHeader ? -1 : 0)}
              aria-label={say('bytes.record.previous')}
              onClick={() => onRecord(record - 1)}
            >
              ‹
            </button>
            <button
              type="button"
              className="ks-btn"
              disabled={record >= sheet.records.length - 1}
              aria-label={say('bytes.record.next')}
              onClick={() => onRecord(record + 1)}
            >
              ›
            </button>
          </span>
        )}
      </div>
      <ul>
        {rows.map(({ field, index }) => (
          <li key={field.path}>
            <button
              type="button"
              data-lit={index === lit || undefined}
              onClick={() => onField(index)}
              onFocus={() => onHover(index)}
              onBlur={() => onHover(-1)}
              onPointerEnter={(event) => event.pointerType === 'mouse' && onHover(index)}
              onPointerLeave={() => onHover(-1)}
            >
              <i className="kb-swatch" data-tint={sheet.tints[index]} />
              <span className="kp-mono">{field.name}</span>
              <b className="kp-mono">{field.type === 'compressed' ? '' : shown(field.value)}</b>
              <span className="kp-mute">{say('bytes.list.size', { size: field.to - field.from })}</span>
            </button>
          </li>
        ))}
      </ul>
      {inside && <p className="kp-mute">{say('bytes.list.inside')}</p>}
    </section>
  );
}

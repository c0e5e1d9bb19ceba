/** A record of an internal topic: what it says in a sentence, then key and value field by field in Kafka's names. */
import { memo, useState } from 'react';
import type { DecodedRecord, RecordField } from '../../protocol/decoded-record.ts';
import { useSay } from '../../store/use-app.tsx';
import './decoded-record.css';

export const Decoded = memo(
  function Decoded({ record }: { record: DecodedRecord }) {
    const say = useSay();
    const [open, setOpen] = useState(false);
    return (
      <div className="ks-decoded" data-tombstone={record.value === null || undefined}>
        <button type="button" className="ks-decoded-head" aria-expanded={open} onClick={() => setOpen(!open)}>
          <b className="kp-mono ks-decoded-type">{record.type}</b>
          <span>{say.phrase(record.says)}</span>
        </button>
        {open && (
          <div className="ks-decoded-fields">
            <Fields
              title={`${record.type}Key`}
              version={say('panel.decoded.type', { type: record.keyVersion })}
              fields={record.key}
            />
            {record.value === null ? (
              <p className="ks-small">{say('panel.decoded.no-value')}</p>
            ) : (
              <Fields
                title={`${record.type}Value`}
                version={say('panel.decoded.version', { version: record.valueVersion ?? 0 })}
                fields={record.value}
              />
            )}
          </div>
        )}
      </div>
    );
  },
  (a, b) => JSON.stringify(a.record) === JSON.stringify(b.record),
);

function Fields({ title, version, fields }: { title: string; version: string; fields: readonly RecordField[] }) {
  return (
    <>
      <p className="ks-decoded-title">
        <b className="ks-decoded-name">{title}</b> <span className="kp-mute ks-decoded-name">{version}</span>
      </p>
      <dl className="kp-mono ks-decoded-list">
        {fields.map((field, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: fields repeat their names in lists and stand in Kafka's order
          <div key={i} style={{ paddingLeft: `${field.depth * 10}px` }}>
            <dt>{field.name}</dt>
            <dd>{field.value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

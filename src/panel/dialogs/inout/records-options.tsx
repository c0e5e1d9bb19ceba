/** How a file is read: its kind, its columns, and the first rows as they would become records. */
import { DELIMITERS, type RecordsOptions } from '../../../protocol/records-file.ts';
import { useSay } from '../../../store/use-app.tsx';
import { Segmented } from '../../kit/segmented.tsx';
import type { OpenFile } from './use-records.ts';

const KINDS = ['lines', 'jsonl', 'csv'] as const;
const DELIMITER_NAMES: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'bar',
};

interface OptionsProps {
  readonly file: OpenFile;
  readonly options: RecordsOptions;
  onChange(options: RecordsOptions): void;
}

export function RecordsChoices({ file, options, onChange }: OptionsProps) {
  const say = useSay();
  const { columns } = file;
  // Another kind has other columns: what was chosen among them is gone.
  const shape = (change: Partial<RecordsOptions>): void => onChange({ ...options, key: null, values: [], ...change });
  const toggle = (id: string): void => {
    const { values } = options;
    const chosen = values.includes(id) ? values.filter((value) => value !== id) : [...values, id];
    onChange({ ...options, values: columns.filter((column) => chosen.includes(column.id)).map((column) => column.id) });
  };
  return (
    <div className="ks-io-choices">
      <div className="ks-io-row">
        <Segmented
          label={say('inout.records.kind')}
          value={options.kind}
          options={KINDS.map((kind) => ({ value: kind, label: say(`inout.records.kind.${kind}`) }))}
          onChange={(kind) => shape({ kind, header: kind === 'csv' })}
        />
        {options.kind === 'csv' && (
          <>
            <label className="ks-io-inline">
              <span>{say('inout.records.delimiter')}</span>
              <select
                className="ks-select"
                value={options.delimiter}
                onChange={(event) => shape({ delimiter: event.target.value })}
              >
                {DELIMITERS.map((delimiter) => (
                  <option key={delimiter} value={delimiter}>
                    {say(`inout.records.delimiter.${DELIMITER_NAMES[delimiter]}`)}
                  </option>
                ))}
              </select>
            </label>
            <label className="ks-check">
              <input
                type="checkbox"
                checked={options.header}
                onChange={(event) => onChange({ ...options, header: event.target.checked })}
              />
              {say('inout.records.header')}
            </label>
          </>
        )}
      </div>
      {columns.length > 0 && (
        <div className="ks-io-row">
          <label className="ks-io-inline">
            <span>{say('inout.records.key')}</span>
            <select
              className="ks-select"
              value={options.key ?? ''}
              onChange={(event) => onChange({ ...options, key: event.target.value === '' ? null : event.target.value })}
            >
              <option value="">{say('inout.records.key.none')}</option>
              {columns.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <fieldset className="ks-io-columns">
            <legend>{say('inout.records.value')}</legend>
            {columns.map(({ id, name }) => (
              <label key={id} className="ks-io-column" data-on={options.values.includes(id) || undefined}>
                <input type="checkbox" checked={options.values.includes(id)} onChange={() => toggle(id)} />
                {name}
              </label>
            ))}
          </fieldset>
        </div>
      )}
      {columns.length > 0 && (
        <p className="kp-mute ks-small">
          {say(
            `inout.records.value.${options.values.length === 0 ? 'row' : options.values.length === 1 ? 'one' : 'json'}`,
          )}
        </p>
      )}
    </div>
  );
}

export function RecordsPreview({ file, options }: { file: OpenFile; options: RecordsOptions }) {
  const say = useSay();
  if (file.rows.length === 0) return null;
  return (
    <table className="ks-table ks-io-table">
      <caption className="ks-hidden">{say('inout.records.preview')}</caption>
      <thead>
        <tr>
          <th>{say('inout.line')}</th>
          {options.key !== null && <th>{say('panel.records.key')}</th>}
          <th>{say('inout.records.value')}</th>
        </tr>
      </thead>
      <tbody>
        {file.rows.map((row) => (
          <tr key={row.line}>
            <td className="kp-mute">{row.line}</td>
            {options.key !== null && <td className="kp-mono ks-io-cut">{row.key ?? <i>null</i>}</td>}
            <td className="kp-mono ks-io-cut">{row.value ?? <i>null</i>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The records behind one of the numbers. They are asked for when the list opens and when it is asked to renew. */
import { useCallback, useEffect, useState } from 'react';
import type { RecordRow } from '../../protocol/frame.ts';
import type { LedgerWhich } from '../../store/model.ts';
import { useActions, useApp, useSay } from '../../store/use-app.tsx';
import { Term } from '../glossary/term.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { NUMBERS } from './numbers.tsx';

const PAGE = 100;

export function RecordListDialog({ which, onClose }: { which: LedgerWhich; onClose: () => void }) {
  const say = useSay();
  const actions = useActions();
  const [rows, setRows] = useState<readonly RecordRow[] | null>(null);
  const [total, setTotal] = useState(0);
  const [failed, setFailed] = useState(false);
  const atUs = useApp((state) => state.frame?.atUs ?? 0);
  const name = NUMBERS.find((spec) => spec.which === which)?.name ?? which;

  const load = useCallback(
    async (from: number, before: readonly RecordRow[]) => {
      try {
        const answer = await actions.ask({ ask: 'records', which, limit: PAGE, from });
        setRows([...before, ...answer.rows]);
        setTotal(answer.total);
        setFailed(false);
      } catch {
        setFailed(true);
      }
    },
    [actions, which],
  );
  useEffect(() => {
    void load(0, []);
  }, [load]);

  return (
    <Dialog title={say('panel.records.title', { what: say(`panel.number.${name}`), total })} onClose={onClose} wide>
      <p className="kp-mute">
        {say(`panel.number.${name}.hint`)}{' '}
        <Term id={name}>{say('glossary.what', { name: say(`panel.number.${name}`) })}</Term>
      </p>
      {failed && <p className="ks-wrong">{say('panel.no-answer')}</p>}
      {rows !== null && rows.length === 0 && <p className="kp-empty">{say('panel.records.none', { at: atUs })}</p>}
      {rows !== null && rows.length > 0 && (
        <table className="ks-table">
          <thead>
            <tr>
              <th scope="col">{say('panel.records.sent-at')}</th>
              <th scope="col" className="ks-wide-only">
                {say('panel.records.producer')}
              </th>
              <th scope="col">{say('panel.records.place')}</th>
              <th scope="col" className="ks-wide-only">
                {say('panel.records.key')}
              </th>
              <th scope="col">{say('panel.records.value')}</th>
              <th scope="col">{say('panel.records.fate')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td className="kp-mono">{(row.sentUs / 1e6).toFixed(3)}</td>
                <td className="ks-wide-only">
                  {say('panel.records.nth', { producer: row.producer, ordinal: row.ordinal })}
                </td>
                <td className="kp-mono">
                  {row.partition === null ? '–' : row.partition}
                  {row.offset === null ? '' : ` @ ${row.offset}`}
                </td>
                <td className="kp-mono ks-wide-only">{row.key ?? '–'}</td>
                <td className="ks-value">
                  <button
                    type="button"
                    className="ks-link"
                    onClick={() => actions.openDialog({ kind: 'story', id: row.id })}
                  >
                    {row.value === null || row.value === '' ? say('panel.records.no-value') : row.value.slice(0, 160)}
                  </button>
                </td>
                <td>{say(`fate.${row.fate}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rows !== null && rows.length < total && (
        <button type="button" className="ks-btn" onClick={() => void load(rows.length, rows)}>
          {say('panel.records.more', { left: total - rows.length })}
        </button>
      )}
    </Dialog>
  );
}

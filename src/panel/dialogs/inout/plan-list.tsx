/** What a properties file would do, line by line, what matters most first. */
import type { PlanRow, PlanStatus } from '../../../protocol/properties-plan.ts';
import { useSay } from '../../../store/use-app.tsx';
import type { ConfigWords } from './config-words.ts';

/** What needs a look stands in front. */
const ORDER: readonly PlanStatus[] = ['refused', 'unknown', 'acts', 'not-yet', 'overridden', 'secret', 'own'];
const MAX_SHOWN = 200;

function Reason({ row, words }: { row: PlanRow; words: ConfigWords }) {
  const say = useSay();
  const near = row.nearest === null ? '' : ` ${say('inout.plan.nearest', { name: row.nearest })}`;
  if (row.refusal !== null) return <span className="ks-wrong">{`${words.refusal(row.refusal)}${near}`}</span>;
  if (row.status === 'unknown') return <span>{`${say('inout.plan.unknown.why')}${near}`}</span>;
  if (row.notYet !== null) return <span className="kp-mute">{words.notYet(row.notYet)}</span>;
  if (row.overriddenBy !== null)
    return <span className="kp-mute">{say('inout.plan.overridden.why', { line: row.overriddenBy })}</span>;
  return null;
}

export function PlanList({ rows, words }: { rows: readonly PlanRow[]; words: ConfigWords }) {
  const say = useSay();
  return (
    <div className="ks-io-plan">
      {ORDER.map((status) => {
        const these = rows.filter((row) => row.status === status);
        if (these.length === 0) return null;
        return (
          <section key={status} aria-label={say(`inout.plan.${status}`, { count: these.length })}>
            <h3>{say(`inout.plan.${status}`, { count: these.length })}</h3>
            <ul>
              {these.slice(0, MAX_SHOWN).map((row) => (
                <li key={`${row.line}:${row.key}`}>
                  <span className="kp-mute ks-io-line">{row.line}</span>
                  <span>
                    {status !== 'refused' && (
                      <span className="kp-mono">{status === 'secret' ? row.key : `${row.key} = ${row.value}`} </span>
                    )}
                    <Reason row={row} words={words} />
                  </span>
                </li>
              ))}
            </ul>
            {these.length > MAX_SHOWN && (
              <p className="kp-mute">{say('inout.more', { count: these.length - MAX_SHOWN })}</p>
            )}
          </section>
        );
      })}
    </div>
  );
}

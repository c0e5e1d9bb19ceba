/** The measured figures, a column a variant; the best of a row carries a mark and its weight, not a colour alone. */
import { useMemo } from 'react';
import { runsOf } from '../../store/lab.ts';
import { figureRows } from '../../store/lab-ranking.ts';
import { type Say, useSay } from '../../store/use-app.tsx';
import { useLab } from './use-lab.tsx';
import { partitionSeconds } from './words.ts';

function valueText(say: Say, id: string, value: number | null): string {
  if (value === null) return say('lab.figure.never');
  if (id === 'unread' || id === 'stalled') return partitionSeconds(value);
  if (id === 'settled' || id === 'longest') return say('lab.figure.time', { us: value });
  return say('panel.number', { value });
}

function rowName(say: Say, id: string): string {
  if (id.startsWith('api.')) return id.slice(4);
  if (id.startsWith('error.')) return id.slice(6);
  return say(`lab.figure.${id}`);
}

export function Figures() {
  const say = useSay();
  const lanes = useLab((state) => state.lanes);
  const runs = useMemo(() => runsOf(lanes), [lanes]);
  const rows = useMemo(() => figureRows(runs), [runs]);
  const failed = lanes.filter(({ run }) => run === null);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than the page is scrolled by the keyboard
    <section className="kl-figures" aria-label={say('lab.view.figures')} tabIndex={0}>
      <table>
        <caption>{say('lab.figures.says')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('lab.figure')}</th>
            {runs.map(({ variant }) => (
              <th key={variant} scope="col">
                {say(`lab.variant.${variant}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, values, best }) => (
            <tr key={id} data-sub={/^(api|error)\./.test(id) || undefined}>
              <th scope="row">
                {rowName(say, id)}
                {!/^(api|error)\./.test(id) && <small>{say(`lab.figure.${id}.says`)}</small>}
              </th>
              {runs.map(({ variant }) => (
                <td key={variant} data-best={best.has(variant) || undefined}>
                  {best.has(variant) && (
                    <span className="kl-best" title={say('lab.figure.best')}>
                      ✓<span className="ks-hidden">{say('lab.figure.best')}</span>
                    </span>
                  )}
                  {valueText(say, id, values.get(variant) ?? null)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {failed.map(({ variant, failure }) => (
        <p key={variant} className="kp-mute ks-small">
          {say('lab.figures.missing', {
            variant: say(`lab.variant.${variant}`),
            why: typeof failure === 'string' ? failure : failure === null ? '' : say.words(failure),
          })}
        </p>
      ))}
    </section>
  );
}

/** What a replay with another setting changed, what it cost, and what it did not change. */
import { useEffect, useState } from 'react';
import type { BranchSummary } from '../../protocol/frame.ts';
import { useActions, useApp, useSay } from '../../store/use-app.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { type ChangedFacts, changedFacts, type FigureChange, type SettingChange } from './changed-facts.ts';

function useFacts(from: number, to: number, atUs: number): ChangedFacts | 'failed' | null {
  const actions = useActions();
  const [facts, setFacts] = useState<ChangedFacts | 'failed' | null>(null);
  useEffect(() => {
    let wanted = true;
    const summary = (branch: number): Promise<BranchSummary> => actions.ask({ ask: 'summary', branch, atUs });
    Promise.all([summary(from), summary(to)]).then(
      ([a, b]) => wanted && setFacts(changedFacts(a, b)),
      () => wanted && setFacts('failed'),
    );
    return () => {
      wanted = false;
    };
  }, [actions, from, to, atUs]);
  return facts;
}

function Setting({ change }: { change: SettingChange }) {
  const say = useSay();
  return (
    <li>
      {say.phrase(change.thing)} <code>{change.key}</code>{' '}
      <span className="kp-mono">
        {change.from} → <b>{change.to}</b>
      </span>
    </li>
  );
}

function Figure({ figure }: { figure: FigureChange }) {
  const say = useSay();
  const show = (value: number | null): string => {
    if (value === null) return '–';
    return figure.unit === 'us' ? say('panel.duration', { us: value }) : say('panel.number', { value });
  };
  return (
    <tr data-tone={figure.tone}>
      <th scope="row">{say(figure.name, figure.params)}</th>
      <td>{show(figure.from)}</td>
      <td aria-hidden="true">→</td>
      <td>
        <b>{show(figure.to)}</b>
      </td>
    </tr>
  );
}

/** The card itself; the lesson shows it too. */
export function ChangedCard({ from, to, atUs }: { from: number; to: number; atUs: number }) {
  const say = useSay();
  const facts = useFacts(from, to, atUs);
  if (facts === null) return <p className="kp-mute">{say('panel.changed.counting')}</p>;
  if (facts === 'failed') return <p className="ks-wrong">{say('panel.no-answer')}</p>;
  return (
    <div className="ks-changed">
      <p className="kp-mute ks-small">{say('panel.changed.up-to', { at: atUs })}</p>
      {facts.byYou.length > 0 && (
        <>
          <h3>{say('panel.changed.by-you')}</h3>
          <ul>
            {facts.byYou.map((change) => (
              <Setting key={`${change.key} ${change.thing.params.name}`} change={change} />
            ))}
          </ul>
        </>
      )}
      {facts.byItself.length > 0 && (
        <>
          <h3>{say('panel.changed.by-itself')}</h3>
          <ul>
            {facts.byItself.map((change) => (
              <Setting key={`${change.key} ${change.thing.params.name}`} change={change} />
            ))}
          </ul>
        </>
      )}
      {facts.changed.length === 0 ? (
        <p>{say('panel.changed.nothing')}</p>
      ) : (
        <table>
          <tbody>
            {facts.changed.map((figure) => (
              <Figure key={`${figure.name} ${figure.params.partition}`} figure={figure} />
            ))}
          </tbody>
        </table>
      )}
      {facts.same.length > 0 && (
        <>
          <h3>{say('panel.changed.same')}</h3>
          <table className="ks-changed-same">
            <tbody>
              {facts.same.map((figure) => (
                <tr key={`${figure.name} ${figure.params.partition}`}>
                  <th scope="row">{say(figure.name, figure.params)}</th>
                  <td>
                    {figure.unit === 'us'
                      ? say('panel.duration', { us: figure.to ?? 0 })
                      : say('panel.number', { value: figure.to ?? 0 })}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      {facts.luck !== null && <p className="ks-changed-luck">{say.phrase(facts.luck)}</p>}
    </div>
  );
}

export default function ChangedDialog(props: { from: number; to: number; atUs: number; onClose: () => void }) {
  const say = useSay();
  // Both branches at the moment that is on the screen: what came later belongs to neither.
  const [atUs] = useState(useApp((state) => Math.max(props.atUs, state.frame?.atUs ?? 0)));
  return (
    <Dialog title={say('panel.changed.title')} onClose={props.onClose}>
      <ChangedCard from={props.from} to={props.to} atUs={atUs} />
    </Dialog>
  );
}

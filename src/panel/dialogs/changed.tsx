/** What a replay with another setting changed, what it cost, and what it did not change. */
import { useEffect, useState } from 'react';
import type { BranchSummary, BranchView } from '../../protocol/frame.ts';
import { useActions, useApp, useSay } from '../../store/use-app.tsx';
import { branchName } from '../branches/branches.tsx';
import { beginningOf } from '../branches/tree.ts';
import { Dialog } from '../kit/dialog.tsx';
import {
  type ChangedFacts,
  changedFacts,
  type DoneChange,
  type FigureChange,
  type SettingChange,
} from './changed-facts.ts';

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

/** What was done in one of the two only: moved, put in, switched off. */
function Done({ done }: { done: readonly DoneChange[] }) {
  const say = useSay();
  return (
    <>
      <h3>{say('time.changed.done')}</h3>
      <ul>
        {done.slice(0, MOST_DONE).map((change) => (
          <li key={`${change.in} ${change.atUs} ${JSON.stringify(change.phrase)}`}>
            {say(`time.changed.${change.in}`, { at: change.atUs, what: say.phrase(change.phrase) })}
          </li>
        ))}
      </ul>
      {done.length > MOST_DONE && (
        <p className="kp-mute ks-small">{say('time.changed.more', { count: done.length - MOST_DONE })}</p>
      )}
    </>
  );
}

const MOST_DONE = 8;

/** Which two branches: chosen by name, or by what one mostly asks. */
function Choose(props: {
  branches: readonly BranchView[];
  from: number;
  to: number;
  onChange: (from: number, to: number) => void;
}) {
  const { branches, from, to, onChange } = props;
  const say = useSay();
  const last = branches.find(({ id }) => id === to)?.parent ?? null;
  const beginning = beginningOf(branches, to);
  const ways = [
    { key: 'time.since.last', from: last },
    { key: 'time.since.beginning', from: beginning === to ? null : beginning },
  ].filter((way): way is { key: string; from: number } => way.from !== null);
  const pick = (value: number, label: string, set: (id: number) => void) => (
    <label>
      <span className="kp-mute ks-small">{label}</span>
      <select className="ks-select" value={value} onChange={(event) => set(Number(event.target.value))}>
        {branches.map((branch) => (
          <option key={branch.id} value={branch.id}>
            {branchName(say, branch)}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <>
      <div className="ks-compare">
        {pick(from, say('time.compare.from'), (id) => onChange(id, to))}
        <span aria-hidden="true">→</span>
        {pick(to, say('time.compare.to'), (id) => onChange(from, id))}
      </div>
      {ways.length === 2 && ways[0]!.from !== ways[1]!.from && (
        <div className="ks-compare-ways">
          {ways.map((way) => (
            <button
              key={way.key}
              type="button"
              className="ks-btn"
              aria-pressed={from === way.from}
              onClick={() => onChange(way.from, to)}
            >
              {say(way.key)}
            </button>
          ))}
        </div>
      )}
    </>
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
      {facts.done.length > 0 && <Done done={facts.done} />}
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

export default function ChangedDialog(props: {
  from: number;
  to: number;
  atUs: number;
  chosen?: boolean;
  onClose: () => void;
}) {
  const say = useSay();
  const branches = useApp((state) => state.timeline.branches);
  // Both branches at the moment that is on the screen: what came later belongs to neither.
  const [atUs] = useState(
    useApp((state) => (props.chosen === true ? props.atUs : Math.max(props.atUs, state.frame?.atUs ?? 0))),
  );
  const [{ from, to }, setPair] = useState({ from: props.from, to: props.to });
  return (
    <Dialog title={say('panel.changed.title')} onClose={props.onClose}>
      {branches.length > 1 && (
        <Choose branches={branches} from={from} to={to} onChange={(a, b) => setPair({ from: a, to: b })} />
      )}
      {from === to ? (
        <p className="kp-mute">{say('time.compare.same')}</p>
      ) : (
        <ChangedCard key={`${from} ${to}`} from={from} to={to} atUs={atUs} />
      )}
    </Dialog>
  );
}

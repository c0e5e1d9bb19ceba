/** Pages for what cannot go on: they say what happened, what is kept, and the way on. */
import type { ReactNode } from 'react';
import type { Scenario } from '../protocol/scenario.ts';
import type { ProblemLike } from '../store/model.ts';
import { saveScenario } from '../store/present.ts';
import { useActions, useApp, useAppStore, useSay } from '../store/use-app.tsx';
import { connectEngine, openDefault } from './boot.ts';

function Page({ title, children, actions }: { title: string; children: ReactNode; actions?: ReactNode }) {
  return (
    <div className="ks-error">
      <main>
        <h1>{title}</h1>
        {children}
        {actions !== undefined && <div className="ks-actions">{actions}</div>}
      </main>
    </div>
  );
}

export function NoWorkerPage() {
  const say = useSay();
  return (
    <Page title={say('app.error.no-worker')}>
      <p>{say('app.error.no-worker.says')}</p>
    </Page>
  );
}

function withoutLast(scenario: Scenario): Scenario {
  return { ...scenario, steps: (scenario.steps ?? []).slice(0, -1) };
}

/** Where the last command was: there the learner goes on without it. */
function lastStepUs(scenario: Scenario): number {
  return Math.round((scenario.steps?.at(-1)?.atMs ?? 0) * 1000);
}

/** The engine stands still. The scenario is the whole report; nothing of it is lost. */
export function CrashPage() {
  const say = useSay();
  const store = useAppStore();
  const actions = useActions();
  const crash = useApp((state) => state.crash);
  if (crash === null) return null;
  const { scenario } = crash;
  const known = scenario !== null && scenario.topics.length > 0;
  const steps = scenario?.steps?.length ?? 0;
  const report = [
    say('app.error.crash.at', { at: crash.atUs }),
    crash.invariant === null ? null : say('app.error.crash.invariant', { name: crash.invariant }),
    crash.message,
    known ? say('app.error.crash.seed', { seed: scenario.seed ?? 1, steps }) : null,
  ].filter((line) => line !== null);
  const again = (what: Scenario, atUs: number): void => {
    connectEngine(store);
    actions.restart(what, atUs);
  };
  return (
    <Page
      title={say('app.error.crash')}
      actions={
        <>
          {known && (
            <>
              <button type="button" className="ks-btn ks-btn-fill" onClick={() => again(scenario, 0)}>
                {say('app.error.crash.again')}
              </button>
              {steps > 0 && (
                <button
                  type="button"
                  className="ks-btn"
                  onClick={() => again(withoutLast(scenario), lastStepUs(scenario))}
                >
                  {say('app.error.crash.without-last')}
                </button>
              )}
              <button type="button" className="ks-btn" onClick={() => void saveScenario(scenario)}>
                {say('app.error.crash.save')}
              </button>
            </>
          )}
          <button
            type="button"
            className="ks-btn"
            onClick={() => {
              connectEngine(store);
              void openDefault(store);
            }}
          >
            {say('app.error.default')}
          </button>
        </>
      }
    >
      <p>{say(known ? 'app.error.crash.says' : 'app.error.crash.start')}</p>
      <pre>{report.join('\n')}</pre>
    </Page>
  );
}

function Problem({ problem }: { problem: ProblemLike }) {
  const { place, message } = problem;
  return (
    <li>
      {place !== '' && <code>{place}</code>} {message}
    </li>
  );
}

const SHOWN = 40;

/** A file, a link or a saved state that cannot be opened; what was on the stage is still there. */
export function OpenFailurePage() {
  const say = useSay();
  const store = useAppStore();
  const actions = useActions();
  const failure = useApp((state) => state.openFailure);
  const hasOwn = useApp((state) => state.frame !== null);
  if (failure === null) return null;
  const back = (): void => {
    if (location.hash !== '') history.replaceState(null, '', location.pathname + location.search);
    actions.setOpenFailure(null);
    if (!hasOwn) void openDefault(store);
  };
  return (
    <Page
      title={say(`app.error.open.${failure.source}`, { name: failure.name ?? '' })}
      actions={
        <>
          <button type="button" className="ks-btn ks-btn-fill" onClick={back}>
            {say(hasOwn ? 'app.error.back' : 'app.error.default')}
          </button>
          {failure.source === 'file' && (
            <button
              type="button"
              className="ks-btn"
              onClick={() => {
                actions.setOpenFailure(null);
                actions.openDialog({ kind: 'open' });
              }}
            >
              {say('app.error.other-file')}
            </button>
          )}
        </>
      }
    >
      {failure.phrase !== null && <p>{say.phrase(failure.phrase)}</p>}
      {failure.problems.length > 0 && (
        <>
          <p>{say('app.error.file.says', { count: failure.problems.length })}</p>
          <ul>
            {failure.problems.slice(0, SHOWN).map((problem) => (
              <Problem key={`${problem.place} ${problem.message}`} problem={problem} />
            ))}
          </ul>
        </>
      )}
      {hasOwn && <p className="kp-mute">{say('app.error.kept')}</p>}
    </Page>
  );
}

/** Pages for what cannot go on: they say what happened, what is kept, and the way on. */
import { type ReactNode, useRef, useState } from 'react';
import type { Scenario } from '../protocol/scenario.ts';
import type { ProblemLike } from '../store/model.ts';
import { saveScenario } from '../store/present.ts';
import { useActions, useApp, useAppStore, useSay } from '../store/use-app.tsx';
import { errors } from '../text/en/errors.ts';
import { addFirst } from '../text/index.ts';
import { connectEngine, openDefault } from './boot.ts';
import { lastGoodUs, outOfMemory, reportText } from './report.ts';

// They stand whatever else could not be loaded.
addFirst(errors);

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

/** The report as text that can be copied as it is; where the clipboard is forbidden, it is selected. */
function Report({ text }: { text: string }) {
  const say = useSay();
  const box = useRef<HTMLPreElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      if (box.current !== null) getSelection()?.selectAllChildren(box.current);
    }
  };
  return (
    <>
      <h2>{say('app.error.report')}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is longer than its box is scrolled by the keyboard */}
      <pre ref={box} tabIndex={0}>
        {text}
      </pre>
      <button type="button" className="ks-btn" onClick={() => void copy()} aria-live="polite">
        {say(copied ? 'app.error.copied' : 'app.error.copy')}
      </button>
    </>
  );
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
  const goodUs = known ? lastGoodUs(crash) : null;
  const again = (what: Scenario, atUs: number): void => {
    connectEngine(store);
    actions.restart(what, atUs);
  };
  return (
    <Page title={say('app.error.crash')}>
      <p>
        {say(
          outOfMemory(crash.message) ? 'app.error.memory' : known ? 'app.error.crash.says' : 'app.error.crash.start',
        )}
      </p>
      <h2>{say('app.error.do')}</h2>
      <div className="ks-actions">
        {known && (
          <>
            <button type="button" className="ks-btn ks-btn-fill" onClick={() => again(scenario, 0)}>
              {say('app.error.crash.again')}
            </button>
            {goodUs !== null && (
              <button type="button" className="ks-btn" onClick={() => again(scenario, goodUs)}>
                {say('app.error.before', { at: goodUs })}
              </button>
            )}
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
        {!known && (
          <button type="button" className="ks-btn" onClick={() => location.reload()}>
            {say('app.error.reload')}
          </button>
        )}
      </div>
      <Report text={reportText(crash, say, navigator.userAgent)} />
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

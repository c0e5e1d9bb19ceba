/** The rebalance lab: one trigger under several protocols, in lanes on one axis of time, stepped request by request. */
import { LAB_VARIANTS } from '../../protocol/lab.ts';
import './lab.css';
import './lanes.css';
import './side.css';
import './figures.css';
import './narrow.css';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { createLabStore, type LabEngine } from '../../store/lab.ts';
import { labEngine } from '../../store/lab-engine.ts';
import { brokenBase, labHash } from '../../store/lab-link.ts';
import { placeAsked } from '../../store/lab-open.ts';

import { pageMode, useMode } from '../../store/page-mode.ts';
import { useAppStore, useSay } from '../../store/use-app.tsx';
import { X } from '../kit/icons.tsx';
import { Controls } from './controls.tsx';
import { Figures } from './figures.tsx';
import { HowMany } from './how-many.tsx';
import { LabStage, type TimeView, useTimeView } from './lab-stage.tsx';
import { Patterns } from './patterns.tsx';
import { LabSide } from './side.tsx';
import { usePlaying } from './step-controls.tsx';
import { Top } from './top.tsx';
import { LabProvider, useLab, useLabActions, useLabStore, useSelectedRun } from './use-lab.tsx';
import { useLabKeys } from './use-lab-keys.ts';

const HINT = 'lab';

/** What to look at, on the first visit. */
function FirstVisit() {
  const say = useSay();
  const seen = useMode((mode) => mode.hinted.includes(HINT));
  if (seen) return null;
  return (
    <p className="kl-first">
      <span>{say('lab.first')}</span>
      <button
        type="button"
        className="ks-icon ks-quiet"
        aria-label={say('lab.first.done')}
        title={say('lab.first.done')}
        onClick={() => pageMode.setState(({ hinted }) => ({ hinted: [...hinted, HINT] }))}
      >
        <X size={14} aria-hidden="true" />
      </button>
    </p>
  );
}

/** Which variants are shown; each can be taken away but the last. */
function Variants() {
  const say = useSay();
  const actions = useLabActions();
  const box = useRef<HTMLDetailsElement>(null);
  const variants = useLab((state) => state.variants);
  useEffect(() => {
    const close = (event: Event): void => {
      const element = box.current;
      if (element === null || !element.open) return;
      if (event instanceof KeyboardEvent ? event.key !== 'Escape' : element.contains(event.target as Node)) return;
      element.open = false;
      if (event instanceof KeyboardEvent) element.querySelector('summary')?.focus();
    };
    addEventListener('pointerdown', close);
    addEventListener('keydown', close);
    return () => {
      removeEventListener('pointerdown', close);
      removeEventListener('keydown', close);
    };
  }, []);
  return (
    <details ref={box} className="kl-more">
      <summary className="ks-btn">{say('lab.variants.shown', { count: variants.length })}</summary>
      <fieldset className="kl-variants">
        <legend className="ks-hidden">{say('lab.variants')}</legend>
        {LAB_VARIANTS.map((variant) => (
          <label key={variant} className="kl-check">
            <input
              type="checkbox"
              checked={variants.includes(variant)}
              disabled={variants.length === 1 && variants.includes(variant)}
              onChange={(event) => actions.show(variant, event.target.checked)}
            />
            {say(`lab.variant.${variant}`)}
          </label>
        ))}
      </fieldset>
    </details>
  );
}

/** The trigger in words, and what the lab has set for it. */
function Note() {
  const say = useSay();
  const run = useSelectedRun();
  return (
    <div className="kl-note">
      {run !== null && (
        <p>
          <b>{say('lab.at', { at: run.triggerUs })}</b> {say.words(run.trigger)}{' '}
          {run.setup.map((words) => (
            <span key={words.title.key} className="kp-mute">
              {say.words(words)}{' '}
            </span>
          ))}
        </p>
      )}
      <Variants />
    </div>
  );
}

function Body({ time }: { time: TimeView }) {
  const view = useLab((state) => state.view);
  if (view === 'how-many') return <HowMany />;
  return (
    <>
      <Controls />
      <FirstVisit />
      <Note />
      {view === 'figures' ? <Figures /> : <LabStage time={time} />}
    </>
  );
}

function Whole({ tools, notices }: { tools: ReactNode; notices: ReactNode }) {
  const say = useSay();
  const time = useTimeView();
  const view = useLab((state) => state.view);
  const [open, setOpen] = useState(false);
  usePlaying(time);
  useLabKeys(time);
  return (
    <div className="kl" data-view={view}>
      <Patterns />
      <Top tools={tools} />
      <main className="kl-main" aria-label={say('lab.name')}>
        <Body time={time} />
      </main>
      {notices}
      {view !== 'how-many' && <LabSide open={open} onToggle={() => setOpen(!open)} />}
    </div>
  );
}

/** The address follows what is shown; browsers take no more than a few changes a second. */
const ADDRESS_MS = 400;

function useAddress(): void {
  const lab = useLabStore();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const write = (): void => {
      timer = null;
      const state = lab.getState();
      if (!pageMode.getState().lab || state.playing) return;
      const { hash } = labHash(state);
      if (hash !== location.hash) history.replaceState(history.state, '', hash);
    };
    const stop = lab.subscribe(() => {
      timer ??= setTimeout(write, ADDRESS_MS);
    });
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, [lab]);
}

function Addressed({ children }: { children: ReactNode }) {
  useAddress();
  return children;
}

export default function Lab(props: { tools?: ReactNode; notices?: ReactNode; engine?: LabEngine }) {
  const { tools = null, notices = null, engine } = props;
  const app = useAppStore();
  const [asked, setAsked] = useState(() => placeAsked(location.hash));
  // Another link of the lab, pasted into the address or reached by going back.
  useEffect(() => {
    const again = (): void => {
      if (/^#lab(\?|$)/.test(location.hash)) setAsked(placeAsked(location.hash));
    };
    addEventListener('hashchange', again);
    return () => removeEventListener('hashchange', again);
  }, []);
  useEffect(() => {
    if (brokenBase(location.hash)) app.getState().actions.notice({ key: 'lab.link.broken', params: {} }, 'refusal');
  }, [app]);
  const lab = useMemo(() => createLabStore(engine ?? labEngine(app), asked), [app, engine, asked]);
  useEffect(() => {
    lab.getState().actions.start();
    return () => lab.getState().actions.close();
  }, [lab]);
  return (
    <LabProvider store={lab}>
      <Addressed>
        <Whole tools={tools} notices={notices} />
      </Addressed>
    </LabProvider>
  );
}

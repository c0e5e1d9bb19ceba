/** The rebalance lab: one trigger under several protocols, in lanes on one axis of time, stepped request by request. */
import './lab.css';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { createLabStore, type LabEngine, selectedRun } from '../../store/lab.ts';
import { labEngine } from '../../store/lab-engine.ts';
import { type LabView, labHash, VIEWS } from '../../store/lab-link.ts';
import { leaveLab, placeAsked } from '../../store/lab-open.ts';
import { VARIANTS } from '../../store/lab-spec.ts';
import { pageMode, useMode } from '../../store/page-mode.ts';
import { useActions, useAppStore, useSay } from '../../store/use-app.tsx';
import { X } from '../kit/icons.tsx';
import { Segmented } from '../kit/segmented.tsx';
import { Controls } from './controls.tsx';
import { Figures } from './figures.tsx';
import { HowMany } from './how-many.tsx';
import { LabStage, type TimeView, useTimeView } from './lab-stage.tsx';
import { Patterns } from './patterns.tsx';
import { LabSide } from './side.tsx';
import { usePlaying } from './step-controls.tsx';
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

/** The trigger in words, what the lab has set for it, and which variants can be added or taken away. */
function Note() {
  const say = useSay();
  const actions = useLabActions();
  const run = useSelectedRun();
  const variants = useLab((state) => state.variants);
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
      <fieldset className="kl-variants">
        <legend className="ks-hidden">{say('lab.variants')}</legend>
        {VARIANTS.map((variant) => (
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
    </div>
  );
}

function Views() {
  const say = useSay();
  const actions = useLabActions();
  const view = useLab((state) => state.view);
  return (
    <div className="kl-views">
      <Segmented<LabView>
        label={say('lab.views')}
        value={view}
        onChange={actions.setView}
        options={VIEWS.map((value) => ({
          value,
          label: say(`lab.view.${value}`),
          hint: say(`lab.view.${value}.says`),
        }))}
      />
    </div>
  );
}

function TopTools() {
  const say = useSay();
  const store = useAppStore();
  const lab = useLabStore();
  const page = useActions();
  const run = useSelectedRun();
  const copy = async (): Promise<void> => {
    const { hash, whole } = labHash(lab.getState());
    if (!whole) {
      page.notice({ key: 'lab.link.large', params: {} }, 'refusal');
      return;
    }
    try {
      await navigator.clipboard.writeText(new URL(hash, location.href).href);
      page.notice({ key: 'lab.link.copied', params: {} });
    } catch {
      // The address bar has it in any case.
      page.notice({ key: 'lab.link.address', params: {} });
    }
  };
  const show = async (): Promise<void> => {
    const state = lab.getState();
    const shown = selectedRun(state);
    if (shown === null) return;
    const { showOnStage } = await import('../../store/lab-open.ts');
    await showOnStage(store, shown, state.atUs ?? shown.triggerUs);
  };
  return (
    <>
      <button
        type="button"
        className="ks-btn"
        disabled={run === null}
        title={say('lab.stage.says')}
        onClick={() => void show()}
      >
        {say('lab.stage')}
      </button>
      <button type="button" className="ks-btn" onClick={() => void copy()}>
        {say('lab.link')}
      </button>
    </>
  );
}

function Top({ tools }: { tools: ReactNode }) {
  const say = useSay();
  const trigger = useLab((state) => state.spec.trigger);
  return (
    <header className="ks-top kl-top">
      <h1 className="ks-brand">Kafkascope</h1>
      <span className="ks-chip">{say('lab.title', { trigger: say(`lab.trigger.${trigger}`) })}</span>
      <span className="ks-space" />
      <Views />
      <span className="ks-space" />
      <nav className="ks-tools" aria-label={say('app.tools')}>
        <button type="button" className="ks-btn" onClick={() => leaveLab()}>
          {say('lab.back')}
        </button>
        <TopTools />
        {tools}
      </nav>
    </header>
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

/** The cluster beneath stands still meanwhile, and goes on as it was. */
function useStandStill(): void {
  const store = useAppStore();
  useEffect(() => {
    let played = false;
    const hold = (): void => {
      const { player, actions } = store.getState();
      if (!player.playing) return;
      played = true;
      actions.pause();
    };
    hold();
    const stop = store.subscribe(hold);
    return () => {
      stop();
      if (played) store.getState().actions.play();
    };
  }, [store]);
}

export default function Lab(props: { tools?: ReactNode; notices?: ReactNode; engine?: LabEngine }) {
  const { tools = null, notices = null, engine } = props;
  const app = useAppStore();
  const [asked, setAsked] = useState(() => placeAsked(location.hash));
  useStandStill();
  // Another link of the lab, pasted into the address or reached by going back.
  useEffect(() => {
    const again = (): void => {
      if (pageMode.getState().lab) setAsked(placeAsked(location.hash));
    };
    addEventListener('hashchange', again);
    return () => removeEventListener('hashchange', again);
  }, []);
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

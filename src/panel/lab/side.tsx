/** The side panel: the step that the cursor stands on, as request, member, coordinator and assignor see it. */
import { useEffect, useId, useState } from 'react';
import { type LabTab, TABS } from '../../store/lab-link.ts';
import { useMode } from '../../store/page-mode.ts';
import { useSay } from '../../store/use-app.tsx';
import { Tabs } from '../kit/tabs.tsx';
import { AssignorTab } from './assignor-tab.tsx';
import { RequestTab } from './request-tab.tsx';
import { CoordinatorTab, MemberTab } from './state-tabs.tsx';
import { StepControls } from './step-controls.tsx';
import { StepList } from './step-list.tsx';
import { useLab, useLabActions, usePlace, useSelectedRun, useSteps } from './use-lab.tsx';
import { stepLine, stepName } from './words.ts';

const ROW = 31;
const ROW_TOUCH = 44;

/** The step in words, for who hears the page: by hand only, and a moment after the last key of a row of them. */
function Spoken() {
  const say = useSay();
  const on = useMode((mode) => mode.announce);
  const playing = useLab((state) => state.playing);
  const run = useSelectedRun();
  const steps = useSteps();
  const place = usePlace();
  const step = steps[place];
  const [said, setSaid] = useState('');
  const sentence =
    step === undefined
      ? ''
      : `${say('lab.step.of', { n: place + 1, of: steps.length })}, ${say('lab.cursor.at', { at: step.arrivedUs < 0 ? step.sentUs : step.arrivedUs })}. ${step.consumer}: ${stepLine(say, step)}. ${say.words(step.says)}`;
  useEffect(() => {
    if (!on || playing) return;
    const timer = setTimeout(() => setSaid(sentence), 400);
    return () => clearTimeout(timer);
  }, [on, playing, sentence]);
  return (
    <p className="ks-hidden" role="status" aria-live="polite" data-lab-said>
      {on && run !== null ? said : ''}
    </p>
  );
}

export function LabSide({ open, onToggle }: { open: boolean; onToggle: (() => void) | null }) {
  const say = useSay();
  const actions = useLabActions();
  const panelId = useId();
  const run = useSelectedRun();
  const steps = useSteps();
  const place = usePlace();
  const tab = useLab((state) => state.tab);
  const atUs = useLab((state) => state.atUs);
  const [coarse] = useState(() => typeof matchMedia === 'function' && matchMedia('(pointer: coarse)').matches);
  const step = steps[place] ?? null;
  const body = (id: LabTab) => {
    if (run === null || atUs === null) return null;
    if (id === 'request') return <RequestTab run={run} step={step} />;
    if (id === 'member') return <MemberTab run={run} step={step} atUs={atUs} />;
    if (id === 'coordinator') return <CoordinatorTab run={run} atUs={atUs} />;
    return <AssignorTab run={run} atUs={atUs} />;
  };
  return (
    <aside className="kl-side" data-open={open || undefined} aria-label={say('lab.side')}>
      <header className="kl-side-head">
        <div className="kl-side-line">
          <p className="kp-mute ks-small" data-step={step?.index ?? ''}>
            {steps.length === 0 || atUs === null
              ? say('lab.steps.none')
              : `${say('lab.step.of', { n: place + 1, of: steps.length })} · ${say('lab.cursor.at', { at: atUs })}`}
          </p>
          {onToggle !== null && (
            <button type="button" className="ks-btn" aria-expanded={open} onClick={onToggle}>
              {say(open ? 'lab.side.close' : 'lab.side.open')}
            </button>
          )}
        </div>
        <h2>{step === null ? say('lab.step.before') : stepName(say, step)}</h2>
        <StepControls />
        <Tabs
          label={say('lab.tabs')}
          panelId={panelId}
          value={tab}
          onChange={actions.setTab}
          items={TABS.map((id) => ({ id, label: say(`lab.tab.${id}`) }))}
        />
      </header>
      <div id={panelId} role="tabpanel" className="kl-side-body" aria-label={say(`lab.tab.${tab}`)} tabIndex={-1}>
        {body(tab)}
      </div>
      <StepList rowHeight={coarse ? ROW_TOUCH : ROW} />
      <Spoken />
    </aside>
  );
}

/** The head of the lab: what it shows, the views, the ways out. */
import type { ReactNode } from 'react';
import { selectedRun } from '../../store/lab.ts';
import { type LabView, labHash, VIEWS } from '../../store/lab-link.ts';
import { leaveLab, showOnStage } from '../../store/lab-open.ts';
import { useActions, useAppStore, useSay } from '../../store/use-app.tsx';
import { LabSwitch } from '../kit/lab-switch.tsx';
import { Segmented } from '../kit/segmented.tsx';
import { useLab, useLabActions, useLabStore, useSelectedRun } from './use-lab.tsx';

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
  const lanes = useLab((state) => state.view !== 'how-many');
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
    await showOnStage(store, shown, state.atUs ?? shown.triggerUs);
  };
  return (
    <>
      {lanes && (
        <button
          type="button"
          className="ks-btn"
          disabled={run === null}
          title={say('lab.stage.says')}
          onClick={() => void show()}
        >
          {say('lab.stage')}
        </button>
      )}
      <button type="button" className="ks-btn" onClick={() => void copy()}>
        {say('lab.link')}
      </button>
    </>
  );
}

export function Top({ tools }: { tools: ReactNode }) {
  const say = useSay();
  const version = useSelectedRun()?.scenario.cluster?.version;
  return (
    <header className="ks-top kl-top">
      <h1 className="ks-brand">Kafkascope</h1>
      <LabSwitch now="lab" />
      {version !== undefined && <span className="ks-chip kp-mono kl-version">{say('app.version', { version })}</span>}
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

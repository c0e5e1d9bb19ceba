/** The selected thing: parameters, state, log, requests, events. Loaded with the first selection. */
import { X } from 'lucide-react';
import { lazy, Suspense, useId } from 'react';
import type { DetailTab, ThingId } from '../../protocol/frame.ts';
import { parseThing, shownTab, tabsOf, thingPhrase } from '../../store/thing.ts';
import { useActions, useApp, useSay } from '../../store/use-app.tsx';
import { part } from '../kit/part.tsx';
import { Tabs } from '../kit/tabs.tsx';
import { OpenInLab } from '../lab/open-in-lab.tsx';
import { EventsTab } from './events-tab.tsx';
import { LogTab } from './log-tab.tsx';
import { Refused } from './refused.tsx';
import { RequestsTab } from './requests-tab.tsx';
import { StateTab } from './state-tab.tsx';
import { ThingState } from './thing-state.tsx';
import { ThingVerbs } from './thing-verbs.tsx';

// The registry of parameters with its checks is half of the panel's weight; it comes after the first picture.
const ParametersTab = lazy(() => import('./parameters-tab.tsx'));
const GroupState = part(() => import('./group/index.tsx'));
const GroupLog = part(() => import('./group/log.tsx'));

function Body({ tab, kind }: { tab: DetailTab; kind: string }) {
  if (kind === 'group' && tab === 'state') return <GroupState />;
  if (kind === 'group' && tab === 'log') return <GroupLog />;
  switch (tab) {
    case 'parameters':
      return (
        <Suspense fallback={null}>
          <ParametersTab />
        </Suspense>
      );
    case 'state':
      return (
        <>
          <ThingVerbs />
          <StateTab />
        </>
      );
    case 'log':
      return <LogTab />;
    case 'requests':
      return <RequestsTab />;
    case 'events':
      return <EventsTab />;
  }
}

const FIDELITY = ['modelled', 'simplified', 'not-yet'] as const;

/** What of this kind of thing is simulated, what is simplified and what does nothing yet. */
function Model({ kind }: { kind: string }) {
  const say = useSay();
  return (
    <dl className="ks-model">
      {FIDELITY.map((word) => (
        <div key={word}>
          <dt>{say(`panel.model.${word}`)}</dt>
          <dd>{say(`panel.model.${kind}.${word}`)}</dd>
        </div>
      ))}
    </dl>
  );
}

export default function Selected({ selection }: { selection: ThingId }) {
  const say = useSay();
  const actions = useActions();
  const tab = useApp((state) => state.tab);
  const panelId = useId();
  const tabs = tabsOf(selection);
  const shown = shownTab(selection, tab);
  return (
    <>
      <header className="ks-side-head">
        <div className="ks-side-title">
          <div>
            <p className="kp-mute ks-small">{say(`panel.kind.${parseThing(selection).kind}`)}</p>
            <h2>
              {say.phrase(thingPhrase(selection))} <ThingState thing={selection} />
            </h2>
          </div>
          <button
            type="button"
            className="ks-icon ks-quiet"
            onClick={() => actions.select(null)}
            aria-label={say('panel.deselect')}
            title={say('panel.deselect')}
          >
            <X size={15} aria-hidden="true" />
          </button>
        </div>
        <OpenInLab thing={selection} />
        <Tabs
          label={say('panel.tabs')}
          panelId={panelId}
          value={shown}
          onChange={actions.setTab}
          items={tabs.map((id) => ({ id, label: say(`panel.tab.${id}`) }))}
        />
      </header>
      <Refused />
      <div id={panelId} role="tabpanel" className="ks-side-body" aria-label={say(`panel.tab.${shown}`)}>
        <Body tab={shown} kind={parseThing(selection).kind} />
        <Model kind={parseThing(selection).kind} />
      </div>
    </>
  );
}

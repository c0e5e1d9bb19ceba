/** In and out: records of a file, properties, commands for a shell, pictures and texts; each loads when it is looked at. */
import './inout.css';
import { lazy, Suspense, useId, useState } from 'react';
import type { InOutTab } from '../../../store/model.ts';
import { useSay } from '../../../store/use-app.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Tabs } from '../../kit/tabs.tsx';

const RecordsTab = lazy(() => import('./records.tsx'));
const PropertiesTab = lazy(() => import('./properties.tsx'));
const CommandsTab = lazy(() => import('./commands.tsx'));
const PicturesTab = lazy(() => import('./pictures.tsx'));

const TABS: readonly InOutTab[] = ['records', 'properties', 'commands', 'pictures'];

interface InOutProps {
  tab: InOutTab;
  producer?: string;
  file?: File;
  onClose: () => void;
}

function Body({ tab, producer, file, onClose }: InOutProps) {
  switch (tab) {
    case 'records':
      return <RecordsTab producer={producer} given={file} onClose={onClose} />;
    case 'properties':
      return <PropertiesTab given={file} onClose={onClose} />;
    case 'commands':
      return <CommandsTab />;
    case 'pictures':
      return <PicturesTab />;
  }
}

export default function InOutDialog(props: InOutProps) {
  const say = useSay();
  const panelId = useId();
  const [tab, setTab] = useState(props.tab);
  // A file that was dropped belongs to the tab that it opened.
  const { file, ...rest } = props;
  const given = file !== undefined && tab === props.tab ? { file } : {};
  return (
    <Dialog title={say('inout.title')} onClose={props.onClose} wide>
      <Tabs
        label={say('inout.title')}
        panelId={panelId}
        value={tab}
        onChange={setTab}
        items={TABS.map((id) => ({ id, label: say(`inout.tab.${id}`) }))}
      />
      <div id={panelId} role="tabpanel" className="ks-io" aria-label={say(`inout.tab.${tab}`)}>
        <Suspense fallback={null}>
          <Body {...rest} {...given} tab={tab} />
        </Suspense>
      </div>
    </Dialog>
  );
}

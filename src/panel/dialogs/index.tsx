/** The dialog that is open, each in a file that loads when it is first asked for. */
import { type ComponentType, lazy, Suspense } from 'react';
import type { Dialog } from '../../store/model.ts';
import { useActions, useApp } from '../../store/use-app.tsx';

type Props<K extends Dialog['kind']> = Extract<Dialog, { kind: K }> & { onClose: () => void };

const YourText = lazy(() => import('./your-text.tsx'));
const Share = lazy(() => import('./share.tsx'));
const Open = lazy(() => import('./open.tsx'));
const Add = lazy(() => import('./add.tsx'));
const Link = lazy(() => import('./link.tsx'));
const Ask = lazy(() => import('./ask.tsx'));
const Changed = lazy(() => import('./changed.tsx'));
const Glossary = lazy(() => import('./glossary.tsx'));
const Invariants = lazy(() => import('./invariants.tsx'));
const Records = lazy(() => import('../ledger/record-list.tsx').then((m) => ({ default: m.RecordListDialog })));
const Story = lazy(() => import('../ledger/story.tsx').then((m) => ({ default: m.StoryDialog })));

function Opened({ dialog, onClose, help: Help }: { dialog: Dialog; onClose: () => void; help: HelpComponent }) {
  switch (dialog.kind) {
    case 'your-text':
      return <YourText producer={dialog.producer} onClose={onClose} />;
    case 'share':
      return <Share onClose={onClose} />;
    case 'open':
      return <Open onClose={onClose} />;
    case 'help':
      return <Help onClose={onClose} />;
    case 'add':
      return <Add what={dialog.what} onClose={onClose} />;
    case 'link':
      return <Link {...dialog} onClose={onClose} />;
    case 'ask':
      return <Ask {...dialog} onClose={onClose} />;
    case 'changed':
      return <Changed {...dialog} onClose={onClose} />;
    case 'ledger':
      return <Records which={dialog.which} onClose={onClose} />;
    case 'story':
      return <Story key={dialog.id} id={dialog.id} onClose={onClose} />;
    case 'glossary':
      return <Glossary term={dialog.term} onClose={onClose} />;
    case 'invariants':
      return <Invariants onClose={onClose} />;
  }
}

export type HelpComponent = ComponentType<{ onClose: () => void }>;

/** `help` is handed in: the list of keys belongs to the app. */
export function Dialogs({ help }: { help: HelpComponent }) {
  const actions = useActions();
  const dialog = useApp((state) => state.dialog);
  if (dialog === null) return null;
  return (
    <Suspense fallback={null}>
      <Opened dialog={dialog} onClose={() => actions.openDialog(null)} help={help} />
    </Suspense>
  );
}

export type DialogProps<K extends Dialog['kind']> = Omit<Props<K>, 'kind'>;

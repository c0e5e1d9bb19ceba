/** The dialog that is open, each in a file that loads when it is first asked for. */
import type { ComponentType } from 'react';
import type { Dialog } from '../../store/model.ts';
import { useActions, useApp } from '../../store/use-app.tsx';
import { part } from '../kit/part.tsx';

const YourText = part(() => import('./your-text.tsx'));
const InOut = part(() => import('./inout/index.tsx'));
const Share = part(() => import('./share.tsx'));
const Open = part(() => import('./open.tsx'));
const Add = part(() => import('./add.tsx'));
const Link = part(() => import('./link.tsx'));
const Ask = part(() => import('./ask.tsx'));
const Changed = part(() => import('./changed.tsx'));
const Branches = part(() => import('../branches/branches.tsx'));
const Bookmarks = part(() => import('../branches/bookmarks.tsx'));
const Glossary = part(() => import('../glossary/glossary.tsx'));
const AllKeys = part(() => import('./all-keys.tsx'));
const Invariants = part(() => import('./invariants.tsx'));
const Bytes = part(() => import('../bytes/cluster-batch.tsx'));
const Records = part(async () => ({ default: (await import('../ledger/record-list.tsx')).RecordListDialog }));
const Story = part(async () => ({ default: (await import('../ledger/story.tsx')).StoryDialog }));

function Opened({ dialog, onClose, help: Help }: { dialog: Dialog; onClose: () => void; help: HelpComponent }) {
  switch (dialog.kind) {
    case 'your-text':
      return <YourText producer={dialog.producer} onClose={onClose} />;
    case 'inout':
      return <InOut {...dialog} onClose={onClose} />;
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
    case 'branches':
      return <Branches onClose={onClose} />;
    case 'bookmarks':
      return <Bookmarks key={dialog.added} added={dialog.added} onClose={onClose} />;
    case 'ledger':
      return <Records which={dialog.which} onClose={onClose} />;
    case 'story':
      return <Story key={dialog.id} id={dialog.id} onClose={onClose} />;
    case 'glossary':
      return <Glossary term={dialog.term} onClose={onClose} />;
    case 'all-keys':
      return <AllKeys scope={dialog.scope} onClose={onClose} />;
    case 'invariants':
      return <Invariants onClose={onClose} />;
    case 'bytes':
      return <Bytes thing={dialog.thing} offset={dialog.offset} onClose={onClose} />;
  }
}

export type HelpComponent = ComponentType<{ onClose: () => void }>;

/** `help` is handed in: the list of keys belongs to the app. */
export function Dialogs({ help }: { help: HelpComponent }) {
  const actions = useActions();
  const dialog = useApp((state) => state.dialog);
  if (dialog === null) return null;
  return <Opened dialog={dialog} onClose={() => actions.openDialog(null)} help={help} />;
}

export type DialogProps<K extends Dialog['kind']> = Omit<Extract<Dialog, { kind: K }>, 'kind'> & {
  readonly onClose: () => void;
};

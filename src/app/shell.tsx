/** The page as a whole: lesson, stage, inspector; below them time and numbers. */

import type { HelpComponent } from '../panel/dialogs/index.tsx';
import { Inspector } from '../panel/inspector/inspector.tsx';
import { ChevronLeft, ChevronRight, X } from '../panel/kit/icons.tsx';
import { part } from '../panel/kit/part.tsx';
import { LedgerNumbers } from '../panel/ledger/numbers.tsx';
import { Controls } from '../panel/time-strip/controls.tsx';
import { Lanes } from '../panel/time-strip/lanes.tsx';
import { useActions, useApp, useAppStore, useSay } from '../store/use-app.tsx';
import { LessonArea } from './lesson-area.tsx';
import { StageArea } from './stage-area.tsx';
import { TopBar } from './top-bar.tsx';
import { NARROW, useMedia } from './use-media.ts';

const Dialogs = part<{ help: HelpComponent; onClose: () => void }>(async () => ({
  default: (await import('../panel/dialogs/index.tsx')).Dialogs,
}));
const PhoneStrip = part(() => import('../panel/time-strip/phone-strip.tsx'));
const HelpDialog = part(() => import('./help-dialog.tsx'));
const ThingMenu = part<{ onClose: () => void }>(() => import('../panel/menu/thing-menu.tsx'));

function SheetBar({ title }: { title: string }) {
  const say = useSay();
  const actions = useActions();
  return (
    <div className="ks-sheet-bar">
      <span>{title}</span>
      <button
        type="button"
        className="ks-icon ks-quiet"
        onClick={() => actions.setSheet(null)}
        aria-label={say('panel.close')}
      >
        <X size={16} aria-hidden="true" />
      </button>
    </div>
  );
}

function LessonSide() {
  const say = useSay();
  const actions = useActions();
  const folded = useApp((state) => state.lessonFolded);
  const open = useApp((state) => state.sheet === 'lesson');
  const narrow = useMedia(NARROW);
  const shown = narrow ? open : !folded;
  const Icon = folded ? ChevronRight : ChevronLeft;
  return (
    <aside className="ks-lesson" data-open={open || undefined} aria-label={say('app.lesson')}>
      <SheetBar title={say('app.lesson')} />
      <button
        type="button"
        className="ks-icon ks-quiet ks-lesson-fold"
        aria-expanded={!folded}
        onClick={() => actions.foldLesson(!folded)}
        aria-label={say(folded ? 'app.lesson.unfold' : 'app.lesson.fold')}
        title={say(folded ? 'app.lesson.unfold' : 'app.lesson.fold')}
      >
        <Icon size={16} aria-hidden="true" />
      </button>
      <div className="ks-lesson-body" hidden={!shown}>
        <LessonArea />
      </div>
    </aside>
  );
}

/** The menu of a thing, loaded with the first one that opens. */
function Menu() {
  const actions = useActions();
  const open = useApp((state) => state.menu !== null);
  if (!open) return null;
  return <ThingMenu onClose={() => actions.openMenu(null)} />;
}

/** The dialogs, loaded with the first one that opens. */
function OpenDialog() {
  const actions = useActions();
  const open = useApp((state) => state.dialog !== null);
  return open ? <Dialogs help={HelpDialog} onClose={() => actions.openDialog(null)} /> : null;
}

export function Shell() {
  const say = useSay();
  const store = useAppStore();
  const folded = useApp((state) => state.lessonFolded);
  const sheet = useApp((state) => state.sheet);
  const selected = useApp((state) => state.selection !== null);
  const narrow = useMedia(NARROW);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a file may be dropped anywhere; the dialog Open does the same
    <div
      className="ks-app"
      data-lesson={folded ? 'folded' : 'open'}
      data-selected={selected ? 'yes' : 'no'}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes('Files')) event.preventDefault();
      }}
      onDrop={(event) => {
        const file = event.dataTransfer.files[0];
        if (file === undefined) return;
        event.preventDefault();
        void import('../panel/dialogs/drop-file.ts').then((drop) => drop.openDroppedFile(store, file));
      }}
    >
      <TopBar />
      <LessonSide />
      <StageArea />
      <aside className="ks-side" data-open={sheet === 'inspector' || undefined} aria-label={say('panel.inspector')}>
        <SheetBar title={say('panel.inspector')} />
        <Inspector />
      </aside>
      <section className="ks-bottom" aria-label={say('app.time')}>
        {narrow ? (
          <PhoneStrip />
        ) : (
          <>
            <Controls />
            <Lanes />
            <LedgerNumbers />
          </>
        )}
      </section>
      <Menu />
      <OpenDialog />
    </div>
  );
}

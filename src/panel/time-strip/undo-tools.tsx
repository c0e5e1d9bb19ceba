/** What was done taken back and done again, and the branches: they come with the first change. */
import { GitBranch, Redo2, Undo2 } from 'lucide-react';
import { useActions, useApp, useSay } from '../../store/use-app.tsx';

/** Both are there as soon as one of them is: nothing moves when the other comes. */
function UndoRedo() {
  const say = useSay();
  const actions = useActions();
  const { undo, redo } = useApp((state) => state.edits);
  if (undo === null && redo === null) return null;
  const label = (key: string, words: typeof undo): string =>
    words === null ? say(`${key}.nothing`) : say(key, { what: say.words(words) });
  const undoes = label('time.undo.do', undo);
  const redoes = label('time.redo.do', redo);
  return (
    <>
      <button
        type="button"
        className="ks-icon ks-quiet"
        disabled={undo === null}
        onClick={actions.undo}
        aria-label={undoes}
        title={undo === null ? undoes : `${undoes} (Ctrl+Z)`}
      >
        <Undo2 size={15} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="ks-icon ks-quiet"
        disabled={redo === null}
        onClick={actions.redo}
        aria-label={redoes}
        title={redo === null ? redoes : `${redoes} (Ctrl+Shift+Z)`}
      >
        <Redo2 size={15} aria-hidden="true" />
      </button>
    </>
  );
}

function Branches() {
  const say = useSay();
  const actions = useActions();
  const count = useApp((state) => state.timeline.branches.length);
  if (count < 2) return null;
  return (
    <button
      type="button"
      className="ks-icon ks-quiet ks-branch"
      onClick={() => actions.openDialog({ kind: 'branches' })}
      aria-label={say('panel.branches.open', { count })}
      title={say('panel.branches.open', { count })}
    >
      <GitBranch size={14} aria-hidden="true" />
      <span>{say('panel.branch.count', { count })}</span>
    </button>
  );
}

export default function UndoTools() {
  return (
    <>
      <UndoRedo />
      <Branches />
    </>
  );
}

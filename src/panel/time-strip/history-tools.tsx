/** What was done, taken back and done again; the branches; a bookmark of this moment. */

import { useActions, useApp, useSay } from '../../store/use-app.tsx';
import { Bookmark } from '../kit/icons.tsx';
import { part } from '../kit/part.tsx';

const UndoTools = part(() => import('./undo-tools.tsx'));

function Bookmarks() {
  const say = useSay();
  const actions = useActions();
  const count = useApp((state) => state.bookmarks.length);
  return (
    <button
      type="button"
      className="ks-icon ks-quiet ks-branch"
      onClick={() => (count === 0 ? actions.addBookmark() : actions.openDialog({ kind: 'bookmarks', added: null }))}
      aria-label={say(count === 0 ? 'panel.bookmark.add' : 'panel.bookmarks.open', { count })}
      title={say(count === 0 ? 'panel.bookmark.add' : 'panel.bookmarks.open', { count })}
    >
      <Bookmark size={14} aria-hidden="true" />
      {count > 0 && <span>{say('panel.branch.count', { count })}</span>}
    </button>
  );
}

export function HistoryTools() {
  const changed = useApp(
    ({ edits, timeline }) => edits.undo !== null || edits.redo !== null || timeline.branches.length > 1,
  );
  return (
    <span className="ks-history">
      {changed && <UndoTools />}
      <Bookmarks />
    </span>
  );
}

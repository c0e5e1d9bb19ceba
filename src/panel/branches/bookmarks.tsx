/** Marked moments with their notes: to jump to, to rename, to take away. */
import './branches.css';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { placeOf } from '../../store/bookmarks.ts';
import type { Bookmark } from '../../store/model.ts';
import { useActions, useApp, useAppStore, useSay } from '../../store/use-app.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { branchName } from './branches.tsx';

function Row({ bookmark, added, onClose }: { bookmark: Bookmark; added: boolean; onClose: () => void }) {
  const say = useSay();
  const actions = useActions();
  const branches = useApp((state) => state.timeline.branches);
  const place = placeOf(bookmark, branches);
  const branch = branches.find(({ id }) => id === bookmark.branch);
  return (
    <li className="ks-bookmark" data-place={place}>
      <button
        type="button"
        className="ks-time"
        aria-label={say('time.bookmark.go', { at: bookmark.atUs })}
        onClick={() => {
          actions.goToBookmark(bookmark.id);
          onClose();
        }}
      >
        {(bookmark.atUs / 1e6).toFixed(3)}
      </button>
      <span className="ks-bookmark-text">
        <input
          className="ks-input"
          aria-label={say('time.bookmark.note', { at: bookmark.atUs })}
          placeholder={say('time.bookmark.placeholder')}
          maxLength={500}
          data-autofocus={added || undefined}
          defaultValue={bookmark.note}
          onChange={(event) => actions.setBookmarkNote(bookmark.id, event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            onClose();
          }}
        />
        {place !== 'here' && (
          <span className="kp-mute ks-small">
            {branch === undefined
              ? say('time.bookmark.gone')
              : say('time.bookmark.other', { name: branchName(say, branch) })}
          </span>
        )}
      </span>
      <button
        type="button"
        className="ks-icon ks-quiet"
        aria-label={say('time.bookmark.delete', { at: bookmark.atUs })}
        title={say('time.branch.delete')}
        onClick={() => actions.removeBookmark(bookmark.id)}
      >
        <Trash2 size={14} aria-hidden="true" />
      </button>
    </li>
  );
}

export default function BookmarksDialog({ added, onClose }: { added: number | null; onClose: () => void }) {
  const say = useSay();
  const store = useAppStore();
  const actions = useActions();
  const bookmarks = useApp((state) => state.bookmarks);
  const atUs = useApp((state) => state.frame?.atUs ?? 0);
  // What is deleted here can be put back as long as the list is open.
  const [before] = useState(bookmarks);
  const gone = before.filter(({ id }) => !bookmarks.some((bookmark) => bookmark.id === id));
  const sorted = [...bookmarks].sort((a, b) => a.atUs - b.atUs || a.id - b.id);
  return (
    <Dialog
      title={say('time.bookmarks')}
      onClose={onClose}
      footer={
        <>
          {gone.length > 0 && (
            <button
              type="button"
              className="ks-btn"
              onClick={() => store.setState({ bookmarks: [...bookmarks, ...gone] })}
            >
              {say('time.bookmark.put-back', { count: gone.length })}
            </button>
          )}
          <button type="button" className="ks-btn" onClick={actions.addBookmark}>
            {say('time.bookmark.add', { at: atUs })}
          </button>
        </>
      }
    >
      <p className="kp-mute">{say(sorted.length === 0 ? 'time.bookmarks.none' : 'time.bookmarks.hint')}</p>
      <ul className="ks-bookmarks">
        {sorted.map((bookmark) => (
          <Row key={bookmark.id} bookmark={bookmark} added={bookmark.id === added} onClose={onClose} />
        ))}
      </ul>
    </Dialog>
  );
}

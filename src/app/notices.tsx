/** Short sentences over the stage's lower edge: quiet ones leave by themselves, a refusal stays until it is read. */

import { useEffect, useState } from 'react';
import { X } from '../panel/kit/icons.tsx';
import type { BranchedState, Notice } from '../store/model.ts';
import { pageMode, useMode } from '../store/page-mode.ts';
import { useActions, useApp, useSay } from '../store/use-app.tsx';
import { NARROW, useMedia } from './use-media.ts';

const QUIET_MS = 6_000;
/** The offer to see what a replay changed lies over the readers' row; the panel of branches has it afterwards too. */
const OFFER_MS = 9_000;

function One({ notice }: { notice: Notice }) {
  const say = useSay();
  const actions = useActions();
  useEffect(() => {
    if (notice.tone !== 'quiet') return;
    const timer = setTimeout(() => actions.dismissNotice(notice.id), QUIET_MS);
    return () => clearTimeout(timer);
  }, [actions, notice]);
  return (
    <div className="ks-notice" data-tone={notice.tone}>
      <span>
        {notice.what === undefined
          ? say.phrase(notice.phrase)
          : say(notice.phrase.key, { ...notice.phrase.params, what: say.words(notice.what) })}
      </span>
      <button
        type="button"
        className="ks-icon ks-quiet"
        onClick={() => actions.dismissNotice(notice.id)}
        aria-label={say('panel.close')}
      >
        <X size={14} aria-hidden="true" />
      </button>
    </div>
  );
}

/** Leaves by itself, but not from under the pointer or the focus. */
function Replayed({ branched }: { branched: BranchedState }) {
  const say = useSay();
  const actions = useActions();
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(actions.dismissBranched, OFFER_MS);
    return () => clearTimeout(timer);
  }, [actions, held]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a notice is no fieldset
    <div
      role="group"
      className="ks-notice"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span>{say('panel.changed.replayed', { at: branched.atUs })}</span>
      <button type="button" className="ks-btn" onClick={() => actions.openDialog({ kind: 'changed', ...branched })}>
        {say('panel.changed.open')}
      </button>
      <button
        type="button"
        className="ks-icon ks-quiet"
        onClick={actions.dismissBranched}
        aria-label={say('panel.close')}
      >
        <X size={14} aria-hidden="true" />
      </button>
    </div>
  );
}

export function Notices() {
  const say = useSay();
  const actions = useActions();
  const notices = useApp((state) => state.notices);
  const refusal = useApp((state) => state.refusal);
  const selection = useApp((state) => state.selection);
  const branched = useApp((state) => state.branched);
  const seen = useApp((state) => state.branchedSeen);
  // A lesson under way shows what changed in its own card.
  const guided = useApp((state) => (state.lesson?.step ?? 0) > 0 && !state.lessonFolded);
  const update = useMode((mode) => mode.update);
  const narrow = useMedia(NARROW);
  const shown = refusal !== null && (selection === null || narrow);
  return (
    <div className="ks-notices" aria-live="polite">
      {shown && (
        <div className="ks-notice" data-tone="refusal" role="alert">
          <span>
            {refusal.edit !== null && `${say('panel.refused')} ${refusal.edit.key} = ${refusal.edit.value ?? ''}. `}
            {refusal.message}
          </span>
          <button
            type="button"
            className="ks-icon ks-quiet"
            onClick={actions.dismissRefusal}
            aria-label={say('panel.close')}
          >
            <X size={14} aria-hidden="true" />
          </button>
        </div>
      )}
      {branched !== null && !seen && !guided && <Replayed key={branched.to} branched={branched} />}
      {update !== null && (
        <div className="ks-notice">
          <span>{say('app.update')}</span>
          <button type="button" className="ks-btn" onClick={update}>
            {say('app.update.go')}
          </button>
          <button
            type="button"
            className="ks-icon ks-quiet"
            onClick={() => pageMode.setState({ update: null })}
            aria-label={say('panel.close')}
          >
            <X size={14} aria-hidden="true" />
          </button>
        </div>
      )}
      {notices.map((notice) => (
        <One key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

/** A link of the moment: the scenario, the time and the selection, inside the link itself. Nothing is uploaded. */
import { useEffect, useRef, useState } from 'react';
import { makeShareLink, type ShareLink } from '../../store/share.ts';
import { useActions, useAppStore, useSay } from '../../store/use-app.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { EmbedCode } from './embed-code.tsx';

export default function ShareDialog({ onClose }: { onClose: () => void }) {
  const say = useSay();
  const store = useAppStore();
  const actions = useActions();
  const field = useRef<HTMLTextAreaElement>(null);
  const [link, setLink] = useState<ShareLink | 'failed' | null>(null);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    let wanted = true;
    makeShareLink(store, location.href).then(
      (answer) => wanted && setLink(answer),
      () => wanted && setLink('failed'),
    );
    return () => {
      wanted = false;
    };
  }, [store]);

  const copy = async (): Promise<void> => {
    if (link === null || link === 'failed' || !link.ok) return;
    try {
      await navigator.clipboard.writeText(link.url);
    } catch {
      // Without permission for the clipboard the text is selected, so that one key copies it.
      field.current?.select();
      return;
    }
    setCopied(true);
    actions.notice({ key: 'panel.share.copied', params: {} });
  };
  const good = link !== null && link !== 'failed' && link.ok ? link : null;
  return (
    <Dialog
      title={say('panel.share.title')}
      onClose={onClose}
      footer={
        <button type="button" className="ks-btn ks-btn-fill" disabled={good === null} onClick={() => void copy()}>
          {say(copied ? 'panel.share.copied' : 'panel.share.copy')}
        </button>
      }
    >
      <p className="kp-mute">{say('panel.share.hint')}</p>
      {link === null && <p className="kp-mute">{say('panel.share.making')}</p>}
      {link === 'failed' && <p className="ks-wrong">{say('panel.no-answer')}</p>}
      {link !== null && link !== 'failed' && !link.ok && (
        <p className="ks-wrong">
          {link.message} {say('panel.share.as-file')}
        </p>
      )}
      {good !== null && (
        <>
          <textarea
            ref={field}
            className="ks-input ks-link-text kp-mono"
            aria-label={say('panel.share.title')}
            readOnly
            rows={4}
            value={good.url}
          />
          <p className="kp-mute ks-small">{say('panel.share.length', { count: good.url.length })}</p>
          <EmbedCode url={good.url} />
        </>
      )}
    </Dialog>
  );
}

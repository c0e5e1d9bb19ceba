/** The stage as a picture, and what happened as text. */
import { useState } from 'react';
import { saveFile } from '../../../store/present.ts';
import { useActions, useApp, useAppStore, useSay } from '../../../store/use-app.tsx';
import { TextOut } from './copy-text.tsx';
import { eventsText } from './event-text.ts';
import { outName } from './out-names.ts';

function useTitle(): string {
  return useApp((state) => state.info?.title ?? state.scenario?.title ?? 'Kafkascope');
}

function Pictures() {
  const say = useSay();
  const store = useAppStore();
  const actions = useActions();
  const title = useTitle();
  const [busy, setBusy] = useState(false);
  const save = async (kind: 'svg' | 'png'): Promise<void> => {
    setBusy(true);
    try {
      const { frame, resolvedTheme } = store.getState();
      const name = outName(title, frame?.atUs ?? 0, kind);
      const { pngOf, saveBlob, stageSvg } = await import('./picture.ts');
      const svg = stageSvg(resolvedTheme, `${title} · ${((frame?.atUs ?? 0) / 1e6).toFixed(3)} s`);
      if (svg === null) throw new Error('no stage');
      if (kind === 'svg') saveFile(name, svg, 'image/svg+xml');
      else saveBlob(name, await pngOf(svg));
    } catch {
      actions.notice({ key: 'inout.picture.failed', params: {} }, 'refusal');
    }
    setBusy(false);
  };
  return (
    <>
      <h3>{say('inout.picture')}</h3>
      <p className="kp-mute">{say('inout.picture.hint')}</p>
      <div className="ks-io-row">
        <button type="button" className="ks-btn" disabled={busy} onClick={() => void save('svg')}>
          {say('inout.picture.svg')}
        </button>
        <button type="button" className="ks-btn" disabled={busy} onClick={() => void save('png')}>
          {say('inout.picture.png')}
        </button>
      </div>
    </>
  );
}

function Events() {
  const say = useSay();
  const title = useTitle();
  const atUs = useApp((state) => state.frame?.atUs ?? 0);
  const lines = useApp((state) => state.timeline.lines);
  const text = eventsText(say, title, lines, atUs);
  return (
    <>
      <h3>{say('inout.events')}</h3>
      <p className="kp-mute">{say('inout.events.hint')}</p>
      <TextOut text={text} name={outName(title, atUs, 'txt')} label={say('inout.events')} />
    </>
  );
}

export default function PicturesTab() {
  return (
    <>
      <Pictures />
      <Events />
    </>
  );
}

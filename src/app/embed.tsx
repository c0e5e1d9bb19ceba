/** Kafkascope in somebody else's page: the stage, its sentence, the clock, and the way to the whole of it. */
import { useState } from 'react';
import { Dialogs } from '../panel/dialogs/index.tsx';
import { Clock, PlayerButtons } from '../panel/time-strip/controls.tsx';
import { useAppStore, useSay } from '../store/use-app.tsx';
import HelpDialog from './help-dialog.tsx';
import { StageArea } from './stage-area.tsx';
import './embed.css';

/** The address of the whole page, without what only an embedded one is asked for. */
function wholeAddress(): URL {
  const url = new URL(location.href);
  for (const name of ['embed', 'announce', 'theme']) url.searchParams.delete(name);
  return url;
}

export default function EmbedShell() {
  const say = useSay();
  const store = useAppStore();
  const [href, setHref] = useState(() => wholeAddress().href);
  // The link carries the moment that is on the stage; it is made when somebody is about to follow it.
  const prepare = (): void => {
    import('../store/share.ts')
      .then(({ makeShareLink }) => makeShareLink(store, wholeAddress().href))
      .then((link) => link.ok && setHref(link.url))
      .catch(() => undefined);
  };
  return (
    <div className="ks-embed">
      <header className="ks-hidden">
        <h1>Kafkascope</h1>
      </header>
      <StageArea />
      <section className="ks-embed-bar" aria-label={say('app.time')}>
        <PlayerButtons />
        <Clock />
        <span className="ks-space" />
        <a
          className="ks-btn"
          href={href}
          target="_blank"
          rel="noopener"
          onPointerEnter={prepare}
          onPointerDown={prepare}
          onFocus={prepare}
        >
          {say('app.embed.open')}
        </a>
      </section>
      <Dialogs help={HelpDialog} />
    </div>
  );
}

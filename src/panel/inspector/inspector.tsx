/** The inspector: a list of things, or the one that is selected. */
import { useMode } from '../../store/page-mode.ts';
import { useApp, useSay } from '../../store/use-app.tsx';
import { part } from '../kit/part.tsx';

const Selected = part(() => import('./selected.tsx'));
const Things = part(() => import('./things.tsx'));

export function Inspector() {
  const say = useSay();
  const selection = useApp((state) => state.selection);
  const moved = useMode((mode) => mode.moved);
  if (selection !== null) return <Selected selection={selection} />;
  return (
    <>
      <header className="ks-side-head">
        <h2>{say('panel.nothing.title')}</h2>
        <p className="kp-mute">{say('panel.nothing.hint')}</p>
      </header>
      {moved && <Things />}
    </>
  );
}

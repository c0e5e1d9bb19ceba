/** What can be done with the selected command: switch it off, move it, take it away. */

import type { AppStore } from '../../store/app-store.ts';
import { useActions, useApp, useSay } from '../../store/use-app.tsx';
import { X } from '../kit/icons.tsx';

const WIDTH = 260;

export function CommandCard({ at, width, store }: { at: (us: number) => number; width: number; store: AppStore }) {
  const say = useSay();
  const actions = useActions();
  const command = useApp((state) => state.timeline.commands.find(({ id }) => id === state.selectedCommand) ?? null);
  if (command === null) return null;
  const left = Math.max(4, Math.min(width - WIDTH - 4, at(command.atUs) - WIDTH / 2));
  const move = (value: string): void => {
    const seconds = Number(value);
    const end = store.getState().frame?.endUs ?? 0;
    if (value === '' || !Number.isFinite(seconds)) return;
    const moveToUs = Math.max(0, Math.min(end, Math.round(seconds * 1e6)));
    if (moveToUs !== command.atUs) actions.editCommand(command.id, { moveToUs });
  };
  return (
    <section className="ks-command-card" style={{ left, width: WIDTH }} aria-label={say.phrase(command.phrase)}>
      <header>
        <b>{say.phrase(command.phrase)}</b>
        <button
          type="button"
          className="ks-icon ks-quiet"
          onClick={() => actions.selectCommand(null)}
          aria-label={say('panel.close')}
        >
          <X size={14} aria-hidden="true" />
        </button>
      </header>
      <div className="ks-command-row">
        <label>
          <span className="ks-hidden">{say('panel.command.moment')}</span>
          <input
            className="ks-input kp-mono"
            key={command.atUs}
            defaultValue={(command.atUs / 1e6).toFixed(3)}
            inputMode="decimal"
            onBlur={(event) => move(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') move(event.currentTarget.value);
            }}
          />
          <span className="kp-mute">s</span>
        </label>
        <button
          type="button"
          className="ks-btn"
          onClick={() => actions.editCommand(command.id, command.off ? 'on' : 'off')}
        >
          {say(command.off ? 'panel.command.on' : 'panel.command.off')}
        </button>
        <button type="button" className="ks-btn" onClick={() => actions.editCommand(command.id, 'delete')}>
          {say('panel.command.delete')}
        </button>
      </div>
    </section>
  );
}

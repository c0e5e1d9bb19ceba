/** Play, step, speed; the clock, and why time runs as fast as it does. */

import type { Speed } from '../../store/model.ts';
import { rateLabel, SPEEDS } from '../../store/pace.ts';
import { useActions, useApp, useSay } from '../../store/use-app.tsx';
import { Pause, Play, StepBack, StepForward } from '../kit/icons.tsx';
import { HistoryTools } from './history-tools.tsx';

function SpeedPicker() {
  const say = useSay();
  const actions = useActions();
  const speed = useApp((state) => state.player.speed);
  const shown = useApp((state) => rateLabel(state.player.rate));
  const label =
    speed === 'auto' ? say('panel.speed.auto-now', { rate: shown }) : say('panel.speed.fixed', { rate: shown });
  return (
    <label className="ks-speed">
      <span aria-hidden="true">{label}</span>
      <select
        aria-label={say('panel.speed.label')}
        value={String(speed)}
        onChange={(event) => {
          const { value } = event.target;
          actions.setSpeed(value === 'auto' ? 'auto' : (Number(value) as Speed));
        }}
      >
        <option value="auto">{say('panel.speed.auto')}</option>
        {SPEEDS.map((rate) => (
          <option key={rate} value={String(rate)}>
            {say(rate === 1 ? 'panel.speed.real' : 'panel.speed.of-real', { rate: rateLabel(rate) })}
          </option>
        ))}
      </select>
    </label>
  );
}

export function PlayerButtons() {
  const say = useSay();
  const actions = useActions();
  const playing = useApp((state) => state.player.playing);
  const ended = useApp((state) => state.frame !== null && state.frame.atUs >= state.frame.endUs);
  const atStart = useApp((state) => (state.frame?.atUs ?? 0) === 0);
  return (
    <div className="ks-play-row">
      <button
        type="button"
        className="ks-icon"
        disabled={atStart}
        onClick={() => actions.step(-1, 'request')}
        aria-label={say('app.key.back')}
        title={say('app.key.back')}
      >
        <StepBack size={15} aria-hidden="true" />
      </button>
      <button
        type="button"
        className="ks-icon ks-play"
        disabled={ended && !playing}
        onClick={actions.togglePlay}
        aria-label={say(playing ? 'panel.pause' : 'panel.play')}
        title={say(playing ? 'panel.pause' : 'panel.play')}
      >
        {playing ? (
          <Pause size={16} fill="currentColor" aria-hidden="true" />
        ) : (
          <Play size={16} fill="currentColor" aria-hidden="true" />
        )}
      </button>
      <button
        type="button"
        className="ks-icon"
        disabled={ended}
        onClick={() => actions.step(1, 'request')}
        aria-label={say('app.key.step')}
        title={say('app.key.step')}
      >
        <StepForward size={15} aria-hidden="true" />
      </button>
      <SpeedPicker />
    </div>
  );
}

export function Clock() {
  const atUs = useApp((state) => state.frame?.atUs ?? 0);
  return <output className="ks-clock">{(atUs / 1e6).toFixed(3)} s</output>;
}

/** While paused: the keys. While playing: why time goes at this speed. While the engine computes: how far it is. */
export function PaceReason() {
  const say = useSay();
  const playing = useApp((state) => state.player.playing);
  const reason = useApp((state) => state.player.reason);
  const progress = useApp((state) => state.progress);
  const ended = useApp((state) => state.frame?.waiting.kind === 'ended');
  if (progress !== null) {
    const share = progress.ofUs === 0 ? 0 : Math.round((progress.doneUs / progress.ofUs) * 100);
    return (
      <p className="ks-reason" aria-live="polite">
        {say(`panel.progress.${progress.what}`, { share })}
      </p>
    );
  }
  if (playing) return <p className="ks-reason">{say.phrase(reason)}</p>;
  return (
    <p className="ks-reason" data-keys={!ended || undefined}>
      {say(ended ? 'panel.ended' : 'panel.keys-hint')}
    </p>
  );
}

export function Controls() {
  return (
    <div className="ks-controls">
      <PlayerButtons />
      <div className="ks-clock-row">
        <Clock />
        <HistoryTools />
      </div>
      <PaceReason />
    </div>
  );
}

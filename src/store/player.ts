/**
 * The player: while it plays, each animation frame grants the engine the time up to what should be shown now. Never are
 * two grants under way, and none while another request is being answered, so that a click never finds the engine ahead.
 */
import type { AppStore } from './app-store.ts';
import { approach, FLOW_RATE, pace } from './pace.ts';

/** The clock and the frames of a screen; handed in for tests. */
export interface Screen {
  now(): number;
  requestFrame(callback: () => void): number;
  cancelFrame(id: number): void;
}

/** A page that was hidden or stuck goes on from where it was: at most this much real time counts as one frame. */
const MAX_ELAPSED_MS = 50;
/** A watched grant that ended early at a flight is taken up again at once, at most so often in one animation frame. */
const MAX_RESUMES = 12;
/** When an answer stays out for so long without any sign, the player asks again: a lost count must not stop time. */
const PATIENCE_MS = 4_000;

export function startPlayer(store: AppStore, screen: Screen): () => void {
  const { actions } = store.getState();
  let frameId: number | null = null;
  let last = screen.now();
  let rate = FLOW_RATE;
  /** Virtual time owed but not yet granted: fractions of a microsecond at slow speeds, or the rest of an early stop. */
  let owedUs = 0;
  let resumes = 0;
  let heardAt = screen.now();

  const grant = (): void => {
    const { frame, timeline, selection, player } = store.getState();
    if (frame === null || owedUs < 1) return;
    const wanted = pace({ frame, marks: timeline.marks, selection, speed: player.speed });
    const limit = Math.min(frame.endUs, wanted.untilUs === null ? Infinity : Math.max(frame.atUs + 1, wanted.untilUs));
    const toUs = Math.min(limit, frame.atUs + Math.floor(owedUs));
    actions.grant(toUs, wanted.watch);
  };

  const publish = (mode: ReturnType<typeof pace>['mode'], reason: ReturnType<typeof pace>['reason']): void => {
    const { player } = store.getState();
    const same = player.reason.key === reason.key && player.reason.params.left === reason.params.left;
    if (player.rate === rate && player.mode === mode && same) return;
    actions.setPlayer({ rate, mode, reason: same ? player.reason : reason });
  };

  const tick = (): void => {
    frameId = null;
    const now = screen.now();
    const { player, frame, timeline, selection, pending, progress } = store.getState();
    if (!player.playing) return;
    frameId = screen.requestFrame(tick);
    if (frame === null) return;
    if (pending > 0) {
      if (progress === null && now - heardAt > PATIENCE_MS) {
        heardAt = now;
        store.setState({ pending: 0, awaiting: [] });
      }
      return;
    }
    heardAt = now;
    const elapsed = Math.min(MAX_ELAPSED_MS, now - last);
    last = now;
    if (frame.atUs >= frame.endUs) {
      actions.pause();
      return;
    }
    const wanted = pace({ frame, marks: timeline.marks, selection, speed: player.speed });
    rate = player.speed === 'auto' ? approach(rate, wanted.rate, elapsed) : wanted.rate;
    // Whole microseconds that an early stop left over belonged to a faster moment; only the fraction is carried on.
    owedUs = (owedUs % 1) + rate * elapsed * 1000;
    resumes = 0;
    publish(wanted.mode, wanted.reason);
    grant();
  };

  const wake = (): void => {
    if (frameId !== null || !store.getState().player.playing) return;
    last = screen.now();
    heardAt = last;
    owedUs = 0;
    frameId = screen.requestFrame(tick);
  };

  const stop = store.subscribe((state, before) => {
    if (state.frame !== before.frame || state.progress !== before.progress) heardAt = screen.now();
    if (state.player.playing && !before.player.playing) rate = Math.min(rate, FLOW_RATE);
    wake();
    if (state.frame === before.frame || state.frame === null || before.frame === null) return;
    if (state.frame.jump !== before.frame.jump) {
      owedUs = 0;
      return;
    }
    owedUs = Math.max(0, owedUs - (state.frame.atUs - before.frame.atUs));
    // A watched grant that ended at a flight although only timers matter now: the rest of this frame's time goes on.
    const { player, pending, timeline, selection } = state;
    if (!player.playing || player.speed !== 'auto' || pending > 0 || owedUs < 1 || resumes >= MAX_RESUMES) return;
    const wanted = pace({ frame: state.frame, marks: timeline.marks, selection, speed: 'auto' });
    if (wanted.mode !== 'fast') {
      owedUs = 0;
      return;
    }
    resumes += 1;
    grant();
  });
  wake();
  return () => {
    stop();
    if (frameId !== null) screen.cancelFrame(frameId);
  };
}

export const browserScreen = (): Screen => ({
  now: () => performance.now(),
  requestFrame: (callback) => requestAnimationFrame(callback),
  cancelFrame: (id) => cancelAnimationFrame(id),
});

/** The live region: follows the page's state, and says in it what `announce.ts` finds worth saying. */
import { useEffect, useState } from 'react';
import type { AppState } from '../store/app-store.ts';
import { useMode } from '../store/page-mode.ts';
import { useAppStore, useSay } from '../store/use-app.tsx';
import { BY_HAND_MS, NOTHING, type Piece, PLAYING_MS, sentence, type Waiting } from './announce.ts';

/** Adds what a change of the state brought to what waits to be said. */
export function hear(waiting: Waiting, state: AppState, before: AppState): Waiting {
  let next = waiting;
  if (state.refusal !== null && state.refusal !== before.refusal) next = { ...next, refused: state.refusal.message };
  const { frame, timeline } = state;
  if (frame === null || before.frame === null) return next;
  const moved = frame.jump !== before.frame.jump;
  if (!state.player.playing && frame !== before.frame && (moved || frame.atUs !== before.frame.atUs)) {
    next = { ...next, moment: { atUs: frame.atUs, caption: frame.waiting.phrase } };
  }
  if (moved) return { ...next, lines: [], counts: NOTHING.counts, lost: 0 };
  if (timeline !== before.timeline) {
    const last = before.timeline.lines.at(-1)?.id ?? -1;
    const fresh = timeline.lines.slice(-40).filter(({ id }) => id > last);
    const marked = before.timeline.marks.at(-1)?.id ?? -1;
    const counts = { ...next.counts };
    for (const { id, lane } of timeline.marks.slice(-40)) {
      if (id > marked && lane in counts) counts[lane as keyof typeof counts] += 1;
    }
    next = { ...next, counts, lines: [...next.lines, ...fresh.map(({ phrase, tone }) => ({ line: phrase, tone }))] };
  }
  const lost = frame.totals.lost - before.frame.totals.lost;
  return lost > 0 ? { ...next, lost: next.lost + lost } : next;
}

export function Announcer() {
  const say = useSay();
  const store = useAppStore();
  const on = useMode((mode) => mode.announce);
  const [said, setSaid] = useState<readonly Piece[]>([]);
  useEffect(() => {
    if (!on) return;
    let waiting: Waiting = { ...NOTHING, sinceMs: performance.now() };
    let timer: ReturnType<typeof setTimeout> | null = null;
    let lastMs = 0;
    const speak = (): void => {
      timer = null;
      const now = performance.now();
      const pieces = sentence(waiting, now, store.getState().player.playing);
      waiting = { ...NOTHING, sinceMs: now };
      if (pieces === null) return;
      lastMs = now;
      setSaid(pieces);
    };
    const stop = store.subscribe((state, before) => {
      const next = hear(waiting, state, before);
      if (next === waiting) return;
      waiting = next;
      if (timer !== null) return;
      const gap = state.player.playing ? PLAYING_MS : BY_HAND_MS;
      timer = setTimeout(speak, Math.max(300, lastMs + gap - performance.now()));
    });
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, [on, store]);
  return (
    <p className="ks-hidden" role="status" aria-live="polite" aria-atomic="true" data-announcer>
      {on ? said.map((piece) => (typeof piece === 'string' ? piece : say.phrase(piece))).join(' ') : ''}
    </p>
  );
}

/**
 * First-visit hints: one at a time, beside what it points at and never over it. A hint is done when its thing was used or the
 * hint was put away; then it never comes back.
 */
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { AppState } from '../store/app-store.ts';
import { pageMode, useMode } from '../store/page-mode.ts';
import { useApp, useAppStore, useSay } from '../store/use-app.tsx';
import './hints.css';

interface Hint {
  readonly name: 'play' | 'break' | 'value' | 'ledger';
  /** What it points at; the first one that is in view. */
  readonly at: string;
  /** Whether what it asks for has been done. */
  done(state: AppState, before: AppState): boolean;
}

export const HINTS: readonly Hint[] = [
  {
    name: 'play',
    at: '.ks-play-row',
    done: (state, before) => state.player.playing !== before.player.playing,
  },
  {
    name: 'break',
    at: '.ks [data-action="menu"]',
    done: (state, before) =>
      (state.menu !== null && before.menu === null) || state.timeline.commands.length > before.timeline.commands.length,
  },
  {
    name: 'value',
    at: '.ks-things, .ks-parameters, .ks-side-body, .ks-side',
    done: (state, before) => state.selection !== before.selection && state.selection !== null,
  },
  {
    name: 'ledger',
    at: '.ks-numbers',
    done: (state, before) => state.dialog?.kind === 'ledger' && before.dialog === null,
  },
];

const GAP = 10;
const EDGE = 8;

interface Place {
  readonly left: number;
  readonly top: number;
  readonly arrow: { readonly side: 'top' | 'bottom' | 'left' | 'right'; readonly at: number };
}

/** Beside the target: above, below, left or right of it, wherever there is room; null when there is none. */
export function beside(
  target: { left: number; top: number; right: number; bottom: number },
  box: { width: number; height: number },
  window: { width: number; height: number },
): Place | null {
  const { width, height } = box;
  const clamp = (value: number, most: number): number => Math.max(EDGE, Math.min(value, most - EDGE));
  const midX = (target.left + target.right) / 2;
  const midY = (target.top + target.bottom) / 2;
  const left = clamp(midX - width / 2, window.width - width);
  const top = clamp(midY - height / 2, window.height - height);
  const alongX = Math.max(14, Math.min(width - 14, midX - left));
  const alongY = Math.max(14, Math.min(height - 14, midY - top));
  if (target.top - GAP - height >= EDGE)
    return { left, top: target.top - GAP - height, arrow: { side: 'bottom', at: alongX } };
  if (target.bottom + GAP + height <= window.height - EDGE)
    return { left, top: target.bottom + GAP, arrow: { side: 'top', at: alongX } };
  if (target.left - GAP - width >= EDGE)
    return { left: target.left - GAP - width, top, arrow: { side: 'right', at: alongY } };
  if (target.right + GAP + width <= window.width - EDGE)
    return { left: target.right + GAP, top, arrow: { side: 'left', at: alongY } };
  return null;
}

function inView(selector: string): DOMRect | null {
  for (const element of document.querySelectorAll(selector)) {
    const rect = element.getBoundingClientRect();
    if (rect.width > 0 && rect.top >= 0 && rect.bottom <= innerHeight && rect.left >= 0 && rect.right <= innerWidth)
      return rect;
  }
  return null;
}

const finish = (names: readonly string[]): void => {
  pageMode.setState(({ hinted }) => ({ hinted: [...new Set([...hinted, ...names])] }));
};

function One({ hint, n }: { hint: Hint; n: number }) {
  const say = useSay();
  const box = useRef<HTMLElement>(null);
  const [place, setPlace] = useState<Place | null>(null);
  useLayoutEffect(() => {
    const put = (): void => {
      const target = inView(hint.at);
      const { offsetWidth: width = 0, offsetHeight: height = 0 } = box.current ?? {};
      const next =
        target === null ? null : beside(target, { width, height }, { width: innerWidth, height: innerHeight });
      setPlace((now) => (JSON.stringify(now) === JSON.stringify(next) ? now : next));
    };
    put();
    // What it points at moves with the layout of the stage; four times a second is enough for a bubble.
    const timer = setInterval(put, 250);
    return () => clearInterval(timer);
  }, [hint]);
  return (
    <aside
      ref={box}
      className="ks-hint"
      aria-label={say('hint.label', { n, of: HINTS.length })}
      data-side={place?.arrow.side}
      style={place === null ? { visibility: 'hidden' } : { left: place.left, top: place.top }}
    >
      {place !== null && (
        <i
          aria-hidden="true"
          style={
            place.arrow.side === 'top' || place.arrow.side === 'bottom'
              ? { left: place.arrow.at }
              : { top: place.arrow.at }
          }
        />
      )}
      <p>{say(`hint.${hint.name}`)}</p>
      <p className="ks-hint-foot">
        <button type="button" className="ks-btn" onClick={() => finish([hint.name])}>
          {say('hint.done')}
        </button>
        <button type="button" className="ks-link ks-small" onClick={() => finish(HINTS.map(({ name }) => name))}>
          {say('hint.none')}
        </button>
      </p>
    </aside>
  );
}

export function Hints() {
  const store = useAppStore();
  const hinted = useMode((mode) => mode.hinted);
  const lab = useMode((mode) => mode.lab);
  // A lesson under way leads by itself; a dialog, a menu or a sheet covers what a hint would point at.
  const quiet = useApp(
    (state) =>
      (state.lesson !== null && state.lesson.step > 0) ||
      state.dialog !== null ||
      state.menu !== null ||
      state.sheet !== null ||
      state.frame === null,
  );
  useEffect(
    () =>
      store.subscribe((state, before) => {
        const { hinted: gone } = pageMode.getState();
        const done = HINTS.filter((hint) => !gone.includes(hint.name) && hint.done(state, before));
        if (done.length > 0) finish(done.map(({ name }) => name));
      }),
    [store],
  );
  const index = HINTS.findIndex(({ name }) => !hinted.includes(name));
  const hint = HINTS[index];
  if (hint === undefined || quiet || lab) return null;
  return <One key={hint.name} hint={hint} n={index + 1} />;
}

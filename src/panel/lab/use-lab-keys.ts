/** The lab's keys: they go before the page's own, which are of the cluster beneath. */

import { useEffect, useRef } from 'react';
import { LAB_VARIANTS } from '../../protocol/lab.ts';

import { useAppStore } from '../../store/use-app.tsx';
import type { TimeView } from './lab-stage.tsx';
import { useLabStore } from './use-lab.tsx';

const ZOOM = 1.6;
const PAN = 0.2;

/** Whether the key belongs to what has the focus. */
function elsewhere(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof Element)) return false;
  if (target.closest('dialog, [role="menu"]') !== null) return true;
  if (target.matches('input, textarea, select')) return !(target.matches('[type="checkbox"]') && event.key !== ' ');
  if (event.key === ' ' || event.key === 'Enter') return target.matches('button, a, summary, [role="tab"]');
  if (target.closest('[role="tablist"], .ks-seg') !== null) return /^Arrow/.test(event.key);
  return /^(Arrow|Page|Home|End)/.test(event.key) && target.matches('pre, .kl-figures, [role="slider"]');
}

export function useLabKeys(time: TimeView): void {
  const app = useAppStore();
  const store = useLabStore();
  const now = useRef(time);
  useEffect(() => {
    now.current = time;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || elsewhere(event)) return;
      const state = store.getState();
      const { actions, variants, view, atUs } = state;
      const { domain } = now.current;
      const middle = atUs ?? (domain.fromUs + domain.toUs) / 2;
      const length = domain.toUs - domain.fromUs;
      const shown = view === 'partitions' || view === 'members' || view === 'figures';
      const number = Number(event.key);
      if (event.key === '?') {
        event.preventDefault();
        app.getState().actions.openDialog({ kind: 'help' });
        return;
      }
      if (!shown) return;
      if (event.key === 'ArrowRight') event.shiftKey ? now.current.pan(length * PAN) : actions.stepBy(1);
      else if (event.key === 'ArrowLeft') event.shiftKey ? now.current.pan(-length * PAN) : actions.stepBy(-1);
      else if (event.key === 'Home') actions.stepToEnd('first');
      else if (event.key === 'End') actions.stepToEnd('last');
      else if (event.key === ' ') actions.play(!state.playing);
      else if (event.key === '+' || event.key === '=') now.current.zoom(middle, 1 / ZOOM);
      else if (event.key === '-') now.current.zoom(middle, ZOOM);
      else if (event.key === '0') now.current.fit();
      else if (event.key === 'm') actions.setView(view === 'members' ? 'partitions' : 'members');
      else if (number >= 1 && number <= variants.length) {
        const wanted = LAB_VARIANTS.filter((each) => variants.includes(each))[number - 1];
        if (wanted !== undefined) actions.select(wanted);
      } else return;
      event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [app, store]);
}

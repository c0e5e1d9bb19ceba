import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { useMode } from '../store/page-mode.ts';

export interface KeyActions {
  select(stop: Element): void;
  menu(stop: Element): void;
  /** Explains the first word that stands in it; false where there is none. */
  term(stop: Element): boolean;
  scroll(partition: string, by: number | 'start' | 'end'): void;
}

/** What keys do comes after the first motion; before it the stage hears none. */
let stageKeys: typeof import('./stage-keys.ts') | null = null;

/** One stop in the page's tab order; arrows move inside the stage, Enter selects, o opens the menu. */
export function useKeyboard(
  root: RefObject<HTMLElement | null>,
  actions: KeyActions,
): { onKeyDown(event: KeyboardEvent): void; onFocus(event: { target: EventTarget }): void } {
  const current = useRef<Element | null>(null);
  const moved = useMode((mode) => mode.moved);
  useEffect(() => {
    if (moved) import('./stage-keys.ts').then((module) => (stageKeys = module)).catch(() => undefined);
  }, [moved]);
  // After every render: exactly one stop can be tabbed to, also when the one that had it is gone.
  useLayoutEffect(() => {
    const stage = root.current;
    if (stage === null) return;
    if (current.current !== null && stage.contains(current.current)) {
      if (current.current.getAttribute('tabindex') !== '0') current.current.setAttribute('tabindex', '0');
      return;
    }
    const first = stage.querySelector('[data-stop]');
    first?.setAttribute('tabindex', '0');
    current.current = first;
  });
  const move = (to: Element): void => {
    current.current?.setAttribute('tabindex', '-1');
    to.setAttribute('tabindex', '0');
    current.current = to;
  };
  return {
    onFocus(event) {
      const stop = event.target instanceof Element ? event.target.closest('[data-stop]') : null;
      if (stop !== null) move(stop);
    },
    onKeyDown(event) {
      stageKeys?.onStageKey(event, root.current, actions);
    },
  };
}

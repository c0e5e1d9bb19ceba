/** What keys do on the stage: it comes after the first motion, so that the first load stays small. */
import type { KeyboardEvent } from 'react';
import type { KeyActions } from './use-keyboard.ts';

const STEP: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const contains = (outer: Box, inner: Box): boolean =>
  inner.x >= outer.x - 3 &&
  inner.y >= outer.y - 3 &&
  inner.x + inner.width <= outer.x + outer.width + 3 &&
  inner.y + inner.height <= outer.y + outer.height + 3;

/** What stands at the side of a tall or wide thing is not below or behind it. */
function beside(here: Box, box: Box, direction: readonly [number, number]): boolean {
  if (direction[1] !== 0)
    return (
      box.y >= here.y && box.y + box.height <= here.y + here.height && !meets(here.x, here.width, box.x, box.width)
    );
  return box.x >= here.x && box.x + box.width <= here.x + here.width && !meets(here.y, here.height, box.y, box.height);
}

const meets = (a: number, aSize: number, b: number, bSize: number): boolean => a < b + bSize && b < a + aSize;

/**
 * The nearest in a direction; what lies straight ahead counts as nearer than what lies aside. A button inside a thing
 * is entered by going down or right and left by going up or left. -1: none.
 */
export function nearest(boxes: readonly Box[], from: number, direction: readonly [number, number]): number {
  const here = boxes[from];
  if (here === undefined) return -1;
  const inward = direction[0] + direction[1] > 0;
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  boxes.forEach((box, i) => {
    if (i === from) return;
    const dx = box.x + box.width / 2 - (here.x + here.width / 2);
    const dy = box.y + box.height / 2 - (here.y + here.height / 2);
    let ahead = dx * direction[0] + dy * direction[1];
    const aside = Math.abs(dx * direction[1]) + Math.abs(dy * direction[0]);
    if (contains(here, box)) {
      if (!inward || ahead < 2) return;
      ahead = 1;
    } else if (contains(box, here)) {
      if (inward) return;
      ahead = 1;
    } else if (ahead < 2 || aside > ahead * 6 + 40 || beside(here, box, direction)) return;
    const cost = ahead + aside * (ahead === 1 ? 0.2 : 2.5);
    if (cost < least) {
      least = cost;
      best = i;
    }
  });
  return best;
}

/** Arrows move inside the stage, Enter selects, o opens the menu, g explains a word, Shift and arrows scroll a log. */
export function onStageKey(event: KeyboardEvent, stage: HTMLElement | null, actions: KeyActions): void {
  const stop = event.target instanceof Element ? event.target.closest('[data-stop]') : null;
  if (stage === null || stop === null || event.ctrlKey || event.metaKey || event.altKey) return;
  const thing = stop.getAttribute('data-thing') ?? stop.getAttribute('data-for') ?? '';
  const partition = /^(?:partition:|replica:)(.+?)(?:@\d+)?$/.exec(thing)?.[1];
  const direction = STEP[event.key];
  if (direction !== undefined && event.shiftKey && direction[0] !== 0 && partition !== undefined)
    actions.scroll(partition, direction[0]);
  else if (direction !== undefined) step(stage, stop, direction);
  else if (event.key === 'Enter' || event.key === ' ') actions.select(stop);
  else if (event.key === 'o' || event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))
    actions.menu(stop);
  else if (event.key === 'g' && actions.term(stop)) {
    // Done: the glossary is open.
  } else if ((event.key === 'Home' || event.key === 'End') && partition !== undefined)
    actions.scroll(partition, event.key === 'Home' ? 'start' : 'end');
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function step(stage: HTMLElement, stop: Element, direction: readonly [number, number]): void {
  const stops = [...stage.querySelectorAll('[data-stop]')];
  // What is clipped away still counts in an SVG group's box: such a thing marks the part that is its place.
  const boxes = stops.map((s) => (s.querySelector(':scope > [data-box]') ?? s).getBoundingClientRect());
  const next = stops[nearest(boxes, stops.indexOf(stop), direction)];
  if (next instanceof SVGElement || next instanceof HTMLElement) {
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
}

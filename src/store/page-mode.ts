/**
 * How the page is worn, apart from what is on it: embedded in somebody else's page, large for a projector, with or without
 * announcements. Read once from the address and from storage; storage that is blocked costs nothing but the memory of it.
 */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

export interface PageMode {
  /** `?embed`: the stage, its sentence and the clock, nothing that is kept or asked. */
  readonly embed: boolean;
  /** Larger text and strokes, for the back row. */
  readonly presenter: boolean;
  /** What happens is said in a live region for screen readers. */
  readonly announce: boolean;
  /** First-visit hints that are done with, by name. */
  readonly hinted: readonly string[];
  /** A lab stands over the cluster. */
  readonly lab: boolean;
  /** The clock has moved on from the first picture (or stands still on purpose): what one asks for may load. */
  readonly moved: boolean;
  /** The first motion is over: what can wait may load. */
  readonly late: boolean;
  /** A new version waits; calling it brings the page to it. */
  readonly update: (() => void) | null;
}

/** Whether the address asks for a lab. */
export const isLab = (hash = location.hash): boolean => /^#(lab|batch)(\?|$)/.test(hash);

const KEPT = 'kafkascope.page';

/** Where the choices are kept; null where there is no storage at all. */
function read(): Readonly<Record<string, unknown>> {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(KEPT) ?? '{}');
    return typeof saved === 'object' && saved !== null ? (saved as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function first(): PageMode {
  const asked = new URLSearchParams(typeof location === 'undefined' ? '' : location.search);
  const embed = asked.has('embed');
  const saved = embed ? {} : read();
  return {
    embed,
    presenter: saved.presenter === true,
    // In somebody else's page nothing speaks unless it was asked to.
    announce: embed ? asked.has('announce') : saved.announce !== false,
    hinted: Array.isArray(saved.hinted) ? saved.hinted.filter((name) => typeof name === 'string') : [],
    lab: !embed && typeof location !== 'undefined' && isLab(),
    moved: false,
    late: false,
    update: null,
  };
}

export const pageMode = createStore<PageMode>(first);

pageMode.subscribe(({ embed, presenter, announce, hinted }) => {
  if (embed) return;
  try {
    localStorage.setItem(KEPT, JSON.stringify({ presenter, announce, hinted }));
  } catch {
    // It holds for this visit.
  }
});

export const useMode = <T>(pick: (mode: PageMode) => T): T => useStore(pageMode, pick);

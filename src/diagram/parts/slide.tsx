import { type ReactElement, type ReactNode, useRef } from 'react';
import { scrollStep } from '../axis.ts';
import type { Layout } from '../layout.ts';

/** Where a column's window stands, and whether it comes there by sliding. */
export interface Window {
  readonly base: number;
  readonly ease: boolean;
  /** Another world, branch or jump: nothing slides from there to here. */
  readonly run: string;
}

/** What slides is drawn from the last multiple of this, so that a step of the window moves one group and no record. */
const ORIGIN = 240;
/** Steps that come faster than this are not eased: the picture would lag behind the truth. */
const LEAST_MS = 260;

export const sameWindow = (a: Window, b: Window): boolean => a.base === b.base && a.ease === b.ease && a.run === b.run;

export function useWindow(base: number, slots: number, free: boolean, run: string): Window {
  const last = useRef({ window: { base, ease: false, run } as Window, at: 0 });
  const before = last.current.window;
  if (before.base !== base || before.run !== run) {
    const now = performance.now();
    const ease =
      free &&
      before.run === run &&
      Math.abs(base - before.base) <= scrollStep(slots) &&
      now - last.current.at > LEAST_MS;
    last.current = { window: { base, ease, run }, at: now };
  }
  return last.current.window;
}

const originOf = (base: number): number => Math.floor(base / ORIGIN) * ORIGIN;

/** The left edge of the first slot shown, in the sliding group's coordinates. */
export const slideX0 = (layout: Layout, base: number): number => layout.pad + (base - originOf(base)) * layout.pitch;

/** A group that holds offsets and slides when the window steps. */
export function Slide(props: {
  readonly layout: Layout;
  readonly window: Window;
  readonly children: ReactNode;
}): ReactElement {
  const { base, ease, run } = props.window;
  const origin = originOf(base);
  return (
    <g
      key={`${run}/${origin}`}
      className={ease ? 'ks-slide' : undefined}
      style={{ transform: `translateX(${-(base - origin) * props.layout.pitch}px)` }}
    >
      {props.children}
    </g>
  );
}

/** What slides is seen only inside its column: one clip for the rows of all columns, one for the readers' tracks. */
export function SlideClips(props: { readonly layout: Layout; readonly id: string }): ReactElement {
  const { layout } = props;
  return (
    <>
      <clipPath id={`${props.id}-row`}>
        <rect
          x={layout.pad - 6}
          y={-24}
          width={layout.columnWidth - 2 * layout.pad + 12}
          height={layout.rowHeight + 48}
        />
      </clipPath>
      <clipPath id={`${props.id}-track`}>
        <rect x={layout.pad} y={-6} width={layout.columnWidth - 2 * layout.pad} height={24} rx={3} />
      </clipPath>
    </>
  );
}

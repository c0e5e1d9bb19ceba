import { type ReactElement, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { Frame, ThingId } from '../protocol/frame.ts';
import type { Places } from './flight-path.ts';
import { drawnFlights, RouteCache } from './flights.ts';
import { paintFlights } from './flights-canvas.ts';
import type { Layout } from './layout.ts';
import { rememberFlights } from './painted.ts';
import { type Palette, readPalette } from './palette.ts';
import { scheduler } from './scheduler.ts';
import type { Size } from './use-size.ts';

/** The canvas above everything that stands. It is as large as the visible part and moves with the scrolling itself. */
export function FlightLayer(props: {
  readonly frame: Frame;
  readonly layout: Layout;
  readonly places: Places;
  readonly size: Size;
  readonly selection: ThingId | null;
  readonly theme: 'light' | 'dark';
  readonly reducedMotion: boolean;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly name: string;
}): ReactElement {
  const canvas = useRef<HTMLCanvasElement>(null);
  const cache = useRef(new RouteCache());
  const palette = useRef<{ theme: string; colours: Palette } | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const paint = useRef(() => {
    const p = latest.current;
    const element = canvas.current;
    const scroller = p.scroller.current;
    const ctx = element?.getContext('2d') ?? null;
    if (element === null || scroller === null || ctx === null) return;
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    const width = Math.round(p.size.width * ratio);
    const height = Math.round(p.size.height * ratio);
    if (element.width !== width || element.height !== height) {
      element.width = width;
      element.height = height;
    }
    if (palette.current?.theme !== p.theme) palette.current = { theme: p.theme, colours: readPalette(element) };
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    const scrolls = p.layout.width > p.size.width;
    const view = {
      width: p.size.width,
      height: p.size.height,
      scrollX: scroller.scrollLeft,
      scrollY: scroller.scrollTop,
      clipLeft: scrolls && scroller.scrollLeft > 0 ? p.layout.headWidth : 0,
      thick: p.layout.mode === 'cells' ? 7 : p.layout.mode === 'bars' ? 4.5 : 3.2,
      tracks: p.layout.mode !== 'stripes',
      reducedMotion: p.reducedMotion,
      fontSize: p.layout.text,
    };
    const items = drawnFlights(p.frame, p.selection, p.layout, p.places, cache.current);
    rememberFlights(element, items, view.thick);
    paintFlights(ctx, view, items, palette.current.colours);
  });
  // Every render of the stage is a new moment.
  useLayoutEffect(() => scheduler.schedule(`flights:${props.name}`, paint.current));
  useEffect(() => {
    const name = `flights:${props.name}`;
    const element = props.scroller.current;
    const again = (): void => scheduler.schedule(name, paint.current);
    element?.addEventListener('scroll', again, { passive: true });
    return () => {
      element?.removeEventListener('scroll', again);
      scheduler.cancel(name);
    };
  }, [props.name, props.scroller]);
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas without tabIndex cannot be focused.
    <canvas
      ref={canvas}
      className="ks-flights"
      style={{ width: props.size.width, height: props.size.height }}
      aria-hidden="true"
    />
  );
}

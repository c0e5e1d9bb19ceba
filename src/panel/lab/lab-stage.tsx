/** All variants one above another on one axis of time, and over all of them the cursor. */

import { Minus, Plus } from 'lucide-react';
import { type PointerEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { runsOf } from '../../store/lab.ts';
import { useSay } from '../../store/use-app.tsx';
import { type Domain, type LaneBox, ticks, xScale } from '../time-strip/lane-math.ts';
import { useSize } from '../time-strip/use-size.ts';
import { Cursor } from './cursor.tsx';
import { fitted, followed, MOST_NAMED, panned, pitchFor, wholeOf, zoomed } from './geometry.ts';
import { Legend } from './legend.tsx';
import { useLab, useLabActions } from './use-lab.tsx';
import { CARD_HEAD, VariantCard } from './variant-card.tsx';

/** From the edge of the lanes to a card, and from its border to what is drawn in it (lab.css says the same). */
const PADS = { wide: { outer: 14, inner: 14 }, narrow: { outer: 6, inner: 8 } } as const;
const BORDER = 1;
const NAMES_WIDE = 112;
const NAMES_NARROW = 66;
const RIGHT = 2;
const NARROW = 620;
const CARD_GAP = 10;
const ZOOM_STEP = 1.6;

/** The part of time that is shown, and what moves it. */
export interface TimeView {
  readonly domain: Domain;
  readonly whole: Domain;
  zoom(aboutUs: number, factor: number): void;
  pan(byUs: number): void;
  fit(): void;
  readonly chosen: boolean;
}

export function useTimeView(): TimeView {
  const actions = useLabActions();
  const lanes = useLab((state) => state.lanes);
  const own = useLab((state) => state.domain);
  const atUs = useLab((state) => state.atUs);
  const runs = useMemo(() => runsOf(lanes), [lanes]);
  const whole = useMemo(() => wholeOf(runs), [runs]);
  const fit = useMemo(() => fitted(runs), [runs]);
  const domain = useMemo(() => {
    const wanted = own ?? fit;
    return atUs === null ? wanted : followed(wanted, whole, atUs);
  }, [own, fit, whole, atUs]);
  // What the cursor has drawn along stays: it does not spring back when the cursor returns.
  useEffect(() => {
    if (domain !== (own ?? fit)) actions.setDomain(domain);
  }, [domain, own, fit, actions]);
  return {
    domain,
    whole,
    zoom: (aboutUs, factor) => actions.setDomain(zoomed(domain, whole, aboutUs, factor)),
    pan: (byUs) => actions.setDomain(panned(domain, whole, byUs)),
    fit: () => actions.setDomain(null),
    chosen: own !== null,
  };
}

/** The wheel zooms over the axis, with Ctrl, and wherever there is nothing to scroll; sideways it pans. */
function useWheel(
  root: RefObject<HTMLElement | null>,
  scroller: RefObject<HTMLElement | null>,
  box: LaneBox,
  time: TimeView,
): void {
  const now = useRef({ box, time });
  useEffect(() => {
    now.current = { box, time };
  });
  useEffect(() => {
    const element = root.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent): void => {
      const {
        box: { left, right },
        time: { domain, zoom, pan },
      } = now.current;
      const length = domain.toUs - domain.fromUs;
      const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
      const inner = scroller.current;
      const overAxis = (event.target as Element).closest('.kl-axis') !== null;
      const scrolls = inner !== null && inner.scrollHeight > inner.clientHeight + 1;
      if (sideways) pan(((event.deltaX !== 0 ? event.deltaX : event.deltaY) / 600) * length);
      else if (event.ctrlKey || event.metaKey || overAxis || !scrolls) {
        const x = event.clientX - element.getBoundingClientRect().left;
        zoom(domain.fromUs + ((x - left) / (right - left)) * length, Math.exp(event.deltaY / 400));
      } else return;
      event.preventDefault();
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [root, scroller]);
}

function Axis({ box, width, time }: { box: LaneBox; width: number; time: TimeView }) {
  const say = useSay();
  const atUs = useLab((state) => state.atUs);
  const drag = useRef<{ x: number; from: number } | null>(null);
  const { domain } = time;
  const x = xScale(domain, box);
  const perPixel = (domain.toUs - domain.fromUs) / (box.right - box.left);
  const middle = atUs ?? (domain.fromUs + domain.toUs) / 2;
  const onPointerDown = (event: PointerEvent<SVGSVGElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, from: domain.fromUs };
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (drag.current !== null)
      time.pan(drag.current.from - domain.fromUs - (event.clientX - drag.current.x) * perPixel);
  };
  return (
    <div className="kl-axis">
      <svg
        width={width}
        height={30}
        aria-hidden="true"
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          drag.current = null;
        }}
        onDoubleClick={time.fit}
      >
        {ticks(domain, box.right - box.left).map(({ us, label }) => (
          <g key={us}>
            <line x1={x(us)} x2={x(us)} y1={0} y2={5} />
            <text x={Math.max(box.left + 8, Math.min(box.right - 14, x(us)))} y={19} textAnchor="middle">
              {say.language === 'zh' ? label.replace(' s', ' 秒') : label}
            </text>
          </g>
        ))}
      </svg>
      <div className="kl-zoom">
        <button
          type="button"
          className="ks-icon ks-quiet"
          aria-label={say('lab.zoom.in')}
          title={say('lab.zoom.in')}
          onClick={() => time.zoom(middle, 1 / ZOOM_STEP)}
        >
          <Plus size={14} aria-hidden="true" />
        </button>
        <button
          type="button"
          className="ks-icon ks-quiet"
          aria-label={say('lab.zoom.out')}
          title={say('lab.zoom.out')}
          onClick={() => time.zoom(middle, ZOOM_STEP)}
        >
          <Minus size={14} aria-hidden="true" />
        </button>
        <button
          type="button"
          className="ks-icon ks-quiet kl-fit"
          disabled={!time.chosen}
          title={say('lab.zoom.fit')}
          onClick={time.fit}
        >
          {say('lab.zoom.fit.short')}
        </button>
      </div>
    </div>
  );
}

export function LabStage({ time }: { time: TimeView }) {
  const say = useSay();
  const actions = useLabActions();
  const root = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const { width: inner, height } = useSize(scroller);
  const lanes = useLab((state) => state.lanes);
  const asked = useLab((state) => state.variants.length);
  const stale = useLab((state) => state.running !== null && state.lanes.length > 0);
  const ready = lanes.length > 0;
  const drawn = ready && inner > 0 && runsOf(lanes).length > 0;
  const narrow = inner < NARROW;
  const pads = narrow ? PADS.narrow : PADS.wide;
  const offset = pads.outer + BORDER + pads.inner;
  const width = Math.max(240, inner - 2 * offset);
  const names = narrow ? NAMES_NARROW : NAMES_WIDE;
  const card = useMemo<LaneBox>(() => ({ left: names, right: width - RIGHT }), [names, width]);
  const box: LaneBox = { left: card.left + offset, right: card.right + offset };
  const count = Math.max(0, ...runsOf(lanes).map(({ partitions }) => partitions.length));
  const pitch = count > MOST_NAMED ? 16 : pitchFor(height, Math.max(1, asked), count, CARD_HEAD + CARD_GAP);
  const x = xScale(time.domain, box);
  useWheel(root, scroller, box, time);

  const [dragging, setDragging] = useState(false);
  const toPointer = (event: PointerEvent): void => {
    const at = x.invert(event.clientX - root.current!.getBoundingClientRect().left);
    actions.play(false);
    actions.setAt(Math.max(time.domain.fromUs, Math.min(time.domain.toUs, at)));
  };
  const pressed = useRef<number | null>(null);
  return (
    <div
      ref={root}
      className="kl-stage"
      data-dragging={dragging || undefined}
      onPointerDown={(event) => {
        const target = event.target as Element;
        const offset = event.clientX - root.current!.getBoundingClientRect().left;
        if (event.button !== 0 || offset < box.left - 4 || offset > box.right + 4) return;
        if (target.closest('.kl-cursor') !== null) {
          setDragging(true);
          root.current!.setPointerCapture(event.pointerId);
        } else if (target.closest('.kl-drawing') !== null) pressed.current = event.clientX;
      }}
      onPointerMove={(event) => {
        // A press that goes sideways drags the cursor; one that stands still belongs to what is under it.
        if (!dragging && pressed.current !== null && Math.abs(event.clientX - pressed.current) > 4) {
          setDragging(true);
          root.current!.setPointerCapture(event.pointerId);
        }
        if (dragging) toPointer(event);
      }}
      onPointerUp={() => {
        setDragging(false);
        pressed.current = null;
      }}
      onPointerCancel={() => {
        setDragging(false);
        pressed.current = null;
      }}
    >
      <div className="kl-lanes" ref={scroller} data-stale={stale || undefined}>
        {inner > 0 &&
          lanes.map((each) => (
            <VariantCard key={each.variant} lanes={each} domain={time.domain} box={card} width={width} pitch={pitch} />
          ))}
        {!ready && <p className="kl-waiting">{say('lab.waiting')}</p>}
        {drawn && <Legend />}
      </div>
      {drawn && <Axis box={box} width={inner} time={time} />}
      {drawn && <Cursor x={x} box={box} whole={time.whole} />}
    </div>
  );
}

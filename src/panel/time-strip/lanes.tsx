/** The lanes: what happened when. The playhead is dragged, the wheel zooms, commands are selected and moved. */
import { type PointerEvent as ReactPointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useActions, useApp, useAppStore, useSay } from '../../store/use-app.tsx';
import { part } from '../kit/part.tsx';
import { type Domain, flagLabels, follow, ownDomain, pan, ticks, xScale, zoom } from './lane-math.ts';
import { LaneMarks, LaneShapes, lanesOf, OpenSpans } from './lane-shapes.tsx';
import { Playhead } from './playhead.tsx';
import { useSize } from './use-size.ts';

const LABEL_WIDTH = 84;
const RIGHT = 20;
const TOP = 8;
const AXIS = 22;
/** Half of a figure on the axis: figures under a flag's name make room. */
const FIGURE_HALF = 22;

const Flags = part(() => import('./flags.tsx'));
const CommandCard = part(async () => ({ default: (await import('./command-card.tsx')).CommandCard }));

export function Lanes() {
  const say = useSay();
  const store = useAppStore();
  const actions = useActions();
  const root = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const { width, height } = useSize(root);
  const [chosen, setChosen] = useState<Domain | null>(null);
  const timeline = useApp((state) => state.timeline);
  const endUs = useApp((state) => state.frame?.endUs ?? 30_000_000);
  const atUs = useApp((state) => state.frame?.atUs ?? 0);
  const knownUs = Math.max(atUs, timeline.requests.length * timeline.bucketUs, timeline.commands.at(-1)?.atUs ?? 0);
  const own = ownDomain(knownUs, endUs);
  const followed = chosen === null ? null : follow(chosen, atUs, endUs);
  const fromUs = (followed ?? own).fromUs;
  const toUs = (followed ?? own).toUs;
  const domain = useMemo(() => ({ fromUs, toUs }), [fromUs, toUs]);
  if (followed !== null && followed !== chosen) setChosen(followed);

  const box = useMemo(() => ({ left: LABEL_WIDTH, right: Math.max(LABEL_WIDTH + 40, width - RIGHT) }), [width]);
  const x = useMemo(() => xScale(domain, box), [domain, box]);
  const labels = flagLabels(
    timeline.commands.map(({ id, atUs: at, phrase }) => ({ id, x: x(at), name: say.phrase(phrase) })),
    box,
    say.language === 'zh' ? 12 : 11,
  );
  const selection = useApp((state) => state.selection);
  const chosenCommand = useApp((state) => state.selectedCommand !== null);
  const hasFlags = useApp((state) => state.timeline.commands.length + state.bookmarks.length > 0);
  const hasGroups = useApp((state) => (state.frame?.groups.length ?? 0) > 0);
  const lanes = useMemo(() => lanesOf(hasGroups), [hasGroups]);
  const laneHeight = (height - TOP - AXIS) / lanes.length;
  const bottom = height - AXIS;

  // React listens to wheels passively; zooming must keep the page from scrolling.
  useEffect(() => {
    const element = svg.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const about = x.invert(event.clientX - element.getBoundingClientRect().left);
      const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
      const delta = sideways && event.deltaX !== 0 ? event.deltaX : event.deltaY;
      if (sideways) setChosen(pan(domain, (delta / 600) * (domain.toUs - domain.fromUs), endUs));
      else setChosen(zoom(domain, about, Math.exp(delta / 400), endUs));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [x, domain, endUs]);

  const seekTo = (event: ReactPointerEvent): void => {
    const rect = svg.current!.getBoundingClientRect();
    actions.seek(x.invert(Math.max(box.left, Math.min(box.right, event.clientX - rect.left))));
  };
  const onPointerDown = (event: ReactPointerEvent<SVGSVGElement>): void => {
    if (event.button !== 0 || event.clientX - event.currentTarget.getBoundingClientRect().left < LABEL_WIDTH - 6)
      return;
    event.currentTarget.setPointerCapture(event.pointerId);
    actions.pause();
    actions.selectCommand(null);
    seekTo(event);
  };

  return (
    <div className="ks-lanes" ref={root}>
      {width > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: a drawing cannot be a fieldset
        <svg
          ref={svg}
          width={width}
          height={height}
          role="group"
          aria-label={say('panel.lanes')}
          onPointerDown={onPointerDown}
          onPointerMove={(event) => {
            if (event.currentTarget.hasPointerCapture(event.pointerId)) seekTo(event);
          }}
          onDoubleClick={() => setChosen(null)}
        >
          <LaneShapes lanes={lanes} timeline={timeline} domain={domain} box={box} top={TOP} laneHeight={laneHeight} />
          <g className="ks-axis">
            {ticks(domain, box.right - box.left)
              .filter((tick) =>
                [...labels.values()].every(
                  ({ from, to }) => x(tick.us) + FIGURE_HALF < from || x(tick.us) - FIGURE_HALF > to,
                ),
              )
              .map((tick) => (
                <text key={tick.us} x={Math.round(x(tick.us))} y={height - 7} textAnchor="middle">
                  {tick.label}
                </text>
              ))}
          </g>
          <Playhead x={x} box={box} top={TOP} bottom={bottom} endUs={endUs} />
          {hasFlags && (
            <Flags x={x} box={box} top={TOP} bottom={bottom} baseline={height - 7} endUs={endUs} labels={labels} />
          )}
          {hasGroups && <OpenSpans x={x} box={box} top={TOP} laneHeight={laneHeight} row={lanes.indexOf('groups')} />}
          <LaneMarks
            lanes={lanes}
            selection={selection}
            timeline={timeline}
            x={x}
            box={box}
            top={TOP}
            laneHeight={laneHeight}
          />
        </svg>
      )}
      {chosen !== null && (
        <button type="button" className="ks-btn ks-lanes-all" onClick={() => setChosen(null)}>
          {say('panel.lanes.all')}
        </button>
      )}
      {chosenCommand && <CommandCard at={(us) => x(us)} width={width} store={store} />}
    </div>
  );
}

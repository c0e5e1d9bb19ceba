/** What stands on the lanes. Redrawn only when the timeline grows or the view of it changes. */
import { memo } from 'react';
import type { LaneName as AnyLane, LaneMark, ThingId } from '../../protocol/frame.ts';
import type { TimelineState } from '../../store/model.ts';
import { useActions, useApp, useSay } from '../../store/use-app.tsx';
import { areaPath, barsPath, columns, type Domain, type LaneBox, type XScale } from './lane-math.ts';

/** Rows from top to bottom; faults stand across all of them as commands. */
export const LANES = ['requests', 'at-risk', 'elections', 'isr', 'groups', 'losses'] as const;
export type Lane = (typeof LANES)[number];

/** Without groups there is no lane of theirs: the others have its room. */
export const lanesOf = (hasGroups: boolean): readonly Lane[] =>
  hasGroups ? LANES : LANES.filter((lane) => lane !== 'groups');

const BAR = 3;
const MARK = 5;

interface ShapesProps {
  lanes: readonly Lane[];
  timeline: TimelineState;
  domain: Domain;
  box: LaneBox;
  top: number;
  laneHeight: number;
}

/** The glossary's entry for what a lane shows. */
export const TERM_OF_LANE: Readonly<Record<Lane, string>> = {
  requests: 'request',
  'at-risk': 'at-risk',
  elections: 'election',
  isr: 'isr',
  groups: 'rebalance',
  losses: 'lost',
};

function LaneName({ lane, y }: { lane: Lane; y: number }) {
  const say = useSay();
  const actions = useActions();
  const open = (): void => actions.openDialog({ kind: 'glossary', term: TERM_OF_LANE[lane] });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a word of a drawing cannot be a button
    <text
      className="ks-lane-name"
      x={12}
      y={y}
      role="button"
      tabIndex={0}
      aria-haspopup="dialog"
      onClick={open}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        open();
      }}
    >
      {say(`panel.lane.${lane}`)}
    </text>
  );
}

export const LaneShapes = memo(function LaneShapes({ lanes, timeline, domain, box, top, laneHeight }: ShapesProps) {
  const width = box.right - box.left;
  const { requests, atRisk, bucketUs } = timeline;
  const base = (row: number): number => Math.round(top + laneHeight * (row + 1)) - 2;
  const high = laneHeight - 5;
  return (
    <g>
      {lanes.map((lane, row) => (
        <g key={lane}>
          <LaneName lane={lane} y={base(row) - 3} />
          <line className="ks-lane-line" x1={box.left} x2={box.right} y1={base(row) + 0.5} y2={base(row) + 0.5} />
        </g>
      ))}
      <path
        className="ks-bars"
        d={barsPath(columns(requests, bucketUs, domain, width, BAR), box, base(0), high, BAR)}
      />
      <path className="ks-risk" d={areaPath(columns(atRisk, bucketUs, domain, width, BAR), box, base(1), high, BAR)} />
    </g>
  );
});

interface Bundle {
  readonly mark: LaneMark;
  readonly x: number;
  count: number;
  readonly bundled: LaneMark[];
}

/** Marks that would cover each other are drawn once; the label counts them. */
function bundle(marks: readonly LaneMark[], x: XScale, box: LaneBox): Bundle[] {
  const out: Bundle[] = [];
  for (const mark of marks) {
    const at = x(mark.atUs);
    // A span may end beyond the right edge and begin before it.
    if (at < box.left - MARK || x(mark.fromUs ?? mark.atUs) > box.right + MARK) continue;
    const last = out.at(-1);
    const near =
      last !== undefined && at - last.x < 2.5 && (last.mark.fromUs === undefined) === (mark.fromUs === undefined);
    if (near) {
      last.count += 1;
      last.bundled.push(mark);
    } else out.push({ mark, x: at, count: 1, bundled: [mark] });
  }
  return out;
}

interface MarksProps {
  lanes: readonly Lane[];
  /** The selected thing: what is about it stands out, the rest steps back. */
  selection: ThingId | null;
  timeline: TimelineState;
  x: XScale;
  box: LaneBox;
  top: number;
  laneHeight: number;
}

const ROWS: readonly AnyLane[] = ['elections', 'isr', 'groups', 'losses'];
const SPAN = 4;

/** A partition's marks are its topic's too, and those of its copies. */
function isAbout(mark: LaneMark, thing: ThingId): boolean {
  if (mark.about.includes(thing)) return true;
  const name = thing.slice(thing.indexOf(':') + 1);
  if (thing.startsWith('topic:'))
    return mark.about.some(
      (about) => about.startsWith(`partition:${name}-`) && /^\d+$/.test(about.slice(thing.length + 5)),
    );
  if (thing.startsWith('replica:')) return mark.about.includes(`partition:${name.slice(0, name.lastIndexOf('@'))}`);
  return false;
}

interface SpanProps {
  x: XScale;
  box: LaneBox;
  y: number;
  fromUs: number;
  toUs: number;
}

/** From when to when a group shared its partitions out; at least as wide as it is high. */
function Span({ x, box, y, fromUs, toUs }: SpanProps) {
  const to = Math.min(box.right, Math.max(x(toUs), x(fromUs) + 2 * SPAN));
  const from = Math.max(box.left, x(fromUs));
  if (to <= from) return null;
  return <rect className="ks-span" x={from} y={y - SPAN} width={to - from} height={2 * SPAN} rx={SPAN} />;
}

/** Rebalances that go on at this moment end at the playhead. */
export function OpenSpans({
  x,
  box,
  top,
  laneHeight,
  row,
}: {
  x: XScale;
  box: LaneBox;
  top: number;
  laneHeight: number;
  row: number;
}) {
  const groups = useApp((state) => state.frame?.groups);
  const atUs = useApp((state) => state.frame?.atUs ?? 0);
  const y = Math.round(top + laneHeight * (row + 0.5));
  return (
    <g className="kp-mark-open">
      {(groups ?? [])
        .filter(({ state }) => state === 'PreparingRebalance' || state === 'CompletingRebalance')
        .map(({ id, sinceUs }) => (
          <Span key={id} x={x} box={box} y={y} fromUs={sinceUs} toUs={atUs} />
        ))}
    </g>
  );
}

export const LaneMarks = memo(function LaneMarks(props: MarksProps) {
  const { lanes, selection, timeline, x, box, top, laneHeight } = props;
  const say = useSay();
  const actions = useActions();
  return (
    <g data-some={selection !== null || undefined} className="ks-marks">
      {ROWS.map((lane) => {
        const row = lanes.indexOf(lane as Lane);
        if (row < 0) return null;
        const y = Math.round(top + laneHeight * (row + 0.5));
        const marks = timeline.marks.filter((mark) => mark.lane === lane);
        return bundle(marks, x, box).map(({ mark, x: at, count, bundled }) => {
          const label = say('panel.lane.mark', { at: mark.atUs, what: say.phrase(mark.phrase), count });
          const of = selection !== null && bundled.some((one) => isAbout(one, selection));
          // A span says what its ends would say.
          const size = (of ? MARK + 1.5 : MARK) - (lane === 'groups' ? 2 : 0);
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: the events list has each of them for the keyboard
            <g
              key={mark.id}
              className={`kp-mark kp-mark-${lane}`}
              data-of={of || undefined}
              onPointerEnter={() => actions.setHighlight(mark.about)}
              onPointerLeave={() => actions.setHighlight([])}
              onPointerDown={(event) => event.stopPropagation()}
              onClick={() => {
                actions.pause();
                actions.seek(mark.atUs);
              }}
            >
              <title>{label}</title>
              {bundled.map(
                ({ id, fromUs, atUs }) =>
                  fromUs !== undefined && <Span key={id} x={x} box={box} y={y} fromUs={fromUs} toUs={atUs} />,
              )}
              {mark.fromUs === undefined && (
                <path d={`M${at} ${y - size}l${size} ${size}l${-size} ${size}l${-size} ${-size}z`} />
              )}
            </g>
          );
        });
      })}
    </g>
  );
});

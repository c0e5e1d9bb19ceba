/** What stands on the lanes. Redrawn only when the timeline grows or the view of it changes. */
import { memo } from 'react';
import type { LaneMark, LaneName } from '../../protocol/frame.ts';
import type { TimelineState } from '../../store/model.ts';
import { useActions, useSay } from '../../store/use-app.tsx';
import { areaPath, barsPath, columns, type Domain, type LaneBox, type XScale } from './lane-math.ts';

/** Rows from top to bottom; faults stand across all of them as commands. */
export const LANES = ['requests', 'at-risk', 'elections', 'isr', 'losses'] as const;

const BAR = 3;
const MARK = 5;

interface ShapesProps {
  timeline: TimelineState;
  domain: Domain;
  box: LaneBox;
  top: number;
  laneHeight: number;
}

export const LaneShapes = memo(function LaneShapes({ timeline, domain, box, top, laneHeight }: ShapesProps) {
  const say = useSay();
  const width = box.right - box.left;
  const { requests, atRisk, bucketUs } = timeline;
  const base = (row: number): number => Math.round(top + laneHeight * (row + 1)) - 2;
  const high = laneHeight - 5;
  return (
    <g>
      {LANES.map((lane, row) => (
        <g key={lane}>
          <text className="ks-lane-name" x={12} y={base(row) - 3}>
            {say(`panel.lane.${lane}`)}
          </text>
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

/** Marks that would cover each other are drawn once; the label counts them. */
function bundle(marks: readonly LaneMark[], x: XScale, box: LaneBox): { mark: LaneMark; x: number; count: number }[] {
  const out: { mark: LaneMark; x: number; count: number }[] = [];
  for (const mark of marks) {
    const at = x(mark.atUs);
    if (at < box.left - MARK || at > box.right + MARK) continue;
    const last = out.at(-1);
    if (last !== undefined && at - last.x < 2.5) last.count += 1;
    else out.push({ mark, x: at, count: 1 });
  }
  return out;
}

interface MarksProps {
  timeline: TimelineState;
  x: XScale;
  box: LaneBox;
  top: number;
  laneHeight: number;
}

const ROWS: readonly LaneName[] = ['elections', 'isr', 'losses'];

export const LaneMarks = memo(function LaneMarks({ timeline, x, box, top, laneHeight }: MarksProps) {
  const say = useSay();
  const actions = useActions();
  return (
    <g>
      {ROWS.map((lane) => {
        const y = Math.round(top + laneHeight * (LANES.indexOf(lane as 'isr') + 0.5));
        const marks = timeline.marks.filter((mark) => mark.lane === lane);
        return bundle(marks, x, box).map(({ mark, x: at, count }) => {
          const label = say('panel.lane.mark', { at: mark.atUs, what: say.phrase(mark.phrase), count });
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: the events list has each of them for the keyboard
            <path
              key={mark.id}
              className={`kp-mark kp-mark-${lane}`}
              d={`M${at} ${y - MARK}l${MARK} ${MARK}l${-MARK} ${MARK}l${-MARK} ${-MARK}z`}
              onPointerEnter={() => actions.setHighlight(mark.about)}
              onPointerLeave={() => actions.setHighlight([])}
              onPointerDown={(event) => event.stopPropagation()}
              onClick={() => {
                actions.pause();
                actions.seek(mark.atUs);
              }}
            >
              <title>{label}</title>
            </path>
          );
        });
      })}
    </g>
  );
});

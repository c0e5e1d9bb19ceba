/** One way of rebalancing: its name and its cost, its coordinator, its lanes. */
import { memo, type PointerEvent, useMemo, useRef, useState } from 'react';
import type { LabRun, LabStep } from '../../protocol/lab.ts';
import { type Lanes, placeOf, stepsOf } from '../../store/lab.ts';
import { stepUs } from '../../store/lab-cursor.ts';
import { useSay } from '../../store/use-app.tsx';
import type { Domain, LaneBox } from '../time-strip/lane-math.ts';
import { type Rows, rowAt, rowsOf } from './geometry.ts';
import { COORDINATOR_HEIGHT, CoordinatorLane, TICKS_HEIGHT, Ticks } from './head-lanes.tsx';
import { MemberLanes, sequenceHeight } from './member-lanes.tsx';
import { PartitionLanes } from './partition-lanes.tsx';
import { arrowAt, arrowsOf, linesOf } from './sequence-geometry.ts';
import { ThinLanes } from './thin-lanes.tsx';
import { arrowTip, coordinatorTip, rowTip, type Tip, TipBox } from './tip.tsx';
import { useLab, useLabActions } from './use-lab.tsx';
import { partitionSeconds, stepShort } from './words.ts';

/** Pixels above the first lane. */
export const LANES_TOP = COORDINATOR_HEIGHT + TICKS_HEIGHT;
/** What a card takes besides its named lanes. */
export const CARD_HEAD = LANES_TOP + 50;

function CardHead({ lanes, selected }: { lanes: Lanes; selected: boolean }) {
  const say = useSay();
  const actions = useLabActions();
  const { variant, run } = lanes;
  return (
    <header className="kl-card-head">
      <h2>
        <button
          type="button"
          aria-pressed={selected}
          title={say('lab.variant.select')}
          onClick={() => actions.select(variant)}
        >
          {say(`lab.variant.${variant}`)}
        </button>
      </h2>
      <span className="kp-mono kl-protocol">{say(`lab.variant.${variant}.protocol`)}</span>
      <span className="kl-says">{say(`lab.variant.${variant}.says`)}</span>
      {run !== null && (
        <span className="kl-cost">
          <span>{say('lab.cost')}</span>
          <b data-cost={variant}>{partitionSeconds(run.figures.partitionSecondsUnread)}</b>
        </span>
      )}
    </header>
  );
}

interface DrawingProps {
  readonly run: LabRun;
  readonly steps: readonly LabStep[];
  readonly current: LabStep | null;
  readonly domain: Domain;
  readonly box: LaneBox;
  readonly width: number;
  readonly pitch: number;
  readonly chosen: string | null;
}

const ByPartition = memo(function ByPartition({ rows, ...p }: DrawingProps & { rows: Rows }) {
  const { run, steps, current, domain, box, width } = p;
  const say = useSay();
  const height = LANES_TOP + (rows.thin ? 0 : rows.height);
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing cannot be a fieldset */}
      <svg width={width} height={height} className="kl-svg" role="group" aria-label={say('lab.lanes')}>
        <CoordinatorLane run={run} y={0} domain={domain} box={box} named />
        <Ticks run={run} steps={steps} y={COORDINATOR_HEIGHT - 1} domain={domain} box={box} current={current} />
        {!rows.thin && (
          <g transform={`translate(0 ${LANES_TOP})`}>
            <PartitionLanes run={run} rows={rows.rows} domain={domain} box={box} chosen={p.chosen} />
          </g>
        )}
      </svg>
      {rows.thin && <ThinLanes run={run} rows={rows} domain={domain} box={box} width={width} />}
    </>
  );
});

/** Words for what is under the pointer, and where a press on it leads. */
function usePointing(p: DrawingProps, rows: Rows, members: boolean) {
  const { run, steps, domain, box } = p;
  const say = useSay();
  const actions = useLabActions();
  const root = useRef<HTMLDivElement>(null);
  const [tip, setTip] = useState<Tip | null>(null);
  const arrows = useMemo(
    () => (members ? arrowsOf(run, steps, linesOf(run.members), domain, box, (step) => stepShort(say, step)) : []),
    [members, run, steps, domain, box, say],
  );
  const under = (event: PointerEvent) => {
    const rect = root.current!.getBoundingClientRect();
    const x = event.clientX - rect.left;
    const y = event.clientY - rect.top;
    const atUs = domain.fromUs + ((x - box.left) / (box.right - box.left)) * (domain.toUs - domain.fromUs);
    const inside = x >= box.left && x <= box.right;
    return { x, y, atUs, inside, arrow: members ? arrowAt(arrows, x, y) : null };
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (event.pointerType === 'touch') return;
    const { x, y, atUs, inside, arrow } = under(event);
    const row = members || !inside ? null : rowAt(rows.rows, y - LANES_TOP);
    const words =
      arrow !== null
        ? arrowTip(say, arrow)
        : row !== null
          ? rowTip(say, row, atUs)
          : inside && y < COORDINATOR_HEIGHT
            ? coordinatorTip(say, run, atUs)
            : null;
    setTip(words === null ? null : { x, y, ...words });
  };
  const onClick = (event: PointerEvent): void => {
    const { x, y, atUs, inside, arrow } = under(event);
    if (arrow !== null) actions.goTo(run.variant, arrow.step);
    else if (!members && inside && y >= COORDINATOR_HEIGHT && y < LANES_TOP) {
      // A tick is a pixel wide; the nearest within a few is meant.
      const perPixel = (domain.toUs - domain.fromUs) / (box.right - box.left);
      let best: LabStep | null = null;
      for (const step of steps) {
        const away = Math.abs(stepUs(step) - atUs);
        if (away < 6 * perPixel && (best === null || away < Math.abs(stepUs(best) - atUs))) best = step;
      }
      if (best !== null) actions.goTo(run.variant, best);
    } else if (!members && x < box.left) {
      const row = rowAt(rows.rows, y - LANES_TOP);
      const partition = row?.partitions[row.partitions.length >> 1]?.partition;
      if (partition !== undefined) actions.setPartition(partition);
    } else if (inside) {
      actions.play(false);
      actions.setAt(atUs);
    }
  };
  return { root, tip, arrows, onPointerMove, onClick, onPointerLeave: () => setTip(null) };
}

function Drawing(p: DrawingProps) {
  const say = useSay();
  const members = useLab((state) => state.view === 'members');
  const rows = useMemo(() => rowsOf(p.run, p.pitch), [p.run, p.pitch]);
  const { root, tip, arrows, onPointerMove, onClick, onPointerLeave } = usePointing(p, rows, members);
  return (
    <div
      ref={root}
      className="kl-drawing"
      onPointerMove={onPointerMove}
      onPointerLeave={onPointerLeave}
      onPointerUp={onClick}
    >
      {members ? (
        // biome-ignore lint/a11y/useSemanticElements: a drawing cannot be a fieldset
        <svg
          width={p.width}
          height={sequenceHeight(p.run)}
          className="kl-svg"
          role="group"
          aria-label={say('lab.lanes')}
        >
          <MemberLanes run={p.run} arrows={arrows} domain={p.domain} box={p.box} current={p.current} />
        </svg>
      ) : (
        <ByPartition {...p} rows={rows} />
      )}
      {tip !== null && <TipBox tip={tip} width={p.width} />}
    </div>
  );
}

export function VariantCard(props: { lanes: Lanes; domain: Domain; box: LaneBox; width: number; pitch: number }) {
  const { lanes, domain, box, width, pitch } = props;
  const say = useSay();
  const { variant, run, failure } = lanes;
  const selected = useLab((state) => state.selected === variant);
  const all = useLab((state) => state.all);
  const chosen = useLab((state) => state.partition);
  const steps = stepsOf(run, all);
  const place = useLab((state) => (selected ? placeOf(state) : -1));
  return (
    <section
      className="kl-card"
      data-variant={variant}
      data-selected={selected || undefined}
      aria-label={say(`lab.variant.${variant}`)}
    >
      <CardHead lanes={lanes} selected={selected} />
      {run === null ? (
        <p className="kl-failure">
          {typeof failure === 'string' ? say('lab.failed', { message: failure }) : say.words(failure)}
        </p>
      ) : (
        <Drawing
          run={run}
          steps={steps}
          current={steps[place] ?? null}
          domain={domain}
          box={box}
          width={width}
          pitch={pitch}
          chosen={chosen}
        />
      )}
    </section>
  );
}

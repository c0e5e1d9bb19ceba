/** Time and values on a narrow page: one sheet with the clock, a slider with its marks, four numbers and two doors. */
import { useRef } from 'react';
import { useActions, useApp, useSay } from '../../store/use-app.tsx';
import { LedgerNumbers } from '../ledger/numbers.tsx';
import { BookmarkFlags } from './bookmark-flags.tsx';
import { Clock, PaceReason, PlayerButtons } from './controls.tsx';
import { HistoryTools } from './history-tools.tsx';
import { ownDomain, xScale } from './lane-math.ts';
import { LANES, LaneMarks } from './lane-shapes.tsx';
import { Playhead } from './playhead.tsx';
import { useSize } from './use-size.ts';

function MiniLanes() {
  const root = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const { width } = useSize(root);
  const say = useSay();
  const actions = useActions();
  const timeline = useApp((state) => state.timeline);
  const endUs = useApp((state) => state.frame?.endUs ?? 30_000_000);
  const atUs = useApp((state) => state.frame?.atUs ?? 0);
  const selection = useApp((state) => state.selection);
  const known = Math.max(atUs, timeline.requests.length * timeline.bucketUs);
  const box = { left: 8, right: Math.max(40, width - 8) };
  const x = xScale(ownDomain(known, endUs), box);
  const seek = (clientX: number): void => {
    const rect = svg.current!.getBoundingClientRect();
    actions.seek(x.invert(Math.max(box.left, Math.min(box.right, clientX - rect.left))));
  };
  return (
    <div ref={root} className="ks-mini">
      {width > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: a drawing cannot be a fieldset
        <svg
          ref={svg}
          width={width}
          height={34}
          role="group"
          aria-label={say('panel.lanes')}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            actions.pause();
            seek(event.clientX);
          }}
          onPointerMove={(event) => {
            if (event.currentTarget.hasPointerCapture(event.pointerId)) seek(event.clientX);
          }}
        >
          <line className="ks-mini-all" x1={box.left} x2={box.right} y1={24} y2={24} />
          <line className="ks-mini-seen" x1={box.left} x2={Math.min(box.right, x(atUs))} y1={24} y2={24} />
          <LaneMarks lanes={LANES} selection={selection} timeline={timeline} x={x} box={box} top={8} laneHeight={0} />
          <BookmarkFlags x={x} box={box} top={10} bottom={24} />
          <Playhead x={x} box={box} top={24} bottom={24} endUs={endUs} />
        </svg>
      )}
    </div>
  );
}

export default function PhoneStrip() {
  const say = useSay();
  const actions = useActions();
  return (
    <div className="ks-phone-strip">
      <div className="ks-phone-row">
        <PlayerButtons />
        <Clock />
      </div>
      <MiniLanes />
      <PaceReason />
      <LedgerNumbers />
      <div className="ks-phone-row">
        <button type="button" className="ks-btn ks-btn-fill" onClick={() => actions.setSheet('lesson')}>
          {say('app.lesson')}
        </button>
        <button type="button" className="ks-btn" onClick={() => actions.setSheet('inspector')}>
          {say('panel.inspector')}
        </button>
        <HistoryTools />
      </div>
    </div>
  );
}

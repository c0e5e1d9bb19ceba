/** The present moment: a slider over all of time. */
import type { KeyboardEvent } from 'react';
import { useActions, useApp, useSay } from '../../store/use-app.tsx';
import type { LaneBox, XScale } from './lane-math.ts';

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -100_000,
  ArrowRight: 100_000,
  ArrowDown: -100_000,
  ArrowUp: 100_000,
  PageDown: -1_000_000,
  PageUp: 1_000_000,
};

export function Playhead(props: { x: XScale; box: LaneBox; top: number; bottom: number; endUs: number }) {
  const { x, box, top, bottom, endUs } = props;
  const say = useSay();
  const actions = useActions();
  const atUs = useApp((state) => state.frame?.atUs ?? 0);
  const at = Math.round(x(atUs) * 2) / 2;
  const inside = at >= box.left - 1 && at <= box.right + 1;
  const onKey = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? endUs : step === undefined ? null : atUs + step;
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    actions.pause();
    actions.seek(to);
  };
  const from = Math.max(box.left, Math.min(box.right, at));
  return (
    <g>
      <rect
        className="ks-unseen"
        x={from}
        y={top - 2}
        width={Math.max(0, box.right - from)}
        height={bottom - top + 2}
      />
      <g
        className="ks-playhead"
        role="slider"
        tabIndex={0}
        aria-label={say('panel.playhead')}
        aria-valuemin={0}
        aria-valuemax={endUs / 1e6}
        aria-valuenow={atUs / 1e6}
        aria-valuetext={say('panel.playhead.at', { at: atUs })}
        onKeyDown={onKey}
        style={inside ? undefined : { opacity: 0 }}
      >
        <rect x={from - 8} y={0} width={16} height={bottom + 4} fill="transparent" />
        <line x1={from} x2={from} y1={4} y2={bottom + 4} />
        <circle cx={from} cy={6} r={5} />
      </g>
    </g>
  );
}

import { memo, type ReactElement } from 'react';

/** A timer that drains clockwise; the words behind it are its title. */
export const Ring = memo(function Ring(props: {
  readonly cx: number;
  readonly cy: number;
  readonly r: number;
  /** What is left, 0..1. */
  readonly left: number;
  readonly colour: string;
  readonly title: string;
  /** What stands behind it is seen through it. */
  readonly hollow?: boolean;
}): ReactElement {
  const { cx, cy, r } = props;
  const left = Math.max(0, Math.min(0.9999, props.left));
  const angle = -Math.PI / 2 + (1 - left) * 2 * Math.PI;
  const d = `M${cx + r * Math.cos(angle)} ${cy + r * Math.sin(angle)}A${r} ${r} 0 ${left > 0.5 ? 1 : 0} 1 ${cx} ${cy - r}`;
  return (
    <g>
      <title>{props.title}</title>
      <circle
        cx={cx}
        cy={cy}
        r={r}
        fill={props.hollow === true ? 'none' : 'var(--panel)'}
        stroke="var(--line)"
        strokeWidth={r > 7 ? 3 : 2.4}
      />
      <path d={d} fill="none" stroke={props.colour} strokeWidth={r > 7 ? 3 : 2.4} />
    </g>
  );
});

/** What is left of a timer, in steps that are smaller than a pixel, so that equal pictures stay equal. */
export function ringLeft(startUs: number, endUs: number, nowUs: number): number {
  if (endUs <= startUs) return 0;
  return Math.max(0, Math.min(1, Math.round(((endUs - nowUs) / (endUs - startUs)) * 180) / 180));
}

import { createContext, type ReactElement, type ReactNode, useContext } from 'react';
import type { ThingId } from '../../protocol/frame.ts';

/** What is marked now. Each thing reads its own marks as plain props, so that only the things concerned are drawn anew. */
export interface Marks {
  readonly selection: ThingId | null;
  readonly hover: ThingId | null;
  readonly highlight: readonly ThingId[];
}

export type Mark = 'none' | 'hover' | 'highlight' | 'selected';

export function markOf(marks: Marks, thing: ThingId): Mark {
  if (marks.highlight.includes(thing)) return 'highlight';
  if (marks.selection === thing) return 'selected';
  return marks.hover === thing ? 'hover' : 'none';
}

/** One id a stage, for the patterns that its paths refer to. */
export const StageId = createContext('stage');
export const useStageId = (): string => useContext(StageId);

/** A thing that can be chosen: by pointer (the stage listens once for all) and by keyboard (roving focus). */
export function Thing(props: {
  readonly id: ThingId;
  readonly label: string;
  readonly selected: boolean;
  readonly children: ReactNode;
  readonly transform?: string;
  readonly className?: string;
}): ReactElement {
  return (
    // biome-ignore lint/a11y/useSemanticElements: an SVG group cannot be a <button>.
    <g
      role="button"
      tabIndex={-1}
      data-thing={props.id}
      data-stop=""
      aria-label={props.label}
      aria-pressed={props.selected}
      className={props.className === undefined ? 'ks-thing' : `ks-thing ${props.className}`}
      transform={props.transform}
    >
      {props.children}
    </g>
  );
}

/** A small button on the stage that does something to a thing. */
export function ThingButton(props: {
  readonly thing: ThingId;
  readonly action: 'menu' | 'text' | 'follow' | 'fold';
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly text: string | null;
}): ReactElement {
  const { x, y, width, height } = props;
  const cx = x + width / 2;
  const cy = y + height / 2;
  return (
    // biome-ignore lint/a11y/useSemanticElements: an SVG group cannot be a <button>.
    <g
      role="button"
      tabIndex={-1}
      data-for={props.thing}
      data-action={props.action}
      data-stop=""
      aria-label={props.label}
      className="ks-button"
    >
      <rect x={x - 2} y={y - 2} width={width + 4} height={height + 4} fill="transparent" />
      <rect className="ks-button-face" x={x} y={y} width={width} height={height} rx={6} />
      {props.text === null ? (
        <path
          d={`M${cx - 4.6} ${cy}h0M${cx} ${cy}h0M${cx + 4.6} ${cy}h0`}
          stroke="var(--ink)"
          strokeWidth={2.4}
          strokeLinecap="round"
        />
      ) : (
        <text x={cx} y={cy + 4} textAnchor="middle">
          {props.text}
        </text>
      )}
    </g>
  );
}

/** The outline of a thing that is hovered, pointed at, or selected. */
export function MarkOutline(props: {
  readonly mark: Mark;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly radius: number;
}): ReactElement | null {
  if (props.mark === 'none') return null;
  const { x, y, width, height } = props;
  if (props.mark === 'highlight') {
    // Corners, as of a viewfinder: no other outline on the stage looks like it.
    const c = Math.min(14, width / 3, height / 3);
    const [l, t, r, b] = [x - 3, y - 3, x + width + 3, y + height + 3];
    return (
      <path
        className="ks-mark ks-mark-highlight"
        d={`M${l} ${t + c}V${t}h${c}M${r - c} ${t}H${r}v${c}M${r} ${b - c}V${b}h${-c}M${l + c} ${b}H${l}v${-c}`}
      />
    );
  }
  return (
    <rect className={`ks-mark ks-mark-${props.mark}`} x={x} y={y} width={width} height={height} rx={props.radius} />
  );
}

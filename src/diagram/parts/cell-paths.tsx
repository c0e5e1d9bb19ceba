import type { ReactElement, SVGProps } from 'react';
import type { CellShape } from '../cells.ts';
import { keyColour } from '../palette.ts';

function look(shape: CellShape, bars: boolean, id: string): SVGProps<SVGPathElement> {
  switch (shape.kind) {
    case 'absent':
      return { fill: 'none', stroke: 'var(--line)', strokeDasharray: '2 3' };
    case 'solid':
      return { fill: keyColour(shape.hue) };
    case 'ghost':
      return bars
        ? { fill: keyColour(shape.hue), opacity: 0.4 }
        : { fill: keyColour(shape.hue), fillOpacity: 0.28, stroke: keyColour(shape.hue), strokeWidth: 2 };
    case 'gap':
      return { fill: 'none', stroke: 'var(--faint)', strokeWidth: 2, strokeLinecap: 'round' };
    case 'control':
      return { fill: 'none', stroke: 'var(--mute)', strokeWidth: 1.4 };
    case 'hatch':
      return { fill: `url(#${id}-hatch)` };
    case 'unknown':
      return { fill: 'var(--shade)' };
    case 'twice':
      return { fill: 'none', stroke: 'var(--ink)', strokeWidth: bars ? 1.6 : 1.2 };
    case 'differs':
      return { fill: 'none', stroke: 'var(--ink)', strokeWidth: 1.4, strokeDasharray: '3 2.5' };
    case 'risk':
      return { fill: 'none', stroke: 'var(--warn)', strokeWidth: 2 };
    case 'lost':
      return { fill: 'var(--panel)', stroke: 'var(--lost)', strokeWidth: bars ? 1 : 1.8 };
    case 'cross':
      return { fill: 'none', stroke: 'var(--lost)', strokeWidth: 1.8, strokeLinecap: 'round' };
    default:
      return { fill: 'none', stroke: 'var(--accent)', strokeWidth: 2.2 };
  }
}

/** The records of one log, a path for each look. */
export function CellPaths(props: {
  readonly shapes: readonly CellShape[];
  readonly bars: boolean;
  readonly id: string;
}): ReactElement {
  return (
    <>
      {props.shapes.map((shape) => (
        <path key={`${shape.kind}${shape.hue}`} d={shape.d} {...look(shape, props.bars, props.id)} />
      ))}
    </>
  );
}

/** The patterns and nothing else; one <defs> a stage. */
export function Patterns(props: { readonly id: string }): ReactElement {
  return (
    <defs>
      <pattern
        id={`${props.id}-hatch`}
        width={5}
        height={5}
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width={2.2} height={5} fill="var(--panel)" opacity={0.66} />
      </pattern>
    </defs>
  );
}

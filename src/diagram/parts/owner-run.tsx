import { memo, type ReactElement } from 'react';
import { type Language, text } from '../../text/index.ts';
import type { Layout } from '../layout.ts';
import { textWidth } from '../measure.ts';
import { readerColour } from '../palette.ts';
import { sameBy, sameNumbers } from '../same.ts';
import { type Mark, MarkOutline, Thing } from './thing.tsx';

export interface OwnerRunProps {
  readonly layout: Layout;
  readonly index: number;
  readonly group: string;
  readonly from: number;
  readonly to: number;
  readonly owner: string | null;
  readonly hue: number;
  readonly lag: number;
  /** Columns that are far behind. */
  readonly behind: readonly number[];
  readonly partitions: string;
  readonly language: Language;
  readonly mark: Mark;
  readonly selected: boolean;
}

/** Neighbouring stripes that one member reads: a cell each, and the member's name once. */
export const OwnerRun = memo(
  function OwnerRun(p: OwnerRunProps): ReactElement {
    const { layout, language } = p;
    const left = layout.columnX[p.from] as number;
    const right = (layout.columnX[p.to] as number) + layout.columnWidth;
    const y = layout.groupY[p.index] as number;
    const high = layout.groupHeight;
    const colour = p.hue < 0 ? 'var(--lost)' : readerColour(p.hue);
    const radius = Math.min(3, layout.columnWidth / 3);
    let cells = '';
    for (let c = p.from; c <= p.to; c++)
      cells += box(layout.columnX[c] as number, y, layout.columnWidth, high - 10, radius);
    let feet = '';
    for (let c = p.from; c <= p.to; c++)
      feet += box(layout.columnX[c] as number, y + high - 8, layout.columnWidth, 4, 1);
    const risk = p.behind
      .map((c) => box((layout.columnX[c] as number) - 0.5, y + high - 9, layout.columnWidth + 1, 7, 1))
      .join('');
    const name = p.owner ?? text(language, 'stage.group.nobody');
    const fits = textWidth(name, layout.text, 'bold') + 2 <= right - left;
    const label = text(language, p.owner === null ? 'stage.group.run.aria.none' : 'stage.group.run.aria', {
      group: p.group,
      owner: p.owner ?? '',
      partitions: p.partitions,
    });
    return (
      <Thing id={p.owner === null ? `group:${p.group}` : `consumer:${p.owner}`} label={label} selected={p.selected}>
        <title>{label}</title>
        <rect className="ks-hit" x={left} y={y} width={right - left} height={high} />
        <path
          d={cells}
          style={p.hue < 0 ? undefined : { fill: `color-mix(in srgb, ${colour} 14%, var(--panel))`, stroke: colour }}
          className={p.hue < 0 ? 'ks-nobody' : 'ks-run'}
        />
        {p.hue < 0 ? null : <path d={feet} fill={colour} />}
        {risk === '' ? null : <path d={risk} fill="var(--warn)" />}
        <MarkOutline mark={p.mark} x={left - 1} y={y - 1} width={right - left + 2} height={high} radius={4} />
        {fits ? (
          <text
            className={`ks-bold ks-halo ${p.hue < 0 ? 'ks-lost' : ''}`}
            x={(left + right) / 2}
            y={y + (high - 10) / 2 + 4}
            textAnchor="middle"
            style={p.hue < 0 ? undefined : { fill: colour }}
          >
            {name}
          </text>
        ) : null}
      </Thing>
    );
  },
  (a, b) => sameBy<OwnerRunProps>({ ...a, lag: 0 }, { ...b, lag: 0 }, { behind: sameNumbers }),
);

const box = (x: number, y: number, w: number, h: number, r: number): string =>
  `M${x + r} ${y}h${w - 2 * r}a${r} ${r} 0 0 1 ${r} ${r}v${h - 2 * r}a${r} ${r} 0 0 1 ${-r} ${r}h${2 * r - w}a${r} ${r} 0 0 1 ${-r} ${-r}v${2 * r - h}a${r} ${r} 0 0 1 ${r} ${-r}z`;

import { memo, type ReactElement } from 'react';
import type { PartitionView } from '../../protocol/frame.ts';
import { type Language, text } from '../../text/index.ts';
import { type Axis, followBase, labelEvery, markX, offsetX } from '../axis.ts';
import type { Layout } from '../layout.ts';
import { fitText, textWidth } from '../measure.ts';
import { sameBy, samePartitionHead } from '../same.ts';
import { Slide, sameWindow, slideX0, type Window } from './slide.tsx';
import { type Mark, MarkOutline, ThingButton } from './thing.tsx';

/** Above what a row's broker can say, the line of what is safe is dashed. */
export type RowLife = 'up' | 'paused' | 'down';

export interface ColumnProps {
  readonly layout: Layout;
  readonly column: number;
  readonly partition: PartitionView;
  /** How many topics there are: with one, its name can be left out. */
  readonly topics: number;
  readonly language: Language;
  readonly words: 'first' | 'kafka';
  readonly window: Window;
  /** The largest log end among the replicas. */
  readonly top: number;
  readonly scrolled: boolean;
  readonly mark: Mark;
  readonly selected: boolean;
  /** A letter a row: u up, p paused, d down. */
  readonly rows: string;
  /** The leader, as far as it is known, does not answer. */
  readonly silent: boolean;
}

/** What the number means; while a dead broker still counts as in sync, that this is why it climbs. */
export function riskTitle({ partition, language }: Pick<ColumnProps, 'partition' | 'language'>): string {
  const silent = partition.replicas.find((r) => r.inIsr && r.role === 'offline' && r.broker !== partition.leader);
  const n = partition.atRisk;
  if (silent !== undefined) return text(language, 'stage.risk.title.silent', { n, id: silent.broker });
  return text(language, 'stage.risk.title', { n });
}

export const sameColumn = (a: ColumnProps, b: ColumnProps): boolean =>
  sameBy(a, b, { partition: samePartitionHead, window: sameWindow });

/** Behind the rows: the panel. */
export const ColumnBack = memo(function ColumnBack(p: {
  readonly layout: Layout;
  readonly column: number;
  readonly mark: Mark;
  readonly selected: boolean;
}): ReactElement {
  const { layout } = p;
  const x = layout.columnX[p.column] as number;
  return (
    <g>
      <rect
        className={`ks-panel ${p.selected ? 'ks-panel-selected' : ''}`}
        x={x}
        y={layout.columnY}
        width={layout.columnWidth}
        height={layout.columnHeight}
        rx={layout.mode === 'bars' ? 9 : 12}
      />
      {p.mark === 'selected' ? null : (
        <MarkOutline
          mark={p.mark}
          x={x}
          y={layout.columnY}
          width={layout.columnWidth}
          height={layout.columnHeight}
          radius={layout.mode === 'bars' ? 9 : 12}
        />
      )}
    </g>
  );
});

/** In front of the rows: the one line of what is safe, its words, the way back in time, and shared numbers. */
export const ColumnFront = memo(function ColumnFront(p: ColumnProps): ReactElement {
  const { layout, partition, language } = p;
  const axis: Axis = {
    base: p.window.base,
    slots: layout.slots,
    pitch: layout.pitch,
    cell: layout.cell,
    x0: layout.pad,
  };
  const bars = layout.mode === 'bars';
  const { x, out } = markX(axis, partition.hw);
  const pill = `${out === 'left' ? '‹ ' : ''}${text(language, p.words === 'kafka' ? 'stage.hw.kafka' : 'stage.hw.first', { hw: String(partition.hw) })}${out === 'right' ? ' ›' : ''}`;
  const pillWidth = textWidth(pill, layout.text + 0.5, 'bold') + 16;
  const pillX = Math.max(6, Math.min(layout.columnWidth - 6 - pillWidth, x - pillWidth / 2));
  const pillY = layout.footY + 2;
  return (
    <g transform={`translate(${layout.columnX[p.column]} 0)`}>
      {layout.sharedNumbers ? (
        <Slide layout={layout} window={p.window}>
          <SharedNumbers p={p} axis={{ ...axis, x0: slideX0(layout, p.window.base) }} />
        </Slide>
      ) : null}
      {bars && out === null ? <BarTicks layout={layout} x={x} rows={p.rows} /> : null}
      {bars ? (
        <BarRisk p={p} />
      ) : (
        <g
          className={`ks-term ${p.window.ease ? 'ks-slide' : ''}`}
          data-term="hw"
          style={{ transform: `translateX(${pillX}px)` }}
        >
          <title>{text(language, 'stage.hw.title')}</title>
          <rect x={0} y={pillY} width={pillWidth} height={20} rx={10} fill="var(--hw)" />
          <text className="ks-bold ks-on-hw" x={pillWidth / 2} y={pillY + 14} textAnchor="middle">
            {pill}
          </text>
        </g>
      )}
      <ScrollTrack p={p} />
      {p.scrolled ? <Follow p={p} pillX={pillX} pillWidth={bars ? 0 : pillWidth} /> : null}
    </g>
  );
}, sameColumn);

function BarRisk({ p }: { readonly p: ColumnProps }): ReactElement | null {
  if (p.partition.atRisk === 0 || p.scrolled) return null;
  const words = text(p.language, 'stage.risk.short', { n: p.partition.atRisk });
  return (
    <text
      className="ks-term ks-warn"
      data-term="at-risk"
      x={p.layout.columnWidth / 2}
      y={p.layout.footY + 11}
      textAnchor="middle"
    >
      {fitText(words, p.layout.columnWidth - 2, p.layout.text)}
      <title>{riskTitle(p)}</title>
    </text>
  );
}

/** Behind the rows, so that words interrupt it and never lie under it: everything left of this line is safe. */
export const SafeLine = memo(
  function SafeLine(p: {
    readonly layout: Layout;
    readonly column: number;
    readonly window: Window;
    readonly hw: number;
    readonly rows: string;
  }): ReactElement | null {
    const { layout, rows } = p;
    const { base } = p.window;
    const { x, out } = markX(
      { base, slots: layout.slots, pitch: layout.pitch, cell: layout.cell, x0: slideX0(layout, base) },
      p.hw,
    );
    if (out !== null) return null;
    let solid = '';
    let dashed = '';
    [...rows].forEach((life, i) => {
      const from = (layout.rowY[i] as number) + (i === 0 ? (layout.mode === 'cells' ? layout.roleY - 10 : 2) : 0);
      const to = (layout.rowY[i] as number) + layout.rowHeight;
      if (life === 'u') solid += `M${x} ${from}V${to}`;
      else dashed += `M${x} ${from + 3}V${to - 3}`;
    });
    const end = layout.mode === 'cells' ? `M${x} ${layout.footY}v4` : '';
    return (
      <g transform={`translate(${layout.columnX[p.column]} 0)`}>
        <Slide layout={layout} window={p.window}>
          <path d={solid + end} stroke="var(--hw)" strokeWidth={layout.mode === 'cells' ? 2.2 : 1.6} fill="none" />
          {dashed === '' ? null : (
            <path d={dashed} stroke="var(--hw)" strokeWidth={1.6} strokeDasharray="3 4" opacity={0.75} fill="none" />
          )}
        </Slide>
      </g>
    );
  },
  (a, b) => sameBy(a, b, { window: sameWindow }),
);

/** Bars leave no gap between records: the line is drawn once more in front of them. */
function BarTicks({
  layout,
  x,
  rows,
}: {
  readonly layout: Layout;
  readonly x: number;
  readonly rows: string;
}): ReactElement {
  const d = [...rows]
    .map((life, i) =>
      life === 'u' ? `M${x} ${(layout.rowY[i] as number) + layout.cellY - 2}v${layout.cellHeight + 4}` : '',
    )
    .join('');
  return <path d={d} stroke="var(--hw)" strokeWidth={1.6} fill="none" />;
}

function SharedNumbers({ p, axis }: { readonly p: ColumnProps; readonly axis: Axis }): ReactElement {
  const { layout } = p;
  const every = labelEvery(axis.pitch, p.top, layout.text * 0.61);
  const offsets = Array.from({ length: axis.slots }, (_, k) => axis.base + k).filter(
    (o) => o % every === 0 && o < p.top,
  );
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: an SVG group without tabIndex cannot be focused.
    <g aria-hidden="true">
      {offsets.map((o) => (
        <text
          key={o}
          className="ks-mono ks-mute"
          x={offsetX(axis, o) + axis.cell / 2}
          y={layout.columnY + layout.headerHeight - 3}
          textAnchor="middle"
        >
          {String(o)}
        </text>
      ))}
    </g>
  );
}

/** A thin track below the rows: where the window stands between offset 0 and the tail. It is dragged to look back. */
function ScrollTrack({ p }: { readonly p: ColumnProps }): ReactElement | null {
  const { layout } = p;
  const last = followBase(p.top, layout.slots);
  if (last === 0) return null;
  const width = layout.columnWidth - 2 * layout.pad;
  const whole = last + layout.slots;
  const thumb = Math.max(14, (layout.slots / whole) * width);
  const x = layout.pad + ((width - thumb) * p.window.base) / last;
  const y = layout.footY + layout.footHeight - (layout.mode === 'cells' ? 5 : 4);
  return (
    <g data-track={p.partition.name} className="ks-track">
      <title>{text(p.language, 'stage.partition.scroll')}</title>
      <rect x={layout.pad - 4} y={y - 5} width={width + 8} height={10} fill="transparent" />
      <rect x={layout.pad} y={y - 1} width={width} height={2} rx={1} fill="var(--line)" />
      <rect x={x} y={y - 2} width={thumb} height={4} rx={2} fill={p.scrolled ? 'var(--accent)' : 'var(--faint)'} />
    </g>
  );
}

function Follow({
  p,
  pillX,
  pillWidth,
}: {
  readonly p: ColumnProps;
  readonly pillX: number;
  readonly pillWidth: number;
}): ReactElement {
  const { layout } = p;
  const words = text(p.language, 'stage.partition.follow');
  const need = textWidth(words, layout.text) + 14;
  const left = pillX + pillWidth / 2 > layout.columnWidth / 2 || pillWidth === 0;
  const room = left
    ? (pillWidth === 0 ? layout.columnWidth : pillX) - layout.pad - 4
    : layout.columnWidth - layout.pad - pillX - pillWidth - 4;
  const fits = need <= room;
  const width = fits ? need : 24;
  const height = layout.mode === 'cells' ? 20 : 15;
  return (
    <ThingButton
      thing={`partition:${p.partition.name}`}
      action="follow"
      label={text(p.language, 'stage.partition.follow.aria', { name: p.partition.name })}
      x={left ? layout.pad : layout.columnWidth - layout.pad - width}
      y={layout.footY + (layout.mode === 'cells' ? 2 : -1)}
      width={width}
      height={height}
      text={fits ? words : '»'}
    />
  );
}

/** The leader's frame: it slides to the new leader. */
export const LeaderFrame = memo(function LeaderFrame(p: {
  readonly layout: Layout;
  readonly column: number;
  readonly row: number;
  readonly silent: boolean;
}): ReactElement {
  const { layout } = p;
  const inset = layout.mode === 'cells' ? 4 : 2;
  return (
    <rect
      className={`ks-frame ${p.silent ? 'ks-frame-silent' : ''}`}
      x={(layout.columnX[p.column] as number) + inset}
      y={3}
      width={layout.columnWidth - 2 * inset}
      height={layout.rowHeight - 6}
      rx={8}
      style={{ transform: `translateY(${layout.rowY[p.row]}px)` }}
    />
  );
});

import { memo, type ReactElement } from 'react';
import type { PartitionView } from '../../protocol/frame.ts';
import { type Language, text } from '../../text/index.ts';
import { type Axis, followBase, labelEvery, markX, offsetX } from '../axis.ts';
import type { Layout } from '../layout.ts';
import { fitText, textWidth } from '../measure.ts';
import { sameBy, samePartitionHead } from '../same.ts';
import { Slide, sameWindow, slideX0, type Window } from './slide.tsx';
import { type Mark, MarkOutline, Thing, ThingButton } from './thing.tsx';

/** Above what a row's broker can say, the line of what is safe is dashed. */
export type RowLife = 'up' | 'paused' | 'down';

export interface ColumnProps {
  readonly layout: Layout;
  readonly column: number;
  readonly partition: PartitionView;
  readonly title: string;
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

const compare = (a: ColumnProps, b: ColumnProps): boolean =>
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

export function leaderWords(p: Pick<ColumnProps, 'partition' | 'language' | 'words' | 'silent'>): {
  text: string;
  tone: 'mute' | 'lost' | 'warn';
} {
  const { partition, language } = p;
  const epoch = partition.leaderEpoch;
  if (partition.leader === -1)
    return {
      text: text(language, p.words === 'kafka' ? 'stage.partition.none.epoch' : 'stage.partition.none', { epoch }),
      tone: 'lost',
    };
  if (p.silent) return { text: text(language, 'stage.partition.silent', { id: partition.leader }), tone: 'lost' };
  return {
    text: text(language, p.words === 'kafka' ? 'stage.partition.leader.epoch' : 'stage.partition.leader', {
      id: partition.leader,
      epoch,
    }),
    tone: 'mute',
  };
}

/** The header of a column; it stands for its partition. */
export const ColumnHead = memo(function ColumnHead(p: ColumnProps): ReactElement {
  const { layout, partition, language } = p;
  const bars = layout.mode === 'bars';
  const size = layout.text;
  const leader = leaderWords(p);
  const width = layout.columnWidth;
  const badges = badgePlan(p);
  const label = text(language, 'stage.partition.aria', {
    name: partition.name,
    leader: leader.text,
    isr: partition.isr.join(', '),
    hw: String(partition.hw),
    risk: partition.atRisk,
  });
  const nameSize = bars ? 12.5 : 13;
  const room = width - 2 * layout.pad;
  const name = fitText(p.title, bars ? room : room - badges.width - 8, nameSize, 'bold');
  const risk = partition.atRisk > 0 ? text(language, 'stage.risk', { n: partition.atRisk }) : null;
  const riskWidth = risk === null ? 0 : textWidth(risk, size, 'bold') + 10;
  const second = layout.columnY + (bars ? 33 : 38) + (size - 11);
  return (
    <Thing id={`partition:${partition.name}`} label={label} selected={p.selected}>
      <rect
        className="ks-hit"
        x={(layout.columnX[p.column] as number) + 3}
        y={layout.columnY + 3}
        width={width - 6}
        height={layout.headerHeight - 5}
        rx={8}
      />
      <g transform={`translate(${layout.columnX[p.column]} 0)`}>
        <text className="ks-bold" x={layout.pad} y={layout.columnY + (bars ? 17 : 20)} style={{ fontSize: nameSize }}>
          {name}
          {bars || layout.twoLines ? null : (
            <tspan className={`ks-${leader.tone} ks-aside`} dx={12}>
              {leader.text}
            </tspan>
          )}
          <title>{partition.name}</title>
        </text>
        {bars ? (
          <text className="ks-mono ks-hw" x={width - layout.pad} y={layout.columnY + 17} textAnchor="end">
            {textWidth(name, nameSize, 'bold') + String(partition.hw).length * size * 0.61 + 4 < room
              ? String(partition.hw)
              : ''}
            <title>{text(language, 'stage.hw.first', { hw: String(partition.hw) })}</title>
          </text>
        ) : layout.twoLines ? (
          <>
            <text className={`ks-${leader.tone}`} x={layout.pad} y={second}>
              {fitText(leader.text, room - riskWidth, size)}
            </text>
            <RiskText risk={risk} n={partition.atRisk} language={language} x={width - layout.pad} y={second} />
          </>
        ) : (
          <RiskText
            risk={risk}
            n={partition.atRisk}
            language={language}
            x={width - layout.pad - badges.width - 12}
            y={layout.columnY + 20}
          />
        )}
        <Badges p={p} plan={badges} y={bars ? second - 4 : layout.columnY + 16} />
      </g>
    </Thing>
  );
}, compare);

function RiskText(props: {
  readonly risk: string | null;
  readonly n: number;
  readonly language: Language;
  readonly x: number;
  readonly y: number;
}): ReactElement | null {
  if (props.risk === null) return null;
  return (
    <text className="ks-warn ks-bold" x={props.x} y={props.y} textAnchor="end">
      {props.risk}
      <title>{text(props.language, 'stage.risk.title', { n: props.n })}</title>
    </text>
  );
}

interface BadgePlan {
  readonly radius: number;
  readonly step: number;
  readonly width: number;
}

function badgePlan(p: ColumnProps): BadgePlan {
  const n = p.partition.replicas.length;
  if (p.layout.mode === 'cells') return { radius: 8, step: 19, width: n * 19 - 3 };
  const step = Math.min(16, (p.layout.columnWidth - 2 * p.layout.pad) / Math.max(1, n));
  return { radius: step >= 13.2 ? Math.min(7, step / 2 - 0.4) : 0, step, width: n * step };
}

/** Which copies are in sync: filled; not in sync: a dashed ring. Too narrow for rings: bold figures, the others struck. */
function Badges({
  p,
  plan,
  y,
}: {
  readonly p: ColumnProps;
  readonly plan: BadgePlan;
  readonly y: number;
}): ReactElement {
  const { partition, layout, language } = p;
  const bars = layout.mode === 'bars';
  const ids = partition.replicas.map((r) => r.broker).sort((a, b) => a - b);
  const from = bars ? layout.pad : layout.columnWidth - layout.pad - plan.width + plan.radius;
  return (
    <>
      {ids.map((broker, k) => {
        const inIsr = partition.isr.includes(broker);
        const off = partition.replicas.find((r) => r.broker === broker)?.role === 'offline';
        const tone = inIsr ? 'ks-on-ink' : off ? 'ks-mute' : 'ks-warn';
        const cx =
          plan.radius === 0
            ? from + plan.step * (k + 0.5)
            : bars
              ? from + plan.radius + k * plan.step
              : from + k * plan.step;
        const title = text(
          language,
          inIsr
            ? 'stage.partition.isr.in'
            : partition.elr.includes(broker)
              ? 'stage.partition.elr'
              : 'stage.partition.isr.out',
          { id: broker },
        );
        return (
          <g key={broker}>
            <title>{title}</title>
            {plan.radius === 0 ? null : (
              <circle
                cx={cx}
                cy={y}
                r={plan.radius}
                fill={inIsr ? 'var(--ink)' : 'none'}
                stroke={inIsr ? 'var(--ink)' : off ? 'var(--mute)' : 'var(--warn)'}
                strokeDasharray={inIsr ? undefined : '2.2 2'}
              />
            )}
            <text
              className={`ks-bold ${plan.radius === 0 && inIsr ? '' : tone}`}
              style={{ fontSize: 11 }}
              x={cx}
              y={y + 4}
              textAnchor="middle"
              textDecoration={plan.radius === 0 && !inIsr ? 'line-through' : undefined}
            >
              {broker}
            </text>
          </g>
        );
      })}
    </>
  );
}

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
        <g className={`ks-pill ${p.window.ease ? 'ks-slide' : ''}`} style={{ transform: `translateX(${pillX}px)` }}>
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
}, compare);

function BarRisk({ p }: { readonly p: ColumnProps }): ReactElement | null {
  if (p.partition.atRisk === 0 || p.scrolled) return null;
  const words = text(p.language, 'stage.risk', { n: p.partition.atRisk });
  return (
    <text className="ks-warn" x={p.layout.columnWidth / 2} y={p.layout.footY + 11} textAnchor="middle">
      {fitText(words, p.layout.columnWidth - 2, p.layout.text)}
      <title>{text(p.language, 'stage.risk.title', { n: p.partition.atRisk })}</title>
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

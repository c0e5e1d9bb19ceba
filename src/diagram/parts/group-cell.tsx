import { memo, type ReactElement, useRef } from 'react';
import { type Language, text } from '../../text/index.ts';
import { type Axis, markX } from '../axis.ts';
import { LAG_RISK } from '../group-words.ts';
import type { LateParts } from '../late-parts.tsx';
import type { Layout } from '../layout.ts';
import { fitText, textWidth } from '../measure.ts';
import { readerColour } from '../palette.ts';
import { sameBy } from '../same.ts';
import { Slide, sameWindow, slideX0, type Window } from './slide.tsx';
import { type Mark, MarkOutline, Thing, useStageId } from './thing.tsx';

export interface GroupCellProps {
  readonly layout: Layout;
  readonly column: number;
  /** The group's row. */
  readonly index: number;
  readonly group: string;
  readonly partition: string;
  readonly owner: string | null;
  /** The owner's place among the members; -1: nobody. */
  readonly hue: number;
  /** A share group's cell: who reads it together, "name\thue" a line; '': one member alone. */
  readonly readers: string;
  /** What draws them; null while it is on its way. */
  readonly late: LateParts | null;
  /** Who shall have it in the end, and its colour's place; null: nobody else. */
  readonly next: string | null;
  readonly nextHue: number;
  readonly position: number;
  readonly committed: number;
  readonly hw: number;
  /** From what is committed, as Kafka's tools count. */
  readonly lag: number;
  /** From what was handed out. */
  readonly unread: number;
  /** What is left of a fetch that waits at the leader, in steps of 20 ms; null: none waits. */
  readonly parkedUs: number | null;
  readonly window: Window;
  /** Its owner's process does not run. */
  readonly down: boolean;
  readonly language: Language;
  readonly words: 'first' | 'kafka';
  readonly mark: Mark;
  readonly selected: boolean;
}

/**
 * One partition of a group: who reads it, and how far on the same offset axis as the logs above. Solid up to what is
 * committed, light up to what was handed out; hollow where nobody reads.
 */
export const GroupCell = memo(
  function GroupCell(p: GroupCellProps): ReactElement {
    const { layout, language } = p;
    const x = layout.columnX[p.column] as number;
    const y = layout.groupY[p.index] as number;
    const committed =
      p.committed < 0
        ? text(language, 'stage.group.committed.none')
        : text(language, 'stage.group.committed', { n: String(p.committed) });
    const alone = p.owner === null ? 'stage.group.cell.aria.none' : 'stage.group.cell.aria';
    const label = text(language, p.readers === '' ? alone : 'stage.group.cell.aria.shared', {
      group: p.group,
      partition: p.partition,
      // One reader a line, its hue behind a tab.
      owner: p.readers === '' ? (p.owner ?? '') : p.readers.replace(/\t\d+/g, '').replace(/\n/g, ', '),
      committed,
      n: p.unread,
    });
    return (
      <Thing
        id={p.owner === null ? `group:${p.group}` : `consumer:${p.owner}`}
        label={label}
        selected={p.selected}
        transform={`translate(${x} ${y})`}
      >
        <title>{label}</title>
        <Ground p={p} />
        <MarkOutline mark={p.mark} x={0} y={0} width={layout.columnWidth} height={layout.groupHeight} radius={10} />
        <CellWords p={p} committed={committed} />
        <Bar p={p} />
        {p.parkedUs === null || layout.mode !== 'cells' ? null : (
          <path
            d={`M${layout.columnWidth / 2 - 4} 0.5l4 -4l4 4`}
            fill="none"
            stroke="var(--mute)"
            strokeWidth={1.6}
            strokeLinecap="round"
          >
            <title>{text(language, 'stage.group.parked', { left: p.parkedUs })}</title>
          </path>
        )}
      </Thing>
    );
  },
  (a, b) => sameBy(a, b, { window: sameWindow }),
);

/** Hollow and dashed without an owner; an owner's hue fills it in place, and fades out of it in place. */
function Ground({ p }: { readonly p: GroupCellProps }): ReactElement {
  const { layout } = p;
  const last = useRef(p.hue);
  if (p.hue >= 0) last.current = p.hue;
  const hue = last.current;
  const stub = layout.groupY[0] as number;
  const shape = { x: 0.5, y: 0.5, width: layout.columnWidth - 1, height: layout.groupHeight - 1, rx: 10 };
  return (
    <>
      <rect {...shape} className={p.readers === '' ? 'ks-nobody' : 'ks-shared'} data-box="" />
      {hue < 0 || p.index > 0 ? null : (
        <path
          className="ks-own-stub"
          d={`M${layout.columnWidth / 2} ${layout.columnY + layout.columnHeight - stub}V0`}
          style={{
            opacity: p.hue < 0 ? 0 : p.down ? 0.35 : 1,
            stroke: p.readers === '' ? readerColour(hue) : 'var(--mute)',
          }}
        />
      )}
      {p.readers === '' || p.late === null ? null : <p.late.SharedGround p={p} />}
      {hue < 0 || p.readers !== '' ? null : (
        <rect
          {...shape}
          className={`ks-own ${p.down ? 'ks-own-down' : ''}`}
          style={{ opacity: p.hue < 0 ? 0 : 1, ['--own' as string]: readerColour(hue) }}
        />
      )}
    </>
  );
}

function CellWords({ p, committed }: { readonly p: GroupCellProps; readonly committed: string }): ReactElement {
  const { layout, language } = p;
  const size = layout.text;
  const bars = layout.mode !== 'cells';
  const width = layout.columnWidth - 2 * layout.pad;
  const baseline = layout.groupHeight < 44 ? 14 : 18;
  const kafka = p.words === 'kafka';
  const n = kafka ? p.lag : p.unread;
  const behind = bars ? String(n) : text(language, kafka ? 'stage.reader.behind.kafka' : 'stage.reader.behind', { n });
  const behindWidth = textWidth(behind, size + 0.5, 'bold');
  const nobody = text(language, 'stage.group.nobody');
  const short = textWidth(nobody, size + 1, 'bold') > width - behindWidth - 6;
  const owner = p.owner ?? (short ? text(language, 'stage.group.nobody.short') : nobody);
  const name = fitText(owner, Math.max(14, width - behindWidth - 6), size + 1, 'bold');
  const nameWidth = textWidth(name, size + 1, 'bold');
  // While a group comes to its target: who waits for this partition.
  const next = p.next === null ? '' : `→ ${p.next}`;
  const nextWidth = next === '' ? 0 : textWidth(next, size + 1, 'bold') + 8;
  const showNext = next !== '' && nextWidth <= width - nameWidth - behindWidth - 8;
  const room = width - nameWidth - behindWidth - 22 - (showNext ? nextWidth : 0);
  const aside = bars ? '' : textWidth(committed, size, 'mono') <= room ? committed : '';
  const risk = p.unread > LAG_RISK || (p.owner === null && p.lag > 0);
  const shared =
    p.readers === '' || p.late === null ? null : (
      <p.late.SharedNames p={p} room={Math.max(14, width - behindWidth - 6)} />
    );
  return (
    <>
      {shared ?? (
        <text
          className={`ks-bold ${p.owner === null ? 'ks-lost' : ''}`}
          x={layout.pad}
          y={baseline}
          style={{ fontSize: size + 1, fill: p.owner === null ? undefined : readerColour(p.hue) }}
        >
          {name}
        </text>
      )}
      {showNext ? (
        <text
          className="ks-bold"
          x={layout.pad + nameWidth + 8}
          y={baseline}
          style={{ fontSize: size + 1, fill: p.nextHue < 0 ? undefined : readerColour(p.nextHue) }}
        >
          {next}
          <title>{text(language, 'stage.group.next', { next: p.next ?? '' })}</title>
        </text>
      ) : null}
      {aside === '' || shared !== null ? null : (
        <text className="ks-mono ks-mute" x={layout.pad + nameWidth + (showNext ? nextWidth : 0) + 10} y={baseline}>
          {aside}
        </text>
      )}
      <text
        className={`ks-bold ${risk ? 'ks-warn' : ''}`}
        x={layout.columnWidth - layout.pad}
        y={baseline}
        textAnchor="end"
        style={{ fontSize: size + 0.5 }}
      >
        {behind}
      </text>
    </>
  );
}

function Bar({ p }: { readonly p: GroupCellProps }): ReactElement {
  const { layout } = p;
  const id = useStageId();
  const axis: Axis = {
    base: p.window.base,
    slots: layout.slots,
    pitch: layout.pitch,
    cell: layout.cell,
    x0: slideX0(layout, p.window.base),
  };
  const flat = layout.groupHeight < 44;
  const high = flat ? 5 : 7;
  const y = layout.groupHeight - (flat ? 11 : layout.groupHeight >= 56 ? 22 : 17);
  // A column's width before the first slot shown: enough for a window that slides, and the cell's own box stays near it.
  const left = axis.x0 - layout.columnWidth;
  const own = p.readers === '' ? readerColour(p.hue) : 'var(--mute)';
  const colour = p.hue < 0 ? 'var(--faint)' : own;
  const to = (offset: number): number => Math.max(0, markX(axis, offset).x - left);
  const committed = p.committed < 0 ? null : markX(axis, p.committed);
  const safe = markX(axis, p.hw);
  const width = layout.columnWidth - 2 * layout.pad;
  return (
    <>
      <rect x={layout.pad} y={y} width={width} height={high} rx={high / 2} fill="var(--shade)" />
      <g transform={`translate(0 ${y})`} clipPath={`url(#${id}-track)`}>
        <Slide layout={layout} window={p.window}>
          {p.position > p.committed ? (
            <rect x={left} y={0} width={to(p.position)} height={high} rx={high / 2} fill={colour} opacity={0.45} />
          ) : null}
          {committed === null ? null : (
            <rect
              x={left}
              y={0}
              width={to(p.committed)}
              height={high}
              rx={high / 2}
              fill={colour}
              opacity={p.down ? 0.5 : 1}
            />
          )}
          {committed === null || committed.out !== null ? null : (
            <path d={`M${committed.x - 1} ${high}v4`} stroke="var(--ink)" strokeWidth={1.8} />
          )}
          {safe.out === null ? (
            <path d={`M${safe.x} ${flat ? -3 : -5}v${high + (flat ? 4 : 6)}`} stroke="var(--hw)" strokeWidth={2.2} />
          ) : null}
        </Slide>
      </g>
    </>
  );
}

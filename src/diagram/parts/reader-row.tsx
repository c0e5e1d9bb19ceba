import { memo, type ReactElement } from 'react';
import type { ConsumerView } from '../../protocol/frame.ts';
import { type Language, text } from '../../text/index.ts';
import { type Axis, markX } from '../axis.ts';
import { LAG_RISK } from '../group-words.ts';
import type { Layout } from '../layout.ts';
import { fitText, textWidth } from '../measure.ts';
import { readerColour } from '../palette.ts';
import { sameBy, sameRing } from '../same.ts';
import { Ring } from './ring.tsx';
import { Slide, sameWindow, slideX0, type Window } from './slide.tsx';
import { type Mark, MarkOutline, Thing, ThingButton, useStageId } from './thing.tsx';

export function readerState(
  c: ConsumerView,
  topics: string,
  language: Language,
): { text: string; tone: 'mute' | 'warn' | 'lost' } {
  if (c.state === 'paused') return { text: text(language, 'stage.reader.paused'), tone: 'warn' };
  if (c.state !== 'up') return { text: text(language, 'stage.reader.down'), tone: 'lost' };
  if (c.lastError !== null)
    return { text: text(language, 'stage.reader.failed', { error: c.lastError }), tone: 'lost' };
  return { text: text(language, 'stage.reader.reads', { topic: topics }), tone: 'mute' };
}

export const ReaderHead = memo(
  function ReaderHead(p: {
    readonly layout: Layout;
    readonly index: number;
    readonly id: string;
    readonly state: string;
    readonly tone: 'mute' | 'warn' | 'lost';
    readonly language: Language;
    readonly mark: Mark;
    readonly selected: boolean;
    readonly ring: { readonly left: number; readonly title: string } | null;
  }): ReactElement {
    const { layout } = p;
    const y = layout.readerY[p.index] as number;
    const bars = layout.mode === 'bars';
    const x = layout.narrow ? 8 : bars ? 10 : 14;
    const menu = bars ? 20 : 24;
    const room = layout.headWidth - x - 6;
    const name = fitText(p.id, layout.narrow ? room : room - menu - 3 - (p.ring === null ? 0 : 12), 13, 'bold');
    const words = layout.narrow && p.tone === 'mute' ? '' : fitText(p.state, room + 4, layout.text);
    return (
      <g>
        <Thing
          id={`consumer:${p.id}`}
          label={text(p.language, 'stage.reader.head.aria', { id: p.id, state: p.state })}
          selected={p.selected}
        >
          <rect className="ks-hit" x={6} y={y} width={layout.headWidth - 10} height={layout.readerHeight} rx={8} />
          <MarkOutline mark={p.mark} x={5} y={y} width={layout.headWidth - 8} height={layout.readerHeight} radius={8} />
          <text className="ks-bold" x={x} y={y + 18} style={{ fontSize: 13, fill: readerColour(p.index) }}>
            {name}
            <title>{p.id}</title>
          </text>
          <text className={`ks-${p.tone}`} x={x} y={y + 34}>
            {words}
            <title>{p.state}</title>
          </text>
        </Thing>
        {layout.narrow ? null : (
          <ThingButton
            thing={`consumer:${p.id}`}
            action="menu"
            label={text(p.language, 'stage.menu.aria', { thing: p.id })}
            x={layout.headWidth - menu - (bars ? 4 : 6)}
            y={y + 6}
            width={menu}
            height={15}
            text={null}
          />
        )}
        {p.ring === null ? null : (
          <Ring
            cx={layout.narrow ? x + 6 : x + textWidth(name, 13, 'bold') + 7}
            cy={layout.narrow ? y + 32 : y + 14}
            r={4.5}
            left={p.ring.left}
            colour={readerColour(p.index)}
            title={p.ring.title}
          />
        )}
      </g>
    );
  },
  (a, b) => sameBy(a, b, { ring: sameRing }),
);

export interface ReaderCellProps {
  readonly layout: Layout;
  readonly column: number;
  readonly index: number;
  readonly id: string;
  readonly partition: string;
  readonly position: number;
  readonly hw: number;
  readonly lag: number;
  readonly window: Window;
  readonly down: boolean;
  readonly language: Language;
  readonly words: 'first' | 'kafka';
  readonly mark: Mark;
}

/** One partition of one reader: how far it has read on the same offset axis as the logs above. */
export const ReaderCell = memo(
  function ReaderCell(p: ReaderCellProps): ReactElement {
    const { layout, language } = p;
    const x = layout.columnX[p.column] as number;
    const y = layout.readerY[p.index] as number;
    const colour = readerColour(p.index);
    const bars = layout.mode === 'bars';
    const kafka = p.words === 'kafka';
    const axis: Axis = {
      base: p.window.base,
      slots: layout.slots,
      pitch: layout.pitch,
      cell: layout.cell,
      x0: slideX0(layout, p.window.base),
    };
    const read = markX(axis, p.position).x;
    const id = useStageId();
    const label = text(language, 'stage.reader.aria', {
      id: p.id,
      partition: p.partition,
      position: String(p.position),
      n: p.lag,
    });
    const safe = markX(axis, p.hw);
    const barY = y + layout.readerHeight - (bars ? 13 : 17);
    const width = layout.columnWidth - 2 * layout.pad;
    const behind = bars
      ? String(p.lag)
      : text(language, kafka ? 'stage.reader.behind.kafka' : 'stage.reader.behind', { n: p.lag });
    const long = text(language, kafka ? 'stage.reader.position.kafka' : 'stage.reader.position', {
      position: String(p.position),
    });
    const room = width - textWidth(behind, layout.text + 0.5, 'bold') - 8;
    const position =
      textWidth(long, layout.text, 'mono') <= room ? long : fitText(String(p.position), room, layout.text, 'mono');
    return (
      <Thing id={`consumer:${p.id}`} label={label} selected={p.mark === 'selected'}>
        <title>{label}</title>
        {p.index === 0 && layout.groupY.length === 0 ? (
          <path
            d={`M${x + layout.columnWidth / 2} ${layout.columnY + layout.columnHeight}V${y}`}
            stroke={colour}
            strokeWidth={2.2}
            opacity={p.down ? 0.35 : 1}
          />
        ) : null}
        <rect
          x={x}
          y={y}
          width={layout.columnWidth}
          height={layout.readerHeight}
          rx={10}
          strokeDasharray={p.down ? '4 3' : undefined}
          style={{
            fill: `color-mix(in srgb, ${colour} ${p.down ? 0 : 8}%, var(--panel))`,
            stroke: colour,
            strokeOpacity: 0.6,
          }}
        />
        <MarkOutline mark={p.mark} x={x} y={y} width={layout.columnWidth} height={layout.readerHeight} radius={10} />
        <text className="ks-mono ks-mute" x={x + layout.pad} y={y + 18}>
          {position}
        </text>
        <text
          className={`ks-bold ${p.lag > LAG_RISK ? 'ks-warn' : ''}`}
          x={x + layout.columnWidth - layout.pad}
          y={y + 18}
          textAnchor="end"
          style={{ fontSize: layout.text + 0.5 }}
        >
          {behind}
        </text>
        <rect x={x + layout.pad} y={barY} width={width} height={bars ? 5 : 7} rx={3.5} fill="var(--shade)" />
        <g transform={`translate(${x} ${barY})`} clipPath={`url(#${id}-track)`}>
          <Slide layout={layout} window={p.window}>
            <rect
              x={axis.x0 - layout.columnWidth}
              y={0}
              width={Math.max(0, read - axis.x0 + layout.columnWidth)}
              height={bars ? 5 : 7}
              rx={3.5}
              fill={colour}
              opacity={p.down ? 0.45 : 1}
            />
            {safe.out === null ? (
              <path d={`M${safe.x} -4v${bars ? 13 : 15}`} stroke="var(--hw)" strokeWidth={2.2} />
            ) : null}
          </Slide>
        </g>
      </Thing>
    );
  },
  (a, b) => sameBy(a, b, { window: sameWindow }),
);

import { Fragment, memo, type ReactElement } from 'react';
import type { PartitionView } from '../../protocol/frame.ts';
import { type Language, text } from '../../text/index.ts';
import { hurtOf } from '../hurt.ts';
import type { Layout } from '../layout.ts';
import { fitText, textWidth } from '../measure.ts';
import type { SceneProps } from '../scene.tsx';
import { type Mark, MarkOutline, markOf, Thing, ThingButton } from './thing.tsx';

/** The width of a column of the layout: one that stands for a topic is wider where the others are stripes. */
export const widthOf = (layout: Layout, wide: boolean): number => (wide ? layout.wideWidth : layout.columnWidth);

/** Over the columns of each topic its name; a button folds them into one column. */
export const TopicHead = memo(function TopicHead(p: {
  readonly layout: Layout;
  readonly topic: string;
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly folded: boolean;
  readonly language: Language;
  readonly mark: Mark;
  readonly selected: boolean;
}): ReactElement {
  const { layout, language } = p;
  const left = layout.columnX[p.from] as number;
  const right = (layout.columnX[p.to] as number) + widthOf(layout, p.folded);
  const y = layout.columnY - layout.headingHeight;
  const room = right - left - 22;
  const size = layout.text + 1;
  const name = fitText(p.topic, Math.max(20, room), size, 'bold');
  const nameWidth = textWidth(name, size, 'bold');
  const many = text(language, 'stage.topic.partitions', { n: p.count });
  return (
    <g>
      <Thing
        id={`topic:${p.topic}`}
        label={text(language, 'stage.topic.aria', { topic: p.topic, n: p.count })}
        selected={p.selected}
      >
        <title>{`${p.topic}: ${many}`}</title>
        <rect className="ks-hit" x={left} y={y} width={right - left} height={layout.headingHeight - 2} />
        <path d={`M${left} ${layout.columnY - 3}H${right}`} className="ks-topic-line" />
        <MarkOutline mark={p.mark} x={left} y={y} width={right - left} height={layout.headingHeight - 4} radius={5} />
        <text className="ks-bold ks-halo-bg" x={left + 22} y={y + 13} style={{ fontSize: size }}>
          {name}
          {nameWidth + textWidth(many, layout.text) + 8 > room ? null : (
            <tspan className="ks-mute ks-aside" dx={8}>
              {many}
            </tspan>
          )}
        </text>
      </Thing>
      <ThingButton
        thing={`topic:${p.topic}`}
        action="fold"
        label={text(language, p.folded ? 'stage.topic.unfold' : 'stage.topic.fold', { topic: p.topic })}
        x={left + 1}
        y={y + 1}
        width={17}
        height={15}
        text={p.folded ? '+' : '−'}
      />
    </g>
  );
});

/** A topic folded into one column: what each broker leads and holds of it, and how many partitions hurt. */
export const TopicColumn = memo(function TopicColumn(p: {
  readonly layout: Layout;
  readonly column: number;
  readonly topic: string;
  readonly count: number;
  readonly hurting: number;
  /** A row: how many it leads and how many copies it holds, as `3/8`, by row, separated by blanks. */
  readonly rows: string;
  readonly language: Language;
  readonly mark: Mark;
  readonly selected: boolean;
}): ReactElement {
  const { layout, language } = p;
  const width = layout.wideWidth;
  const rows = p.rows.split(' ').map((row) => row.split('/').map(Number) as [number, number]);
  const most = Math.max(1, ...rows.map(([, copies]) => copies));
  const hurts = text(language, 'stage.topic.hurting', { n: p.hurting });
  return (
    <Thing
      id={`topic:${p.topic}`}
      label={`${text(language, 'stage.topic.aria', { topic: p.topic, n: p.count })} ${p.hurting > 0 ? hurts : ''}`}
      selected={p.selected}
      transform={`translate(${layout.columnX[p.column]} 0)`}
    >
      <rect
        className={`ks-panel ${p.selected ? 'ks-panel-selected' : ''}`}
        x={0}
        y={layout.columnY}
        width={width}
        height={layout.columnHeight}
        rx={8}
      />
      <MarkOutline mark={p.mark} x={0} y={layout.columnY} width={width} height={layout.columnHeight} radius={8} />
      <text className="ks-bold" x={7} y={layout.columnY + 15} style={{ fontSize: layout.text + 0.5 }}>
        {fitText(p.topic, width - 12, layout.text + 0.5, 'bold')}
      </text>
      <text className={p.hurting > 0 ? 'ks-warn' : 'ks-mute'} x={7} y={layout.columnY + 29}>
        {fitText(p.hurting > 0 ? hurts : String(p.count), width - 10, layout.text)}
      </text>
      {rows.map(([leads, copies], row) => {
        if (copies === 0) return null;
        const y = (layout.rowY[row] as number) + layout.rowHeight / 2;
        const full = ((width - 14) * copies) / most;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row's place is its identity.
          <g key={row}>
            <rect x={7} y={y - 5} width={full} height={10} rx={2} className="ks-stripe-copy" />
            <rect
              x={7}
              y={y - 5}
              width={((width - 14) * leads) / most}
              height={10}
              rx={2}
              className="ks-stripe-leader"
            />
            <title>{text(language, 'stage.topic.row', { leads, copies })}</title>
          </g>
        );
      })}
    </Thing>
  );
});

/** Leads and copies by row, as TopicColumn reads them. */
export function rowsOfTopic(all: readonly PartitionView[], rows: ReadonlyMap<number, number>): string {
  const out = Array.from({ length: rows.size }, () => [0, 0] as [number, number]);
  for (const p of all)
    for (const r of p.replicas) {
      const at = out[rows.get(r.broker) ?? -1];
      if (at === undefined) continue;
      at[1]++;
      if (p.leader === r.broker) at[0]++;
    }
  return out.map(([a, b]) => `${a}/${b}`).join(' ');
}

export const hurtingIn = (all: readonly PartitionView[]): number =>
  all.filter((p) => {
    const hurt = hurtOf(p);
    return hurt === 'no-leader' || hurt === 'under-replicated';
  }).length;

/** The headings of a frame with several topics, and the columns of those that are folded. */
export function TopicHeads({
  p,
  rows,
}: {
  readonly p: SceneProps;
  readonly rows: ReadonlyMap<number, number>;
}): ReactElement {
  const { layout, language, marks } = p;
  return (
    <>
      {(p.headings ?? []).map((h) => {
        const thing = `topic:${h.topic}`;
        const all = h.folded ? (p.all ?? []).filter((x) => x.topic === h.topic) : [];
        const shared = { layout, language, topic: h.topic, count: h.count, mark: markOf(marks, thing) };
        const selected = marks.selection === thing;
        return (
          <Fragment key={`${h.topic}/${h.from}`}>
            <TopicHead {...shared} from={h.from} to={h.to} folded={h.folded} selected={selected} />
            {h.folded ? (
              <TopicColumn
                {...shared}
                column={h.from}
                hurting={hurtingIn(all)}
                rows={rowsOfTopic(all, rows)}
                selected={selected}
              />
            ) : null}
          </Fragment>
        );
      })}
    </>
  );
}

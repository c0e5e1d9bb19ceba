import { memo, type ReactElement } from 'react';
import type { PartitionView } from '../../protocol/frame.ts';
import { type Language, text } from '../../text/index.ts';
import { isFolded } from '../arrange.ts';
import { type Hurt, hurtOf } from '../hurt.ts';
import type { Layout } from '../layout.ts';
import { stripeLabelEvery, stripeShapes } from '../stripes.ts';
import { type Mark, MarkOutline, Thing } from './thing.tsx';

interface StripeProps {
  readonly layout: Layout;
  readonly column: number;
  readonly name: string;
  /** Its number, where there is room for it; '' elsewhere. */
  readonly number: string;
  readonly leader: string;
  readonly copies: string;
  readonly late: string;
  readonly ghost: string;
  readonly hw: string;
  readonly hurt: Hurt;
  readonly label: string;
  readonly mark: Mark;
  readonly selected: boolean;
}

/** A column as a stripe; every property is plain, so that an equal picture costs one comparison. */
const StripeColumn = memo(function StripeColumn(p: StripeProps): ReactElement {
  const { layout } = p;
  const width = layout.columnWidth;
  const top = layout.columnY;
  const head = top + layout.headerHeight;
  const middle = width / 2;
  const size = Math.max(2.2, Math.min(4, width / 2));
  return (
    <Thing
      id={`partition:${p.name}`}
      label={p.label}
      selected={p.selected}
      transform={`translate(${layout.columnX[p.column]} 0)`}
    >
      <rect
        className={`ks-stripe ${p.selected ? 'ks-panel-selected' : ''}`}
        x={0}
        y={head - 2}
        width={width}
        height={layout.columnHeight - layout.headerHeight}
        rx={Math.min(3, width / 4)}
      />
      <rect
        className="ks-hit"
        x={-layout.gutter / 2}
        y={top}
        width={width + layout.gutter}
        height={layout.columnHeight}
      />
      {p.number === '' ? null : (
        <text className="ks-mono ks-mute" x={middle} y={top + layout.text + 1} textAnchor="middle">
          {p.number}
        </text>
      )}
      {p.copies === '' ? null : <path d={p.copies} className="ks-stripe-copy" />}
      {p.leader === '' ? null : <path d={p.leader} className="ks-stripe-leader" />}
      {p.late === '' ? null : <path d={p.late} className="ks-stripe-late" />}
      {p.ghost === '' ? null : <path d={p.ghost} className="ks-stripe-ghost" />}
      <path d={p.hw} className="ks-stripe-hw" />
      {p.hurt === 'no-leader' ? (
        <path
          d={`M${middle - size} ${head - 10 - size}l${2 * size} ${2 * size}m0 ${-2 * size}l${-2 * size} ${2 * size}`}
          className="ks-stripe-harm"
        />
      ) : p.hurt === 'under-replicated' ? (
        <path d={`M${middle - size} ${head - 7}l${size} ${-2 * size}l${size} ${2 * size}z`} fill="var(--warn)" />
      ) : p.hurt === 'at-risk' ? (
        <circle cx={middle} cy={head - 10} r={Math.min(2.4, size * 0.7)} fill="var(--warn)" />
      ) : null}
      <MarkOutline
        mark={p.mark}
        x={-1}
        y={head - 3}
        width={width + 2}
        height={layout.columnHeight - layout.headerHeight + 2}
        radius={3}
      />
    </Thing>
  );
});

/** All columns that are in view as stripes. */
export function Stripes(props: {
  readonly layout: Layout;
  readonly partitions: readonly PartitionView[];
  readonly rows: ReadonlyMap<number, number>;
  readonly life: string;
  readonly language: Language;
  readonly markOf: (thing: string) => Mark;
  readonly selection: string | null;
}): ReactElement {
  const { layout, partitions, language } = props;
  const highest = partitions.reduce((most, p) => Math.max(most, p.index), 0);
  const every = stripeLabelEvery(layout.columnWidth + layout.gutter, layout.text * 0.61, highest);
  return (
    <>
      {partitions.map((p, column) => {
        if (isFolded(p)) return null;
        const shapes = stripeShapes(p, layout, props.rows, props.life);
        const hurt = hurtOf(p);
        const thing = `partition:${p.name}`;
        const leader =
          p.leader === -1
            ? text(language, 'stage.partition.none')
            : text(language, p.available ? 'stage.partition.leader' : 'stage.partition.silent', { id: p.leader });
        return (
          <StripeColumn
            key={p.name}
            layout={layout}
            column={column}
            name={p.name}
            number={p.index % every === 0 ? String(p.index) : ''}
            leader={shapes.leader}
            copies={shapes.copies}
            late={shapes.late}
            ghost={shapes.ghost}
            hw={shapes.hw}
            hurt={hurt}
            label={text(language, 'stage.stripe.aria', {
              name: p.name,
              leader,
              isr: p.isr.join(', '),
              hurt: hurt === null ? '' : text(language, `stage.hurt.${hurt}`),
            })}
            mark={props.markOf(thing)}
            selected={props.selection === thing || props.selection === `topic:${p.topic}`}
          />
        );
      })}
    </>
  );
}

import { memo, type ReactElement } from 'react';
import type { Frame, PartitionView, WorldInfo } from '../protocol/frame.ts';
import { type Language, text } from '../text/index.ts';
import { type Heading, isFolded } from './arrange.ts';
import { frameRow, lifeOf, linkMarks, linkWords, ringProps, ringsByThing, soonest } from './derive.ts';
import type { GroupParts } from './group-parts.tsx';
import { type GroupTable, groupTables } from './group-tables.ts';
import { useGroupParts, useLateParts } from './late.ts';
import type { LateParts } from './late-parts.tsx';
import type { Layout } from './layout.ts';
import { Patterns } from './parts/cell-paths.tsx';
import { ColumnBack, ColumnFront, LeaderFrame, SafeLine } from './parts/column.tsx';
import { ColumnHead } from './parts/column-head.tsx';
import { Links } from './parts/links.tsx';
import { ProducerCard } from './parts/producer-card.tsx';
import { Replica } from './parts/replica.tsx';
import { SlideClips, useWindow } from './parts/slide.tsx';
import { type Marks, markOf, useStageId } from './parts/thing.tsx';

export interface SceneProps {
  readonly frame: Frame;
  readonly info: WorldInfo;
  readonly layout: Layout;
  readonly language: Language;
  readonly words: 'first' | 'kafka';
  readonly marks: Marks;
  readonly emphasis: readonly number[];
  readonly letters: readonly string[];
  /** Partition -> first offset shown, largest log end, and whether it was dragged. */
  readonly bases: ReadonlyMap<string, number>;
  readonly tops: ReadonlyMap<string, number>;
  readonly scrolled: ReadonlySet<string>;
  /** Several topics: a heading each; and of which partitions a folded column speaks. */
  readonly headings?: readonly Heading[];
  readonly all?: readonly PartitionView[];
}

const NO_LINKS: ReturnType<typeof linkMarks> = [];
const DOWN = { up: 'u', paused: 'p', down: 'd' } as const;

/** The tinted row of a broker that does not answer, or that the controller has given up. */
const RowBand = memo(function RowBand(p: {
  readonly layout: Layout;
  readonly row: number;
  readonly tone: 'lost' | 'warn';
  readonly selected: boolean;
}): ReactElement {
  const { layout } = p;
  return (
    <rect
      x={5}
      y={(layout.rowY[p.row] as number) + 1}
      width={layout.width - 10}
      height={layout.rowHeight - 2}
      rx={10}
      fill={`var(--${p.tone})`}
      className="ks-band"
    />
  );
});

export function bands(frame: Frame, layout: Layout): ReactElement[] {
  const out: ReactElement[] = [];
  frame.brokers.forEach((b, row) => {
    const life = lifeOf(b);
    if (life === 'up' && !b.fenced) return;
    out.push(
      <RowBand key={b.id} layout={layout} row={row} tone={life === 'down' ? 'lost' : 'warn'} selected={false} />,
    );
  });
  return out;
}

/** Readers without a group, stripes and topics side by side are no part of the first picture. */
export const needsLate = ({ frame, layout, headings }: SceneProps): boolean =>
  frame.compressed !== undefined ||
  frame.consumers.length > 0 ||
  layout.mode === 'stripes' ||
  (headings ?? []).length > 0;

/** Everything that stands and scrolls sideways: producers, columns, readers' cells. */
export function Scene(p: SceneProps): ReactElement {
  const { frame, layout, language, marks } = p;
  const id = useStageId();
  const rows = new Map(frame.brokers.map((b, i) => [b.id, i]));
  const rings = ringsByThing(frame);
  const links = layout.mode === 'stripes' ? NO_LINKS : linkMarks(frame, rows);
  const life = frame.brokers.map((b) => DOWN[lifeOf(b)]).join('');
  const names = frame.partitions.map((x) => x.name).join(' ');
  const stripes = layout.mode === 'stripes';
  const late = useLateParts(needsLate(p));
  const grouped = useGroupParts(frame.groups.length > 0);
  const tables = stripes ? [] : groupTables(frame);
  return (
    // biome-ignore lint/a11y/useSemanticElements: an SVG is no fieldset.
    <svg
      className="ks-svg ks-body"
      width={layout.width}
      height={layout.height}
      role="group"
      aria-label={text(language, 'stage.columns')}
    >
      <Patterns id={id} />
      <defs>
        <SlideClips layout={layout} id={id} />
      </defs>
      {stripes
        ? null
        : frame.partitions.map((x, column) =>
            isFolded(x) ? null : (
              <ColumnBack
                key={x.name}
                layout={layout}
                column={column}
                mark={markOf(marks, `partition:${x.name}`)}
                selected={marks.selection === `partition:${x.name}` || marks.selection === `topic:${x.topic}`}
              />
            ),
          )}
      {bands(frame, layout)}
      <Links
        layout={layout}
        links={links}
        selected={marks.selection?.startsWith('link:') === true ? marks.selection : null}
        language={language}
      />
      {frame.producers.map((producer, index) => {
        const thing = `producer:${producer.id}`;
        const ring = soonest(rings.get(thing), ['linger', 'request-timeout', 'retry-backoff', 'delivery', 'metadata']);
        return (
          <ProducerCard
            key={producer.id}
            layout={layout}
            index={index}
            producer={producer}
            partitions={names}
            language={language}
            mark={markOf(marks, thing)}
            selected={marks.selection === thing}
            ring={ring === null ? null : ringProps(ring, `stage.producer.${ring.kind}`, frame.atUs, language)}
          />
        );
      })}
      {stripes ? (
        late === null ? null : (
          <late.Stripes
            layout={layout}
            partitions={frame.partitions}
            rows={rows}
            life={life}
            language={language}
            markOf={(thing) => markOf(marks, thing)}
            selection={marks.selection}
          />
        )
      ) : (
        frame.partitions.map((partition, column) =>
          isFolded(partition) ? null : (
            <Column
              key={partition.name}
              p={p}
              column={column}
              rows={rows}
              life={life}
              rings={rings}
              links={links}
              tables={tables}
              late={late}
              grouped={grouped}
            />
          ),
        )
      )}
      {late === null ? null : <late.CodecNames p={p} />}
      {late === null || p.headings === undefined ? null : <late.TopicHeads p={p} rows={rows} />}
      {stripes && grouped !== null ? <grouped.GroupRuns p={p} /> : null}
      {grouped === null ? null : <grouped.Members p={p} />}
    </svg>
  );
}

interface ColumnPartProps {
  readonly p: SceneProps;
  readonly column: number;
  readonly rows: ReadonlyMap<number, number>;
  readonly life: string;
  readonly rings: ReturnType<typeof ringsByThing>;
  readonly links: ReturnType<typeof linkMarks>;
  readonly tables: readonly GroupTable[];
  readonly late: LateParts | null;
  readonly grouped: GroupParts | null;
}

function Column({ p, column, rows, life, rings, links, tables, late, grouped }: ColumnPartProps): ReactElement {
  const { frame, layout, language, marks, words } = p;
  const partition = frame.partitions[column] as Frame['partitions'][number];
  const thing = `partition:${partition.name}`;
  const leader = frameRow(partition, rows);
  const scrolled = p.scrolled.has(partition.name);
  const run = `${frame.world}/${frame.branch}/${frame.jump}`;
  const window = useWindow(p.bases.get(partition.name) ?? 0, layout.slots, !scrolled && layout.mode === 'cells', run);
  const shared = {
    layout,
    column,
    partition,
    topics: p.info.topics.length,
    language,
    words,
    window,
    top: p.tops.get(partition.name) ?? partition.leo,
    scrolled,
    mark: markOf(marks, thing),
    selected: marks.selection === thing,
    rows: life,
    silent: leader.silent,
  } as const;
  const replicas = partition.replicas.map((r) => ({ r, row: rows.get(r.broker) ?? -1 })).filter((x) => x.row >= 0);
  replicas.sort((a, b) => a.row - b.row);
  return (
    <>
      <ColumnHead {...shared} />
      <SafeLine layout={layout} column={column} window={window} hw={partition.hw} rows={life} />
      {leader.row < 0 ? null : (
        // The frame slides within one run of time; after a jump it is simply there.
        <LeaderFrame key={run} layout={layout} column={column} row={leader.row} silent={leader.silent} />
      )}
      {replicas.map(({ r, row }) => {
        const replicaThing = `replica:${partition.name}@${r.broker}`;
        const link = linkWords(links, column, partition, r, language, layout.mode === 'bars');
        const ring = soonest(rings.get(replicaThing), ['lag', 'fetch-wait']);
        return (
          <Replica
            key={r.broker}
            layout={layout}
            column={column}
            row={row}
            partition={partition.name}
            replica={r}
            hw={partition.hw}
            window={window}
            ghost={life[row] !== 'u'}
            language={language}
            words={words}
            letters={p.letters}
            emphasis={p.emphasis}
            mark={markOf(marks, replicaThing)}
            selected={marks.selection === replicaThing}
            link={link.words}
            linkCut={link.cut}
            ring={
              ring === null
                ? null
                : ringProps(
                    ring,
                    ring.kind === 'lag' ? 'stage.replica.lag' : 'stage.replica.wait',
                    frame.atUs,
                    language,
                  )
            }
          />
        );
      })}
      <ColumnFront {...shared} />
      {grouped === null ? null : (
        <grouped.GroupCells
          p={p}
          tables={tables}
          column={column}
          partition={partition.name}
          window={window}
          run={run}
        />
      )}
      {frame.consumers.map((consumer, index) => {
        const position = consumer.positions.find((x) => x.partition === partition.name);
        if (position === undefined || late === null) return null;
        return (
          <late.ReaderCell
            key={consumer.id}
            layout={layout}
            column={column}
            index={index}
            id={consumer.id}
            partition={partition.name}
            position={position.position}
            hw={partition.hw}
            lag={position.lag}
            window={window}
            down={consumer.state !== 'up'}
            language={language}
            words={words}
            mark={markOf(marks, `consumer:${consumer.id}`)}
          />
        );
      })}
    </>
  );
}

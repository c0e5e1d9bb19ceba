import { memo, type ReactElement } from 'react';
import type { ProducerBatchView, ProducerView } from '../../protocol/frame.ts';
import { type Language, text } from '../../text/index.ts';
import type { Layout, Rect } from '../layout.ts';
import { fitText, textWidth } from '../measure.ts';
import { KEY_HUES, keyColour } from '../palette.ts';
import { sameBy, sameProducer, sameRing } from '../same.ts';
import { Ring } from './ring.tsx';
import { type Mark, MarkOutline, Thing, ThingButton } from './thing.tsx';

export interface ProducerCardProps {
  readonly layout: Layout;
  readonly index: number;
  readonly producer: ProducerView;
  /** Names of the partitions, in the order of the columns: one slot of the accumulator each. */
  readonly partitions: string;
  readonly language: Language;
  readonly mark: Mark;
  readonly selected: boolean;
  readonly ring: { readonly left: number; readonly title: string } | null;
}

function stateWords(
  p: ProducerView,
  language: Language,
): { long: string; short: string; tone: 'mute' | 'warn' | 'lost' } {
  const say = (key: string): string => text(language, key, { acks: p.acks });
  if (p.state === 'paused')
    return { long: say('stage.producer.paused'), short: say('stage.producer.paused'), tone: 'warn' };
  if (p.state !== 'up') return { long: say('stage.producer.down'), short: say('stage.producer.down'), tone: 'lost' };
  if (p.blocked !== null) {
    const words = say(`stage.producer.blocked.${p.blocked}`);
    return { long: words, short: words, tone: 'warn' };
  }
  return {
    long: say(p.workloadEnded ? 'stage.producer.ended' : 'stage.producer.writes'),
    short: say('stage.producer.acks'),
    tone: 'mute',
  };
}

export const ProducerCard = memo(
  function ProducerCard(p: ProducerCardProps): ReactElement {
    const { layout, producer, language } = p;
    const card = layout.producers[p.index] as Rect;
    const size = layout.text;
    const state = stateWords(producer, language);
    const button = text(language, 'stage.producer.text');
    const small = card.width < 150;
    const buttonWidth = small ? 22 : textWidth(button, size) + 14;
    const nameRoom = card.width - 24 - buttonWidth - 8;
    const name = fitText(producer.id, nameRoom, 13, 'bold');
    const stateRoom = nameRoom - textWidth(name, 13, 'bold') - 8;
    const words =
      textWidth(state.long, size) <= stateRoom
        ? state.long
        : textWidth(state.short, size) <= stateRoom
          ? state.short
          : '';
    return (
      <g>
        <Thing
          id={`producer:${producer.id}`}
          label={text(language, 'stage.producer.aria', { id: producer.id, state: state.long })}
          selected={p.selected}
        >
          <rect className="ks-panel" x={card.x} y={card.y} width={card.width} height={card.height} rx={10} />
          <MarkOutline mark={p.mark} x={card.x} y={card.y} width={card.width} height={card.height} radius={10} />
          <text className="ks-bold" x={card.x + 12} y={card.y + 20} style={{ fontSize: 13 }}>
            {name}
            <tspan className={`ks-${state.tone} ks-aside`} dx={8}>
              {words}
            </tspan>
            <title>{`${producer.id}: ${state.long}`}</title>
          </text>
          <Accumulator p={p} card={card} />
        </Thing>
        <ThingButton
          thing={`producer:${producer.id}`}
          action="text"
          label={text(language, 'stage.producer.text.aria', { id: producer.id })}
          x={card.x + card.width - buttonWidth - 7}
          y={card.y + 6}
          width={buttonWidth}
          height={20}
          text={small ? null : button}
        />
        {p.ring === null ? null : (
          <Ring
            cx={card.x + card.width - 15}
            cy={card.y + card.height - 12}
            r={5}
            left={p.ring.left}
            colour="var(--mute)"
            title={p.ring.title}
          />
        )}
      </g>
    );
  },
  (a, b) => sameBy(a, b, { producer: sameProducer, ring: sameRing }),
);

/** What waits to be sent: a slot a partition, a track a batch, filled by its bytes with the colours of its records. */
function Accumulator({ p, card }: { readonly p: ProducerCardProps; readonly card: Rect }): ReactElement {
  const names = p.partitions === '' ? [] : p.partitions.split(' ');
  const y = card.y + card.height - 17;
  const gap = names.length > 6 ? 3 : 6;
  const room = card.width - 24 - 16;
  const slot = (room - gap * (names.length - 1)) / Math.max(1, names.length);
  const waiting = new Map<string, ProducerBatchView[]>();
  for (const batch of p.producer.batches) {
    if (batch.state === 'in-flight') continue;
    const list = waiting.get(batch.partition);
    if (list === undefined) waiting.set(batch.partition, [batch]);
    else list.push(batch);
  }
  if (slot < 4) return <WholeTrack p={p} x={card.x + 12} y={y} width={room} waiting={waiting} />;
  return (
    <>
      {names.map((name, k) => {
        const batches = (waiting.get(name) ?? []).slice(0, 3);
        const x = card.x + 12 + k * (slot + gap);
        const count = Math.max(1, batches.length);
        const width = (slot - 2 * (count - 1)) / count;
        return (
          <g key={name}>
            {Array.from({ length: count }, (_, i) => (
              <Track
                // biome-ignore lint/suspicious/noArrayIndexKey: a slot's place is its identity.
                key={`${name}/${i}`}
                batch={batches[i] ?? null}
                x={x + i * (width + 2)}
                y={y}
                width={width}
                language={p.language}
              />
            ))}
          </g>
        );
      })}
    </>
  );
}

/** With more partitions than there is room for: all that waits in one track, in the order of the columns. */
function WholeTrack(props: {
  readonly p: ProducerCardProps;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly waiting: ReadonlyMap<string, readonly ProducerBatchView[]>;
}): ReactElement {
  const { p, x, y, width } = props;
  const batches = [...props.waiting.values()].flat();
  const records = batches.reduce((sum, b) => sum + b.records, 0);
  const shown = batches.flatMap((b) => b.keys).slice(0, Math.floor(width / 2.4));
  const each = Math.min(5, (width - 2) / Math.max(1, shown.length));
  // A path a hue: some dozens of records are a handful of elements.
  const paths = new Map<number, string>();
  shown.forEach((key, i) => {
    const hue = key < 0 ? -1 : key % KEY_HUES;
    const d = `M${(x + 1 + i * each).toFixed(1)} ${y + 1.5}h${Math.max(0.8, each - 0.6).toFixed(1)}v7h${-Math.max(0.8, each - 0.6).toFixed(1)}z`;
    paths.set(hue, (paths.get(hue) ?? '') + d);
  });
  return (
    <g>
      <title>{text(p.language, 'stage.producer.waiting', { records, batches: batches.length })}</title>
      <rect x={x} y={y} width={width} height={10} rx={3} fill="var(--shade)" />
      {[...paths].map(([hue, d]) => (
        <path key={hue} d={d} fill={keyColour(hue)} />
      ))}
    </g>
  );
}

function Track(props: {
  readonly batch: ProducerBatchView | null;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly language: Language;
}): ReactElement {
  const { batch, x, y, width } = props;
  const height = 10;
  const outline =
    batch === null || batch.state === 'open' ? 'none' : batch.state === 'retry' ? 'var(--warn)' : 'var(--mute)';
  const fill = batch === null ? 0 : Math.max(3, Math.min(1, batch.bytes / Math.max(1, batch.limitBytes)) * (width - 2));
  const keys = batch?.keys ?? [];
  const each = fill / Math.max(1, keys.length);
  const space = each >= 5 ? 1.5 : 0;
  return (
    <g>
      {batch === null ? null : (
        <title>
          {text(
            props.language,
            batch.attempts > 1 || batch.state === 'retry' ? 'stage.producer.batch.retry' : 'stage.producer.batch',
            {
              partition: batch.partition,
              records: batch.records,
              bytes: batch.bytes,
              limit: batch.limitBytes,
              attempts: batch.attempts,
            },
          )}
        </title>
      )}
      <rect x={x} y={y} width={width} height={height} rx={3} fill="var(--shade)" stroke={outline} />
      {keys.map((key, i) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a record's place in its batch is its identity.
          key={i}
          x={x + 1 + i * each}
          y={y + 1.5}
          width={Math.max(0.8, each - space)}
          height={height - 3}
          rx={each >= 5 ? 1.5 : 0}
          fill={keyColour(key)}
        />
      ))}
    </g>
  );
}

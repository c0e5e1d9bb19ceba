/** A lane a partition: coloured by its owner with the owner's name in it, hatched where nobody reads. */
import { memo } from 'react';
import { fitText, textWidth } from '../../diagram/measure.ts';
import { READER_HUES, readerColour } from '../../diagram/palette.ts';
import type { LabRun } from '../../protocol/lab.ts';
import { useSay } from '../../store/use-app.tsx';
import type { Domain, LaneBox } from '../time-strip/lane-math.ts';
import { type LaneRow, type LaneShape, laneShapes } from './geometry.ts';
import { laneWords } from './words.ts';

const NAME_SIZE = 11;
const round = (n: number): number => Math.round(n * 10) / 10;

/** The owner; of a share group, all who read it. */
function namesIn({ owner, span }: LaneShape, width: number): string {
  if (span.also.length === 0) return owner ?? '';
  const all = [owner, ...span.also].join(' ');
  return textWidth(all, NAME_SIZE, 'bold') + 10 < width ? all : `${owner} + ${span.also.length}`;
}

function Shape({ shape, y, height, hue }: { shape: LaneShape; y: number; height: number; hue: number }) {
  const { kind, x, width } = shape;
  const owner = namesIn(shape, width);
  const room = width > textWidth(owner, NAME_SIZE, 'bold') + 10 && height >= 12;
  const bar = { x: round(x), y, width: round(width), height };
  if (kind === 'held' || kind === 'stalled') {
    const held = kind === 'held';
    return (
      <>
        <rect
          {...bar}
          width={Math.max(0.3, round(width - (width > 3 ? 1 : 0)))}
          rx={Math.min(3, width / 3)}
          fill={held ? readerColour(hue) : `url(#kl-stalled-${hue % READER_HUES})`}
          stroke={held ? undefined : readerColour(hue)}
          strokeOpacity={held ? undefined : 0.6}
          data-kind={kind}
        />
        {room && (
          <text
            x={round(x + 6)}
            y={y + height / 2 + 4}
            className="kl-owner"
            style={{ fill: held ? 'var(--panel)' : readerColour(hue) }}
          >
            {owner}
          </text>
        )}
      </>
    );
  }
  return <rect {...bar} fill={`url(#kl-${kind})`} className="kl-gap" data-kind={kind} />;
}

export const PartitionLanes = memo(function PartitionLanes(props: {
  run: LabRun;
  rows: readonly LaneRow[];
  domain: Domain;
  box: LaneBox;
  chosen: string | null;
}) {
  const { run, rows, domain, box, chosen } = props;
  const say = useSay();
  const hues = new Map(run.members.map(({ consumer, hue }) => [consumer, hue]));
  return (
    <>
      {rows.map(({ partitions, y, height }) => {
        const { partition, spans } = partitions[0]!;
        return (
          // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a part of a drawing is no control
          <g key={partition} role="img" aria-label={laneWords(say, run, partitions[0]!)} data-lane={partition}>
            <text x={0} y={y + height / 2 + 4} className="kl-lane-name" data-chosen={partition === chosen || undefined}>
              {fitText(partition, box.left - 8, 11.5, 'mono')}
            </text>
            {laneShapes(spans, domain, box).map((shape) => (
              <Shape
                key={shape.span.fromUs}
                shape={shape}
                y={y}
                height={height}
                hue={hues.get(shape.owner ?? '') ?? 0}
              />
            ))}
          </g>
        );
      })}
    </>
  );
});

/** Beside a partition's name: the codecs in its log and how many times smaller they made it. Comes with the first compressed batch. */
import type { ReactElement } from 'react';
import type { PartitionView } from '../../protocol/frame.ts';
import { text } from '../../text/index.ts';
import { isFolded } from '../arrange.ts';
import type { Layout } from '../layout.ts';
import { textWidth } from '../measure.ts';
import type { SceneProps } from '../scene.tsx';
import { leaderWords } from './column-head.tsx';

const SIZE = 11;
const GAP = 8;

/** Where the words begin in a column's header; null: there is no room beside what stands there. Pixels from the column's left. */
export function codecPlace(
  layout: Layout,
  partition: Pick<PartitionView, 'name' | 'replicas'>,
  words: string,
  leader: string,
): number | null {
  if (layout.mode !== 'cells') return null;
  const step = layout.columnWidth < 190 ? 15.5 : 19;
  const badges = partition.replicas.length * step;
  const aside = layout.twoLines ? 0 : 12 + textWidth(leader, 13) + textWidth('000 at risk', layout.text, 'bold') + 24;
  const room = layout.columnWidth - 2 * layout.pad - badges - 8;
  const name = textWidth(partition.name, 13, 'bold');
  const at = name + GAP + (layout.twoLines ? 0 : 12 + textWidth(leader, 13));
  return name + GAP + textWidth(words, SIZE, 'mono') + aside > room ? null : layout.pad + at;
}

export function CodecNames({ p }: { readonly p: SceneProps }): ReactElement | null {
  const { frame, layout, language } = p;
  const { compressed } = frame;
  if (compressed === undefined) return null;
  return (
    <g style={{ pointerEvents: 'none' }}>
      {frame.partitions.map((partition, column) => {
        const found = compressed[partition.name];
        if (found === undefined || isFolded(partition)) return null;
        const words = text(language, 'compression.log.says', {
          codec: found.codecs.join('+'),
          ratio: found.ratio.toFixed(1),
        });
        const leader = leaderWords({ partition, language, words: p.words, silent: false }).text;
        const at = codecPlace(layout, partition, words, leader);
        return at === null ? null : (
          <text
            key={partition.name}
            className="ks-mute ks-mono"
            style={{ fontSize: SIZE }}
            x={(layout.columnX[column] as number) + at}
            y={layout.columnY + 20}
          >
            {words}
          </text>
        );
      })}
    </g>
  );
}

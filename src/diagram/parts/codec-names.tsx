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
const GAP = 7;

/**
 * Where the words begin in a column's header, in pixels from its left and from its top: behind the name, else behind the
 * leader's words; in bars they end there, at the right behind the copies; null: there is no room beside what stands there, or may come to stand there.
 */
export function codecPlace(
  layout: Pick<Layout, 'mode' | 'columnWidth' | 'pad' | 'twoLines' | 'text'>,
  partition: Pick<PartitionView, 'name' | 'replicas'>,
  words: string,
  leader: string,
  risk: string,
): { x: number; y: number } | null {
  const { pad, text: size } = layout;
  const room = layout.columnWidth - 2 * pad;
  const own = textWidth(words, SIZE);
  const count = partition.replicas.length;
  if (layout.mode === 'bars') {
    const copies = count * Math.min(16, room / Math.max(1, count)) + GAP;
    return copies + own <= room ? { x: layout.columnWidth - pad, y: 33 + size - 11 } : null;
  }
  if (layout.mode !== 'cells') return null;
  const badges = layout.columnWidth < 190 ? count * 15.5 - 1.5 : count * 19 - 3;
  const name = textWidth(partition.name, 13, 'bold') + GAP;
  const atRisk = risk === '' ? 0 : textWidth(risk, size, 'bold') + 2 * GAP;
  const said = textWidth(leader, size) + GAP;
  if (!layout.twoLines) {
    const x = name + 5 + textWidth(leader, 13) + GAP;
    return x + own + atRisk + badges + 12 <= room ? { x: pad + x, y: 20 } : null;
  }
  if (name + own + badges + 6 <= room) return { x: pad + name, y: 20 };
  return said + own + atRisk <= room ? { x: pad + said, y: 38 + size - 11 } : null;
}

export function CodecNames({ p }: { readonly p: SceneProps }): ReactElement | null {
  const { frame, layout, language } = p;
  const { compressed } = frame;
  if (compressed === undefined) return null;
  // With acks=all nothing is acknowledged before it is safe: only then the room of "at risk" is free for good.
  const mayRisk = frame.producers.some(({ acks }) => acks !== 'all');
  return (
    <g style={{ pointerEvents: 'none' }}>
      {frame.partitions.map((partition, column) => {
        const found = compressed[partition.name];
        if (found === undefined || isFolded(partition)) return null;
        const ratio = found.ratio.toFixed(1);
        const says = text(language, 'compression.log.says', { codec: found.codecs.join('+'), ratio });
        const leader = leaderWords({ partition, language, words: p.words, silent: false }).text;
        const risk = mayRisk || partition.atRisk > 0 ? text(language, 'stage.risk', { n: 999 }) : '';
        // Of many codecs there may be room for the figure alone.
        const words = codecPlace(layout, partition, says, leader, risk) === null ? `${ratio}×` : says;
        const at = codecPlace(layout, partition, words, leader, risk);
        return at === null ? null : (
          <text
            key={partition.name}
            className="ks-mute"
            style={{ fontSize: SIZE }}
            x={(layout.columnX[column] as number) + at.x}
            y={layout.columnY + at.y}
            textAnchor={layout.mode === 'bars' ? 'end' : 'start'}
          >
            {words}
          </text>
        );
      })}
    </g>
  );
}

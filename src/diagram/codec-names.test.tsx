/** Beside a partition's name: which codecs stand in its log, where there is room, and only where there is one. */
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import './group-parts.tsx';
import './late-parts.tsx';
import { followBase } from './axis.ts';
import { topOf } from './derive.ts';
import { makeFrame, makeInfo } from './fixture.ts';
import { type Layout, layOut } from './layout.ts';
import { textWidth } from './measure.ts';
import { codecPlace } from './parts/codec-names.tsx';
import { Scene } from './scene.tsx';

const OPTIONS = {
  situation: 'healthy',
  brokers: 3,
  partitions: 3,
  replication: 3,
  consumers: 1,
  atUs: 2_000_000,
} as const;

function draw(compressed: Record<string, { codecs: string[]; ratio: number }> | undefined, partitions = 3): string {
  const options = { ...OPTIONS, partitions };
  const made = makeFrame(options);
  const frame = compressed === undefined ? made : { ...made, compressed };
  const info = makeInfo(options);
  const layout = layOut({
    width: 864,
    height: 640,
    brokers: 3,
    partitions: frame.partitions.length,
    producers: frame.producers.length,
    consumers: frame.consumers.length,
    controllers: 1,
    text: 11,
  });
  const tops = new Map(frame.partitions.map((p) => [p.name, topOf(p)]));
  const props = {
    frame,
    info,
    layout,
    language: 'en',
    words: 'first',
    marks: { selection: null, hover: null, highlight: [] },
    emphasis: [],
    letters: info.keys.map(() => 'A'),
    bases: new Map([...tops].map(([name, top]) => [name, followBase(top, layout.slots)])),
    tops,
    scrolled: new Set<string>(),
  } as const;
  return renderToStaticMarkup(<Scene {...props} />);
}

test('a compressed log says its codecs and how many times smaller they made it; a plain one says nothing', () => {
  expect(draw(undefined)).not.toContain('×');
  const html = draw({ 'orders-1': { codecs: ['zstd'], ratio: 5.78 } });
  expect(html.match(/×/g)).toHaveLength(1);
  expect(html).toContain('>zstd 5.8×<');
  // Of several there is room for the figure alone.
  expect(draw({ 'orders-1': { codecs: ['gzip', 'snappy', 'zstd'], ratio: 5.78 } })).toContain('>5.8×<');
});

test('where columns are bars it stands behind the copies, and nowhere if they take the room', () => {
  const of = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`orders-${i}`, { codecs: ['lz4'], ratio: 2 }]));
  expect(draw(of(5), 5).match(/>lz4 2\.0×</g)).toHaveLength(5);
  expect(draw(of(24), 24)).not.toContain('×');
  const bars = { mode: 'bars', columnWidth: 126, pad: 7, twoLines: true, text: 11 } as const;
  const three = { name: 'zstd-0', replicas: [{}, {}, {}] as never };
  const at = codecPlace(bars, three, 'zstd 5.8×', '', '');
  expect(at?.x).toBe(126 - 7);
  expect((at?.x ?? 0) - textWidth('zstd 5.8×', 11)).toBeGreaterThan(7 + 3 * 16);
});

test('with acks=all the room of “at risk” is free', () => {
  const narrow = { mode: 'cells', columnWidth: 162, pad: 12, twoLines: true, text: 11 } as const;
  const partition = { name: 'none-into-gzip-0', replicas: [{}, {}, {}] as never };
  expect(codecPlace(narrow, partition, 'gzip 5.6×', 'leader 1', '999 at risk')).toBeNull();
  expect(codecPlace(narrow, partition, 'gzip 5.6×', 'leader 1', '')?.y).toBe(38);
});

/** Whatever the width: it ends before what stands, or may come to stand, at the right. */
test('it overlaps neither the copies nor the records at risk', () => {
  const partition = { name: 'orders-0', replicas: [{}, {}, {}, {}, {}] as never };
  const words = 'zstd 5.8×';
  const own = textWidth(words, 11);
  const placed = new Set<number>();
  for (let columnWidth = 120; columnWidth < 480; columnWidth++) {
    const layout = { mode: 'cells', columnWidth, pad: 12, twoLines: columnWidth < 300, text: 12 } as Pick<
      Layout,
      'mode' | 'columnWidth' | 'pad' | 'twoLines' | 'text'
    >;
    const at = codecPlace(layout, partition, words, 'leader 1', '999 at risk');
    if (at === null) continue;
    placed.add(at.y);
    const badges = columnWidth < 190 ? 76 : 92;
    const risk = textWidth('999 at risk', 12, 'bold');
    const right = columnWidth - 12;
    const free = at.y > 20 ? right - risk : layout.twoLines ? right - badges : right - badges - 12 - risk;
    expect(at.x + own).toBeLessThan(free);
    const left = 12 + (at.y > 20 ? textWidth('leader 1', 12) : textWidth('orders-0', 13, 'bold'));
    expect(at.x).toBeGreaterThan(left);
  }
  expect([...placed].sort()).toEqual([20, 39]);
});

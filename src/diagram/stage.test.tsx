import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import './group-parts.tsx';
import './late-parts.tsx';
import { type Language, loadLanguage } from '../text/index.ts';
import { followBase } from './axis.ts';
import { topOf } from './derive.ts';
import { type FixtureOptions, makeFrame, makeInfo, type Situation } from './fixture.ts';
import { Heads } from './heads.tsx';
import { layOut } from './layout.ts';
import { keyLetter } from './palette.ts';
import { Scene } from './scene.tsx';
import { nearest } from './stage-keys.ts';

function draw(options: FixtureOptions, language: Language = 'en', words: 'first' | 'kafka' = 'first'): string {
  const frame = makeFrame(options);
  const info = makeInfo(options);
  const layout = layOut({
    width: 864,
    height: 640,
    brokers: frame.brokers.length,
    partitions: frame.partitions.length,
    producers: frame.producers.length,
    consumers: frame.consumers.length,
    controllers: frame.controllers.length,
    text: language === 'zh' ? 12 : 11,
  });
  const tops = new Map(frame.partitions.map((p) => [p.name, topOf(p)]));
  const bases = new Map([...tops].map(([name, top]) => [name, followBase(top, layout.slots)]));
  const props = {
    frame,
    info,
    layout,
    language,
    words,
    marks: { selection: 'partition:orders-0', hover: null, highlight: [] },
    emphasis: [],
    letters: info.keys.map(keyLetter),
    bases,
    tops,
    scrolled: new Set<string>(),
  };
  return renderToStaticMarkup(
    <>
      <Heads {...props} />
      <Scene {...props} />
    </>,
  );
}

describe('the stage in words', () => {
  test('every number of brokers, partitions and copies is drawn, in every situation and both languages', async () => {
    await loadLanguage('zh');
    for (const situation of ['healthy', 'leader-dead', 'elected', 'paused'] as Situation[])
      for (const brokers of [1, 2, 3, 5, 9])
        for (const partitions of [1, 3, 8, 12])
          for (const language of ['en', 'zh'] as const) {
            const html = draw(
              { situation, brokers, partitions, replication: 5, consumers: 2, atUs: 2_000_000 },
              language,
            );
            expect(html).not.toMatch(/NaN|undefined|Infinity/);
            // No text without its words: neither a bare key nor a parameter that was not filled in.
            expect(html).not.toMatch(/stage\.[a-z]/);
            expect(html).not.toMatch(/>[^<]*\{[a-z]+[|}]/i);
          }
  });

  test('things that can be chosen have names, and stand in an order that makes sense', () => {
    const html = draw({ situation: 'elected' });
    const all = [...html.matchAll(/data-thing="([^"]+)" data-stop="" aria-label="([^"]+)"/g)];
    // Links and readers' cells are stops too, once in each column.
    expect(all.filter((m) => m[1]?.startsWith('link:')).length).toBeGreaterThan(0);
    expect(all.filter((m) => m[2]?.startsWith('Reader audit of'))).toHaveLength(3);
    const stops = all.filter((m) => !m[1]?.startsWith('link:') && !m[2]?.startsWith('Reader audit of'));
    const ids = stops.map((m) => m[1] as string);
    expect(ids.slice(0, 5)).toEqual(['controller:101', 'broker:1', 'broker:2', 'broker:3', 'consumer:audit']);
    expect(ids.slice(5, 11)).toEqual([
      'producer:checkout',
      'producer:web',
      'partition:orders-0',
      'replica:orders-0@1',
      'replica:orders-0@2',
      'replica:orders-0@3',
    ]);
    expect(html).toMatch(/Replica of orders-0 on broker 2: leader, next offset \d+/);
    expect(html).toContain('was leader');
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("Kafka's words come when they are asked for", () => {
    expect(draw({})).not.toMatch(/HW|LEO|ISR|epoch/);
    expect(draw({}, 'en', 'kafka')).toMatch(/HW \d+/);
    expect(draw({}, 'en', 'kafka')).toMatch(/LEO \d+/);
    expect(draw({}, 'en', 'kafka')).toMatch(/epoch \d+/);
  });

  test('a fixture is a pure function of its options', () => {
    expect(makeFrame({ atUs: 777_000, situation: 'paused' })).toEqual(
      makeFrame({ atUs: 777_000, situation: 'paused' }),
    );
  });
});

describe('arrow keys', () => {
  const box = (x: number, y: number, width = 60, height = 60) => ({ x, y, width, height });
  const boxes = [box(0, 0), box(100, 4), box(0, 100), box(300, 0), box(10, 36, 30, 15)];

  test('go to the nearest in their direction', () => {
    expect(nearest(boxes, 0, [1, 0])).toBe(1);
    expect(nearest(boxes, 1, [1, 0])).toBe(3);
    expect(nearest(boxes, 0, [-1, 0])).toBe(-1);
  });

  test('from a tall thing go down to what is below it, not to what stands beside it', () => {
    const around = [box(100, 0, 20, 300), box(0, 160, 60, 20), box(90, 320, 60, 20)];
    expect(nearest(around, 0, [0, 1])).toBe(2);
  });

  test('enter a button inside a thing, and leave it again', () => {
    expect(nearest(boxes, 0, [0, 1])).toBe(4);
    expect(nearest(boxes, 4, [0, 1])).toBe(2);
    expect(nearest(boxes, 4, [1, 0])).toBe(1);
    expect(nearest(boxes, 4, [0, -1])).toBe(0);
  });
});

// @vitest-environment jsdom
/** An equal moment is drawn by nobody: what changed is all that a frame costs. */
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, test } from 'vitest';
import './group-parts.tsx';
import './late-parts.tsx';
import type { Frame } from '../protocol/frame.ts';
import { withoutMembers } from './arrange.ts';
import { followBase } from './axis.ts';
import { topOf } from './derive.ts';
import { type FixtureOptions, makeFrame, makeInfo } from './fixture.ts';
import { Heads } from './heads.tsx';
import { layOut } from './layout.ts';
import { keyLetter } from './palette.ts';
import { Scene } from './scene.tsx';

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

function stage(options: FixtureOptions) {
  const first = withoutMembers(makeFrame(options));
  const info = makeInfo(options);
  const layout = layOut({
    width: 1136,
    height: 640,
    brokers: first.brokers.length,
    partitions: first.partitions.length,
    producers: first.producers.length,
    consumers: first.consumers.length,
    controllers: 1,
    groups: first.groups.map((g) => g.members.length),
    text: 11,
  });
  const letters = info.keys.map(keyLetter);
  const scrolled = new Set<string>();
  const element = document.createElement('div');
  const root = createRoot(element);
  const show = (frame: Frame): void => {
    const tops = new Map(frame.partitions.map((p) => [p.name, topOf(p)]));
    const bases = new Map([...tops].map(([name, top]) => [name, followBase(top, layout.slots)]));
    const props = {
      frame,
      info,
      layout,
      language: 'en' as const,
      words: 'first' as const,
      marks: { selection: null, hover: null, highlight: [] },
      emphasis: [],
      letters,
      bases,
      tops,
      scrolled,
    };
    act(() =>
      root.render(
        <>
          <Heads {...props} />
          <Scene {...props} />
        </>,
      ),
    );
  };
  const changes = (frame: Frame): Element[] => {
    const observer = new MutationObserver(() => {});
    observer.observe(element, { subtree: true, childList: true, attributes: true, characterData: true });
    show(frame);
    const records = observer.takeRecords();
    observer.disconnect();
    return records.map((r) => (r.target instanceof Element ? r.target : (r.target.parentElement as Element)));
  };
  show(first);
  return { first, changes };
}

test.each([
  ['cells', { partitions: 3, groups: ['stable', 'unowned'] }],
  ['bars', { partitions: 12, groups: ['stable'] }],
  ['stripes', { partitions: 60, brokers: 9, groups: ['stable', 'behind'], members: 12 }],
] as const)('%s: the same moment once more changes nothing', (_, options) => {
  const { first, changes } = stage({ ...options, atUs: 9_000_000 });
  expect(changes(structuredClone(first))).toEqual([]);
});

test('one more record in one partition changes that column, and no other', () => {
  const { first, changes } = stage({ partitions: 3, groups: ['stable'], atUs: 9_000_000 });
  const frame = structuredClone(first);
  const p = frame.partitions[1] as Frame['partitions'][number];
  const more = {
    ...p,
    leo: p.leo + 1,
    replicas: p.replicas.map((r) => (r.role === 'leader' ? { ...r, leo: r.leo + 1 } : r)),
  };
  const touched = changes({ ...frame, partitions: frame.partitions.map((x) => (x === p ? more : x)) });
  expect(touched.length).toBeGreaterThan(0);
  for (const element of touched) {
    const thing = element.closest('[data-thing]')?.getAttribute('data-thing') ?? 'orders-1';
    // Under the column stand the cells of b2 and audit, on the same axis.
    expect(thing).toMatch(/orders-1|consumer:(b2|audit)/);
  }
});

test('a cell empties and fills in place: the same element, and its owner’s hue stays while it fades', () => {
  const { first, changes } = stage({ partitions: 3, groups: ['stable'], consumers: 0, atUs: 9_000_000 });
  const g = first.groups[0] as Frame['groups'][number];
  const empty = {
    ...g,
    members: g.members.map((m) => ({ ...m, owned: [] })),
    partitions: g.partitions.map((p) => ({ ...p, owner: null, position: -1 })),
  };
  const touched = changes({ ...first, groups: [empty] });
  const faded = touched.filter((e) => e.classList.contains('ks-own'));
  expect(faded).toHaveLength(3);
  for (const e of faded) {
    expect((e as HTMLElement).style.opacity).toBe('0');
    expect((e as HTMLElement).style.getPropertyValue('--own')).toMatch(/^var\(--c\d\)$/);
  }
});

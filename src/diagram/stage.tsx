import './tokens.css';
import './stage.css';
import { type MouseEvent, type PointerEvent, type ReactElement, useId, useMemo, useRef, useState } from 'react';
import type { Frame, ThingId, WorldInfo } from '../protocol/frame.ts';
import { useMode } from '../store/page-mode.ts';
import { type Language, text } from '../text/index.ts';
import { type Arranged, NO_WISH, type Wish } from './arrange.ts';
import { clampBase, followBase } from './axis.ts';
import { topOf } from './derive.ts';
import { FlightLayer } from './flight-layer.tsx';
import type { Places } from './flight-path.ts';
import { Heads } from './heads.tsx';
import { useLateParts } from './late.ts';
import { type Layout, layOut } from './layout.ts';
import { keyLetter } from './palette.ts';
import { Caption } from './parts/caption.tsx';
import { RecordTip, type TipHandle } from './parts/record-tip.tsx';
import { StageId } from './parts/thing.tsx';
import { Scene } from './scene.tsx';
import { recordAt } from './tip.ts';
import { useArranged } from './use-arranged.ts';
import { useColumns } from './use-columns.ts';
import { useKeyboard } from './use-keyboard.ts';
import { useScroll } from './use-scroll.ts';
import { useSize } from './use-size.ts';

export interface StageProps {
  readonly frame: Frame;
  readonly info: WorldInfo;
  readonly language: Language;
  readonly theme: 'light' | 'dark';
  readonly reducedMotion: boolean;
  /** first: in sync, safe below 14, next 17. kafka: ISR, HW 14, LEO 17, epoch. */
  readonly words: 'first' | 'kafka';
  readonly selection: ThingId | null;
  readonly hover: ThingId | null;
  /** What the lesson or a log line points at. */
  readonly highlight: readonly ThingId[];
  /** Ledger ids of records to make findable: a ring around the cell. */
  readonly emphasis: readonly number[];
  onSelect(thing: ThingId | null): void;
  onHover(thing: ThingId | null): void;
  onMenu(thing: ThingId, anchor: { x: number; y: number; width: number; height: number }): void;
  onYourText(producer: string): void;
  onScroll(partition: string, base: number | null): void;
  onRecord(id: number): void;
  /** Partitions whose records are in view (null: all), and how many of each. */
  onColumns?(columns: readonly string[] | null, windowRecords: number): void;
  /** A word of the stage was asked about; its entry in the glossary. */
  onTerm?(term: string): void;
}

const NOTHING: ReadonlyMap<string, number> = new Map();

function membersOf(list: string): NonNullable<Places['members']> {
  const out = new Map<string, { group: number; member: number }>();
  list.split('|').forEach((names, group) => {
    if (names === '') return;
    names.split(' ').forEach((name, member) => {
      if (!out.has(`consumer:${name}`)) out.set(`consumer:${name}`, { group, member });
    });
  });
  return out;
}

function usePlaces(frame: Frame, arranged: Arranged): Places {
  const brokers = frame.brokers.map((b) => `broker:${b.id}`).join(' ');
  const producers = frame.producers.map((p) => `producer:${p.id}`).join(' ');
  const consumers = frame.consumers.map((c) => `consumer:${c.id}`).join(' ');
  const columns = [...arranged.columns].map(([name, column]) => `${name}=${column}`).join(' ');
  const members = frame.groups.map((g) => g.members.map((m) => m.consumer).join(' ')).join('|');
  return useMemo(() => {
    const places = (list: string): Map<string, number> =>
      new Map(list === '' ? [] : list.split(' ').map((thing, i) => [thing, i]));
    return {
      brokers: places(brokers),
      producers: places(producers),
      consumers: places(consumers),
      columns: new Map(
        columns === ''
          ? []
          : columns.split(' ').map((pair) => {
              const at = pair.lastIndexOf('=');
              return [pair.slice(0, at), Number(pair.slice(at + 1))];
            }),
      ),
      members: membersOf(members),
    };
  }, [brokers, producers, consumers, columns, members]);
}

const numbers = (list: string): number[] => (list === '' ? [] : list.split(' ').map(Number));

/** A cluster that is looked for something in: more than one looks over at once. */
const FIND_ABOVE = 8;

/** The column that is looked at from near by: the one pointed at, else the chosen one. */
function nearOf(
  frame: Frame,
  hover: ThingId | null,
  selection: ThingId | null,
): { name: string; column: number; pinned: boolean } | null {
  for (const thing of [hover, selection]) {
    const name = partitionOf(thing);
    const column = name === null ? -1 : frame.partitions.findIndex((p) => p.name === name);
    if (name !== null && column >= 0) return { name, column, pinned: name === partitionOf(selection) };
  }
  return null;
}

const partitionOf = (thing: ThingId | null): string | null =>
  thing === null ? null : (/^(?:partition:|replica:)(.+?)(?:@\d+)?$/.exec(thing)?.[1] ?? null);

export function Stage(props: StageProps): ReactElement {
  const { info, language } = props;
  const [wish, setWish] = useState<Wish>(NO_WISH);
  const arranged = useArranged(props.frame, wish);
  const { frame } = arranged;
  const root = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const tip = useRef<TipHandle>(null);
  /** Counts what was pointed at: words that come late for an earlier one are not shown. */
  const pointed = useRef(0);
  const id = `ks${useId().replace(/[^a-zA-Z0-9]/g, '')}`;
  const size = useSize(scroller);
  // Presenter size: app/presenter.css has the same two pixels.
  const large = useMode((mode) => mode.presenter);
  const places = usePlaces(frame, arranged);
  const counts = [
    frame.brokers.length,
    frame.partitions.length,
    frame.producers.length,
    frame.consumers.length,
    frame.controllers.length,
  ] as const;
  const [brokers, partitions, producers, consumers, controllers] = counts;
  const groups = frame.groups.map((g) => g.members.length).join(' ');
  const breaks = arranged.breaks.join(' ');
  const wide = arranged.wide.join(' ');
  const layout = useMemo<Layout | null>(
    () =>
      size === null || size.width < 50
        ? null
        : layOut({
            width: size.width,
            height: size.height,
            brokers,
            partitions,
            producers,
            consumers,
            controllers,
            groups: numbers(groups),
            breaks: numbers(breaks),
            wide: numbers(wide),
            text: (language === 'zh' ? 12 : 11) + (large ? 2 : 0),
          }),
    [size, brokers, partitions, producers, consumers, controllers, groups, breaks, wide, language, large],
  );
  const tops = useRef<ReadonlyMap<string, number>>(NOTHING);
  tops.current = new Map(frame.partitions.map((p) => [p.name, topOf(p)]));
  const scroll = useScroll(frame.world, layout, tops, props.onScroll);
  const bases = new Map<string, number>();
  const slots = layout?.slots ?? 1;
  for (const [name, top] of tops.current) {
    const dragged = scroll.scrolls[name];
    bases.set(name, dragged === undefined ? followBase(top, slots) : clampBase(dragged, top, slots));
  }
  const letters = useMemo(() => info.keys.map(keyLetter), [info.keys]);
  const scrolledNames = useMemo(() => new Set(Object.keys(scroll.scrolls)), [scroll.scrolls]);

  const anchorOf = (element: Element): { x: number; y: number; width: number; height: number } => {
    const r = element.getBoundingClientRect();
    return { x: r.x, y: r.y, width: r.width, height: r.height };
  };
  const act = (stop: Element): boolean => {
    const action = stop.getAttribute('data-action');
    const thing = stop.getAttribute('data-for') ?? '';
    if (action === 'menu') props.onMenu(thing, anchorOf(stop));
    else if (action === 'text') props.onYourText(thing.slice('producer:'.length));
    else if (action === 'fold') {
      const topic = thing.slice('topic:'.length);
      const folded = wish.folded.includes(topic) ? wish.folded.filter((t) => t !== topic) : [...wish.folded, topic];
      setWish({ ...wish, folded });
    } else if (action === 'follow') scroll.scrollBy(thing.slice('partition:'.length), 'end');
    return action !== null;
  };
  const keyboard = useKeyboard(root, {
    select(stop) {
      if (act(stop)) return;
      const thing = stop.getAttribute('data-thing');
      props.onSelect(thing === props.selection ? null : thing);
    },
    menu(stop) {
      const thing = stop.getAttribute('data-thing') ?? stop.getAttribute('data-for');
      if (thing !== null) props.onMenu(thing, anchorOf(stop));
    },
    term(stop) {
      const term = stop.querySelector('[data-term]')?.getAttribute('data-term') ?? null;
      if (term !== null) props.onTerm?.(term);
      return term !== null;
    },
    scroll: scroll.scrollBy,
  });
  const at = (event: MouseEvent): { thing: string | null; x: number; y: number } => {
    const target = event.target instanceof Element ? event.target : null;
    const box = content.current?.getBoundingClientRect();
    return {
      thing: target?.closest('[data-thing]')?.getAttribute('data-thing') ?? null,
      x: event.clientX - (box?.x ?? 0),
      y: event.clientY - (box?.y ?? 0),
    };
  };
  const suppress = useRef(false);
  const onClick = (event: MouseEvent): void => {
    if (suppress.current) {
      suppress.current = false;
      return;
    }
    const button = event.target instanceof Element ? event.target.closest('[data-action]') : null;
    if (button !== null && act(button)) return;
    const term = event.target instanceof Element ? event.target.closest('[data-term]') : null;
    if (term !== null && props.onTerm !== undefined) {
      props.onTerm(term.getAttribute('data-term') as string);
      return;
    }
    const { thing, x, y } = at(event);
    const record =
      thing === null || layout === null || layout.mode !== 'cells' ? null : recordAt(frame, layout, bases, thing, x, y);
    if (record !== null && record.id >= 0) props.onRecord(record.id);
    else props.onSelect(thing);
  };
  const onContextMenu = (event: MouseEvent): void => {
    const target = event.target instanceof Element ? event.target.closest('[data-thing], [data-for]') : null;
    const thing = target?.getAttribute('data-thing') ?? target?.getAttribute('data-for') ?? null;
    if (thing === null) return;
    event.preventDefault();
    props.onMenu(thing, { x: event.clientX, y: event.clientY, width: 1, height: 1 });
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (scroll.onPointerMove(event)) {
      pointed.current += 1;
      tip.current?.show(null);
      return;
    }
    const { thing, x, y } = at(event);
    if (thing !== props.hover) props.onHover(thing);
    const record =
      thing === null || layout === null || layout.mode === 'stripes' || event.pointerType === 'touch'
        ? null
        : recordAt(frame, layout, bases, thing, x, y);
    const box = root.current?.getBoundingClientRect();
    if (record === null || box === undefined) {
      pointed.current += 1;
      tip.current?.show(null);
    } else {
      const left = Math.max(90, Math.min(box.width - 90, event.clientX - box.x));
      const below = event.clientY - box.y < 150;
      const y = event.clientY - box.y;
      const mine = ++pointed.current;
      void import('./tip-lines.ts').then(({ tipLines }) => {
        if (mine === pointed.current) tip.current?.show({ x: left, y, below, lines: tipLines(record, info, language) });
      });
    }
  };
  const scene =
    layout === null
      ? null
      : {
          frame,
          info,
          layout,
          language,
          words: props.words,
          marks: arranged.found.length === 0 ? props : { ...props, highlight: [...props.highlight, ...arranged.found] },
          emphasis: props.emphasis,
          letters,
          bases,
          tops: tops.current,
          scrolled: scrolledNames,
          headings: arranged.headings,
          all: props.frame.partitions,
        };
  const findable = props.frame.partitions.length > FIND_ABOVE || props.frame.groups.length > 2;
  const late = useLateParts(findable);
  const near = layout?.mode === 'stripes' ? nearOf(frame, props.hover, props.selection) : null;
  useColumns(layout, size, scroller, frame, near?.name ?? null, props.onColumns);
  return (
    <StageId.Provider value={id}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the things inside are buttons; the stage listens once for all. */}
      <div
        ref={root}
        className={`ks ${props.reducedMotion ? 'ks-still' : ''} ${layout?.narrow === true ? 'ks-narrow' : ''}`}
        lang={language === 'zh' ? 'zh-CN' : 'en'}
        onClick={onClick}
        onKeyDown={keyboard.onKeyDown}
        onFocus={keyboard.onFocus}
        onContextMenu={onContextMenu}
        onPointerDown={(event) => {
          suppress.current = false;
          if (layout?.mode !== 'stripes') scroll.onPointerDown(event);
        }}
        onPointerMove={onPointerMove}
        onPointerUp={(event) => {
          suppress.current = scroll.onPointerUp(event);
        }}
        onPointerLeave={() => {
          pointed.current += 1;
          tip.current?.show(null);
          if (props.hover !== null) props.onHover(null);
        }}
      >
        <Caption waiting={frame.waiting} atUs={frame.atUs} language={language} />
        {findable && late !== null ? (
          <late.FindBar
            wish={wish}
            arranged={arranged}
            language={language}
            onWish={setWish}
            onClose={() => root.current?.querySelector<HTMLElement>('[data-stop][tabindex="0"]')?.focus()}
            onGo={(thing) => props.onSelect(thing)}
          />
        ) : null}
        <div className="ks-room">
          {/* biome-ignore lint/a11y/useSemanticElements: a stage is not a form. */}
          <div
            ref={scroller}
            className="ks-scroll"
            role="group"
            aria-label={text(language, 'stage.label', { brokers, partitions })}
          >
            {scene === null || layout === null ? null : (
              <div ref={content} className="ks-content" style={{ width: layout.width, height: layout.height }}>
                <div className="ks-sticky" style={{ width: layout.headWidth, height: layout.height }}>
                  <Heads {...scene} />
                </div>
                <Scene {...scene} />
                {partitions === 0 ? (
                  <p className="ks-empty" style={{ left: layout.headWidth + 24, top: (layout.rowY[0] ?? 80) + 20 }}>
                    {text(
                      language,
                      props.frame.partitions.length === 0
                        ? 'stage.empty'
                        : wish.hurting
                          ? 'stage.find.well'
                          : 'stage.find.none',
                    )}
                  </p>
                ) : null}
              </div>
            )}
          </div>
          {layout === null || size === null ? null : (
            <FlightLayer
              frame={frame}
              layout={layout}
              places={places}
              size={size}
              selection={props.selection}
              theme={props.theme}
              reducedMotion={props.reducedMotion}
              scroller={scroller}
              name={id}
            />
          )}
          {near === null || late === null || scene === null || layout === null || size === null ? null : (
            <late.CloseView
              scene={scene}
              name={near.name}
              side={
                (layout.columnX[near.column] as number) - (scroller.current?.scrollLeft ?? 0) > size.width / 2
                  ? 'left'
                  : 'right'
              }
              room={size}
              pinned={near.pinned}
              onClose={() => {
                props.onHover(null);
                props.onSelect(null);
              }}
            />
          )}
        </div>
        <RecordTip handle={tip} />
      </div>
    </StageId.Provider>
  );
}

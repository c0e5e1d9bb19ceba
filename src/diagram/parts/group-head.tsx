import { memo, type ReactElement } from 'react';
import { type Language, text } from '../../text/index.ts';
import type { RingProps } from '../derive.ts';
import type { Tone } from '../group-words.ts';
import type { Layout, Rect } from '../layout.ts';
import { fitText, textWidth } from '../measure.ts';
import { readerColour } from '../palette.ts';
import { sameBy, sameRing } from '../same.ts';
import { Ring } from './ring.tsx';
import { type Mark, MarkOutline, Thing, ThingButton } from './thing.tsx';

export interface GroupHeadProps {
  readonly layout: Layout;
  readonly index: number;
  readonly id: string;
  readonly label: string;
  readonly reads: string;
  readonly state: string;
  /** The state alone, where the generation has no room. */
  readonly short: string;
  readonly tone: Tone;
  readonly language: Language;
  readonly mark: Mark;
  readonly selected: boolean;
  readonly ring: RingProps | null;
}

/** A group: its name, what it reads, its state and generation. */
export const GroupHead = memo(
  function GroupHead(p: GroupHeadProps): ReactElement {
    const { layout } = p;
    const y = layout.groupY[p.index] as number;
    const high = layout.groupHeight;
    const x = layout.narrow ? 8 : layout.mode === 'cells' ? 14 : 10;
    const right = layout.headWidth - 6;
    const menu = layout.narrow && high < 56 ? 0 : 22;
    const under = layout.narrow;
    const room = right - x;
    const name = fitText(p.id, room - (under ? 0 : menu) - (p.ring === null ? 0 : 16), 13, 'bold');
    const step = layout.text + 4 + (high < 44 && layout.text > 11 ? 1 : 0);
    const state = textWidth(p.state, layout.text) <= room + 5 ? p.state : p.short;
    const lines = high >= 56 && !under ? [p.reads, state] : [state];
    const first = high < 44 ? 12.5 : high >= 56 ? 17 : 18;
    return (
      <g>
        <Thing id={`group:${p.id}`} label={p.label} selected={p.selected}>
          <title>{p.label}</title>
          <rect className="ks-hit" x={5} y={y} width={layout.headWidth - 9} height={high} rx={8} />
          <MarkOutline mark={p.mark} x={4} y={y} width={layout.headWidth - 7} height={high} radius={8} />
          <text className="ks-bold" x={x} y={y + first} style={{ fontSize: 13 }}>
            {name}
          </text>
          {lines.map((line, i) => (
            <text
              key={line}
              className={i === lines.length - 1 ? `ks-${p.tone}` : 'ks-mute'}
              x={x}
              y={y + first + step * (i + 1) + (high < 44 ? 0 : 1)}
            >
              {fitText(line, room + 5, layout.text)}
            </text>
          ))}
        </Thing>
        {menu === 0 ? null : (
          <ThingButton
            thing={`group:${p.id}`}
            action="menu"
            label={text(p.language, 'stage.menu.aria', { thing: p.id })}
            x={under ? x : layout.headWidth - menu - 4}
            y={under ? y + first + step + 6 : y + first - 12}
            width={menu}
            height={15}
            text={null}
          />
        )}
        {p.ring === null ? null : (
          <Ring
            cx={x + textWidth(name, 13, 'bold') + 11}
            cy={y + first - 4}
            r={4.5}
            left={p.ring.left}
            colour="var(--mute)"
            title={p.ring.title}
          />
        )}
      </g>
    );
  },
  (a, b) => sameBy(a, b, { ring: sameRing }),
);

/** Beside a group's members: whose they are, and which broker coordinates them. */
export const MembersHead = memo(function MembersHead(p: {
  readonly layout: Layout;
  readonly index: number;
  readonly name: string;
  readonly coordinator: string;
  /** The coordinator as short as can be. */
  readonly short: string;
  readonly title: string;
  readonly tone: Tone;
}): ReactElement | null {
  const { layout } = p;
  const first = layout.members[p.index]?.[0];
  if (first === undefined) return null;
  const x = layout.narrow ? 8 : layout.mode === 'cells' ? 14 : 10;
  const room = layout.headWidth - x - 2;
  const flat = layout.memberHeight < 40;
  const one = flat && layout.members[p.index]?.at(-1)?.y === first.y;
  const top = first.y + (flat ? 17 : 18);
  const both = `${p.name} · ${p.short}`;
  return (
    <g>
      <title>{p.title}</title>
      <text className="ks-mute" x={x} y={top}>
        {fitText(one && textWidth(both, layout.text) <= room + 2 ? both : p.name, room, layout.text)}
      </text>
      {one ? null : (
        <text className={`ks-${p.tone}`} x={x} y={top + layout.text + 4}>
          {fitText(textWidth(p.coordinator, layout.text) <= room + 2 ? p.coordinator : p.short, room, layout.text)}
        </text>
      )}
    </g>
  );
});

export interface MemberProps {
  readonly layout: Layout;
  readonly group: string;
  readonly groupIndex: number;
  readonly index: number;
  /** Its colour's place. */
  readonly hue: number;
  readonly id: string;
  readonly words: string;
  readonly full: string;
  readonly tone: Tone;
  /** Its process does not run, or the coordinator does not know it. */
  readonly out: boolean;
  readonly idle: boolean;
  readonly language: Language;
  readonly mark: Mark;
  readonly selected: boolean;
  readonly ring: RingProps | null;
  readonly poll: RingProps | null;
}

/** The ring's room at the left of a member. */
export const RING_ROOM = { flat: 26, high: 38 } as const;

/** A member: the ring says how long the coordinator still waits for its heartbeat; each heartbeat fills it again. */
export const MemberChip = memo(
  function MemberChip(p: MemberProps): ReactElement {
    const { layout, language } = p;
    const rect = layout.members[p.groupIndex]?.[p.index] as Rect;
    const flat = rect.height < 40;
    const colour = readerColour(p.hue);
    const r = flat ? 7 : 10;
    const cx = rect.x + (flat ? 14 : 20);
    const cy = rect.y + rect.height / 2;
    const x = rect.x + (flat ? RING_ROOM.flat : RING_ROOM.high);
    const pollRoom = p.poll === null ? 0 : 18;
    const room = rect.x + rect.width - x - 6 - pollRoom;
    const name = fitText(p.id, flat && room > 56 ? room * 0.6 : room, layout.text + 1.5, 'bold');
    const nameWidth = textWidth(name, layout.text + 1.5, 'bold');
    const wordRoom = flat ? room - nameWidth - 6 : room;
    const words = flat && textWidth(p.words, layout.text) > wordRoom + 2 ? '' : fitText(p.words, wordRoom, layout.text);
    return (
      <Thing
        id={`consumer:${p.id}`}
        label={text(language, 'stage.member.aria', { id: p.id, group: p.group, state: p.full })}
        selected={p.selected}
      >
        <rect
          className={`ks-panel ${p.out ? 'ks-member-out' : ''}`}
          x={rect.x}
          y={rect.y}
          width={rect.width}
          height={rect.height}
          rx={flat ? 7 : 10}
        />
        <MarkOutline mark={p.mark} {...rect} radius={flat ? 7 : 10} />
        {p.idle || p.out ? null : <circle cx={cx} cy={cy} r={r - 2} fill={colour} opacity={0.22} />}
        {p.ring === null ? (
          <circle className="ks-member-unknown" cx={cx} cy={cy} r={r} style={{ stroke: colour }}>
            <title>{text(language, 'stage.member.noSession', { id: p.id })}</title>
          </circle>
        ) : (
          <Ring
            cx={cx}
            cy={cy}
            r={r}
            left={p.ring.left}
            colour={p.ring.risk ? 'var(--warn)' : colour}
            title={p.ring.title}
            hollow
          />
        )}
        <text
          className="ks-bold"
          x={x}
          y={flat ? cy + 4 : rect.y + 18}
          style={{ fontSize: layout.text + 1.5, fill: colour }}
        >
          {name}
          <title>{p.full}</title>
        </text>
        <text
          className={`ks-${p.tone}`}
          x={flat ? x + nameWidth + 6 : x}
          y={flat ? cy + 4 : rect.y + 19 + layout.text + 3}
        >
          {words}
          <title>{p.full}</title>
        </text>
        {p.poll === null ? null : (
          <Ring
            cx={rect.x + rect.width - 14}
            cy={cy}
            r={flat ? 5 : 7}
            left={p.poll.left}
            colour="var(--warn)"
            title={p.poll.title}
          />
        )}
      </Thing>
    );
  },
  (a, b) => sameBy(a, b, { ring: sameRing, poll: sameRing }),
);

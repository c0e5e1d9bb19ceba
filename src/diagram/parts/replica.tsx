import { memo, type ReactElement } from 'react';
import type { ReplicaView } from '../../protocol/frame.ts';
import { type Language, text } from '../../text/index.ts';
import { type Axis, labelEvery, markX, offsetX } from '../axis.ts';
import { type CellInput, cellLetters, cellShapes, FLAG } from '../cells.ts';
import type { Layout } from '../layout.ts';
import { fitText, letterWidth, textWidth } from '../measure.ts';
import { KEY_HUES } from '../palette.ts';
import { sameReplica } from '../same.ts';
import { CellPaths } from './cell-paths.tsx';
import { Ring } from './ring.tsx';
import { Slide, slideX0, type Window } from './slide.tsx';
import { type Mark, MarkOutline, Thing, useStageId } from './thing.tsx';

export interface ReplicaProps {
  readonly layout: Layout;
  readonly column: number;
  readonly row: number;
  readonly partition: string;
  readonly replica: ReplicaView;
  /** The leader's high watermark. */
  readonly hw: number;
  readonly window: Window;
  /** Its broker does not answer. */
  readonly ghost: boolean;
  readonly language: Language;
  readonly words: 'first' | 'kafka';
  readonly letters: readonly string[];
  readonly emphasis: readonly number[];
  readonly mark: Mark;
  readonly selected: boolean;
  /** The link to the leader, if it is not as usual. */
  readonly link: string | null;
  readonly linkCut: boolean;
  readonly ring: { readonly left: number; readonly title: string; readonly risk: boolean } | null;
}

/** What a replica is, in words: long where there is room, else short. */
export function roleWords(p: Pick<ReplicaProps, 'replica' | 'language' | 'words'>): {
  long: string;
  short: string;
  tone: 'ink' | 'mute' | 'warn';
} {
  const say = (key: string): string => text(p.language, key);
  const r = p.replica;
  if (r.role === 'leader')
    return { long: say('stage.replica.leader'), short: say('stage.replica.leader'), tone: 'ink' };
  if (r.wasLeader) return { long: say('stage.replica.wasLeader'), short: say('stage.replica.wasLeader'), tone: 'mute' };
  const follower = say('stage.replica.follower');
  if (r.role === 'offline') return { long: follower, short: follower, tone: 'mute' };
  const kafka = p.words === 'kafka';
  if (r.inIsr) {
    const sync = say(kafka ? 'stage.replica.isr' : 'stage.replica.inSync');
    return { long: `${follower} · ${sync}`, short: sync, tone: 'mute' };
  }
  const late = say(kafka ? 'stage.replica.noIsr' : 'stage.replica.late');
  return { long: `${follower} · ${late}`, short: late, tone: 'warn' };
}

export const Replica = memo(function Replica(p: ReplicaProps): ReactElement {
  const { layout, replica } = p;
  const id = useStageId();
  const bars = layout.mode === 'bars';
  const axis: Axis = {
    base: p.window.base,
    slots: layout.slots,
    pitch: layout.pitch,
    cell: layout.cell,
    x0: slideX0(layout, p.window.base),
  };
  const input: CellInput = {
    axis,
    mode: bars ? 'bars' : 'cells',
    height: layout.cellHeight,
    log: replica.log,
    logStart: replica.logStart,
    leo: replica.leo,
    hw: p.hw,
    ghost: p.ghost,
    hues: KEY_HUES,
    emphasis: p.emphasis,
  };
  const role = roleWords(p);
  const label = text(p.language, 'stage.replica.aria', {
    partition: p.partition,
    broker: replica.broker,
    role: role.long,
    leo: String(replica.leo),
  });
  return (
    <Thing
      id={`replica:${p.partition}@${replica.broker}`}
      label={label}
      selected={p.selected}
      transform={`translate(${layout.columnX[p.column]} ${layout.rowY[p.row]})`}
    >
      <rect className="ks-hit" x={4} y={3} width={layout.columnWidth - 8} height={layout.rowHeight - 6} rx={8} />
      <MarkOutline
        mark={p.mark}
        x={6}
        y={5}
        width={layout.columnWidth - 12}
        height={layout.rowHeight - 10}
        radius={6}
      />
      <g clipPath={`url(#${id}-row)`}>
        <Slide layout={layout} window={p.window}>
          <g transform={`translate(0 ${layout.cellY})`}>
            <CellPaths shapes={cellShapes(input)} bars={bars} id={id} />
            <Letters input={input} letters={p.letters} />
            {replica.role === 'follower' && !p.ghost ? (
              <OwnHw
                axis={axis}
                small={bars || layout.sharedNumbers}
                hw={replica.hw}
                title={text(p.language, 'stage.replica.ownHw', { hw: String(replica.hw) })}
              />
            ) : null}
          </g>
          {bars || layout.sharedNumbers ? null : <Numbers p={p} axis={axis} />}
        </Slide>
      </g>
      {layout.dense ? <DenseWords p={p} role={role} /> : bars ? <BarWords p={p} /> : <CellWords p={p} role={role} />}
    </Thing>
  );
}, sameReplica);

/** A letter that is wider than its record has room for is drawn narrower, never lower: it keeps air on both sides. */
function Letters(props: { readonly input: CellInput; readonly letters: readonly string[] }): ReactElement | null {
  const { input } = props;
  const letters = cellLetters(input, props.letters);
  if (letters.length === 0) return null;
  const className = `ks-letter ${input.ghost ? 'ks-letter-ghost' : ''}`;
  const y = input.height / 2 + 4;
  const room = input.axis.cell - 4;
  const wide = letters.filter((l) => letterWidth(l.letter) > room);
  const others = letters.filter((l) => letterWidth(l.letter) <= room);
  return (
    <>
      {others.length === 0 ? null : (
        <text className={className} x={others.map((l) => l.x).join(' ')} y={y}>
          {others.map((l) => l.letter).join('')}
        </text>
      )}
      {wide.map((l) => (
        <text key={l.x} className={className} x={l.x} y={y} textLength={room} lengthAdjust="spacingAndGlyphs">
          {l.letter}
        </text>
      ))}
    </>
  );
}

/** The small triangle: a follower learns what is safe a fetch later than the leader. */
function OwnHw(props: {
  readonly axis: Axis;
  readonly hw: number;
  readonly small: boolean;
  readonly title: string;
}): ReactElement | null {
  const { x, out } = markX(props.axis, props.hw);
  if (out !== null) return null;
  const half = props.small ? 4.2 : 6;
  const high = props.small ? 5.5 : 8.5;
  return (
    <path
      d={`M${x - half} ${1 - high}h${2 * half}l${-half} ${high}z`}
      fill="var(--hw)"
      stroke="var(--panel)"
      strokeWidth={1.2}
    >
      <title>{props.title}</title>
    </path>
  );
}

function CellWords({
  p,
  role,
}: {
  readonly p: ReplicaProps;
  readonly role: ReturnType<typeof roleWords>;
}): ReactElement {
  const { layout, replica } = p;
  const size = layout.text;
  const next = text(p.language, p.words === 'kafka' ? 'stage.replica.next.kafka' : 'stage.replica.next.first', {
    leo: String(replica.leo),
  });
  const room = layout.columnWidth - 2 * layout.pad - textWidth(next, size, 'mono') - 10 - (p.ring === null ? 0 : 16);
  const weight = role.tone === 'ink' ? 'bold' : 'plain';
  const note = p.link === null ? '' : ` · ${p.link}`;
  const noteWidth = textWidth(note, size);
  let words = role.long;
  let shown = note;
  if (textWidth(words, size, weight) + noteWidth > room) words = role.short;
  if (textWidth(words, size, weight) + noteWidth > room) shown = '';
  if (shown === '' && textWidth(role.long, size, weight) <= room) words = role.long;
  words = fitText(words, room, size, weight);
  const ringX = layout.pad + textWidth(words, size, weight) + textWidth(shown, size) + 10;
  return (
    <>
      <text
        className={`ks-term ks-halo ks-${role.tone} ${weight === 'bold' ? 'ks-bold' : ''}`}
        data-term={
          replica.role === 'leader' || replica.wasLeader ? 'leader' : replica.role === 'offline' ? 'follower' : 'isr'
        }
        x={layout.pad}
        y={layout.roleY}
      >
        {words}
        {shown === '' ? null : <tspan className={p.linkCut ? 'ks-lost' : 'ks-warn'}>{shown}</tspan>}
      </text>
      {p.ring === null ? null : (
        <Ring
          cx={ringX}
          cy={layout.roleY - 4}
          r={4.5}
          left={p.ring.left}
          colour={p.ring.risk ? 'var(--warn)' : 'var(--mute)'}
          title={p.ring.title}
        />
      )}
      <text
        className="ks-term ks-halo ks-mono ks-mute"
        data-term="leo"
        x={layout.columnWidth - layout.pad}
        y={layout.roleY}
        textAnchor="end"
      >
        {next}
        <title>{text(p.language, 'stage.replica.next.title')}</title>
      </text>
    </>
  );
}

/** In a low row only what is not as usual is said, at the end of the records; the frame says who leads. */
function DenseWords({
  p,
  role,
}: {
  readonly p: ReplicaProps;
  readonly role: ReturnType<typeof roleWords>;
}): ReactElement | null {
  const { layout } = p;
  const late = role.tone === 'warn';
  const bars = layout.mode === 'bars';
  const words = late ? (bars ? text(p.language, 'stage.replica.late.short') : role.short) : bars ? null : p.link;
  const end = layout.columnWidth - layout.pad;
  return (
    <>
      {words === null ? null : (
        <text
          className={`ks-halo ${p.linkCut && !late ? 'ks-lost' : 'ks-warn'}`}
          x={end - (p.ring === null ? 0 : 14)}
          y={layout.numberY}
          textAnchor="end"
        >
          {fitText(words, layout.columnWidth - 2 * layout.pad, layout.text)}
        </text>
      )}
      {p.ring === null || layout.mode !== 'cells' ? null : (
        <Ring
          cx={end - 5}
          cy={layout.numberY - 4}
          r={4.5}
          left={p.ring.left}
          colour={p.ring.risk ? 'var(--warn)' : 'var(--mute)'}
          title={p.ring.title}
        />
      )}
    </>
  );
}

function Numbers({ p, axis }: { readonly p: ReplicaProps; readonly axis: Axis }): ReactElement {
  const { layout, replica } = p;
  const charWidth = layout.text * 0.61;
  const every = labelEvery(axis.pitch, replica.leo, charWidth);
  const out: ReactElement[] = [];
  for (let slot = 0; slot < axis.slots; slot++) {
    const offset = axis.base + slot;
    if (offset >= replica.leo || offset < replica.logStart) continue;
    const lost = ((replica.log.flags[offset - replica.log.base] ?? 0) & FLAG.lost) !== 0;
    const width = String(offset).length * charWidth;
    // A number that is wider than its cell would stand under the high watermark's line.
    const onLine = width > axis.pitch && (offset === p.hw || offset === p.hw - 1);
    if (lost ? width + 3 > axis.pitch && offset % every !== 0 : offset % every !== 0 || onLine) continue;
    out.push(
      <text
        key={offset}
        className={`ks-halo ks-mono ${lost ? 'ks-lost' : 'ks-mute'}`}
        x={offsetX(axis, offset) + axis.cell / 2}
        y={layout.numberY}
        textAnchor="middle"
      >
        {String(offset)}
      </text>,
    );
  }
  return <g>{out}</g>;
}

function BarWords({ p }: { readonly p: ReplicaProps }): ReactElement | null {
  const { layout, replica, language } = p;
  const say = (key: string): string => text(language, key);
  const word =
    replica.role === 'leader'
      ? say('stage.replica.leader')
      : replica.wasLeader
        ? say('stage.replica.wasLeader.short')
        : replica.role !== 'offline' && !replica.inIsr
          ? say('stage.replica.late.short')
          : p.link;
  if (word === null) return null;
  const tone = replica.role === 'leader' ? 'ks-ink' : replica.wasLeader ? 'ks-mute' : p.linkCut ? 'ks-lost' : 'ks-warn';
  return (
    <text className={`ks-halo ${tone}`} x={layout.pad} y={layout.numberY}>
      {fitText(word, layout.columnWidth - layout.pad - 4, layout.text)}
    </text>
  );
}

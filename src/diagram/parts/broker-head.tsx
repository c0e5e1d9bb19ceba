import { memo, type ReactElement } from 'react';
import type { BrokerView } from '../../protocol/frame.ts';
import { type Language, text } from '../../text/index.ts';
import type { Layout } from '../layout.ts';
import { fitText, textWidth } from '../measure.ts';
import { sameBy, sameRing } from '../same.ts';
import { Ring } from './ring.tsx';
import { type Mark, MarkOutline, Thing, ThingButton } from './thing.tsx';

/** The state of a broker or controller in words; durations in tenths of a second. */
export function brokerState(
  b: BrokerView,
  atUs: number,
  language: Language,
): { text: string; tone: 'mute' | 'lost' | 'warn' } {
  const since = Math.max(0, atUs - b.sinceUs);
  const step = since < 10_000_000 ? 100_000 : 1_000_000;
  const params = { for: Math.floor(since / step) * step };
  if (b.state === 'down') return { text: text(language, 'stage.broker.down', params), tone: 'lost' };
  if (b.state === 'power-off') return { text: text(language, 'stage.broker.off', params), tone: 'lost' };
  if (b.state === 'paused') return { text: text(language, 'stage.broker.paused', params), tone: 'warn' };
  if (b.shuttingDown) return { text: text(language, 'stage.broker.stopping'), tone: 'warn' };
  if (b.fenced) return { text: text(language, 'stage.broker.fenced'), tone: 'warn' };
  const leads =
    b.leads === 0 ? text(language, 'stage.broker.idle') : text(language, 'stage.broker.leads', { n: b.leads });
  return { text: b.isController ? text(language, 'stage.broker.controller') : leads, tone: 'mute' };
}

export interface HeadProps {
  readonly layout: Layout;
  readonly row: number;
  readonly id: number;
  readonly state: string;
  readonly tone: 'mute' | 'lost' | 'warn';
  readonly button: 'break' | 'restart' | 'resume';
  readonly language: Language;
  readonly mark: Mark;
  readonly selected: boolean;
  readonly ring: { readonly left: number; readonly title: string } | null;
}

export const BrokerHead = memo(
  function BrokerHead(p: HeadProps): ReactElement {
    const { layout, language } = p;
    if (layout.rowHeight < 38) return <FlatHead p={p} />;
    const thing = `broker:${p.id}`;
    const width = layout.headWidth;
    const y = layout.rowY[p.row] as number;
    const low = layout.rowHeight < 74;
    const x = layout.narrow ? 8 : low || layout.mode === 'bars' ? 10 : 14;
    const block = low ? 30 : 60;
    const top = y + Math.max(2, (layout.rowHeight - block) / 2 - (low ? 2 : 3));
    const full = text(language, 'stage.broker', { id: p.id });
    const name = layout.narrow ? text(language, 'stage.broker.short', { id: p.id }) : full;
    const words = text(language, `stage.menu.${p.button}`);
    const needed = textWidth(words, layout.text) + 14;
    const dots = low || needed > width - x - 4;
    const nameWidth = textWidth(name, 13, 'bold');
    const between = low && layout.narrow;
    // Where two lines must do, the ring stands after the name and the button after the state.
    const second = low && !layout.narrow;
    const small = low || width < 100;
    const ringX = between
      ? x + nameWidth + 8
      : second
        ? width - 9
        : Math.min(x + nameWidth + 14, width - (small ? 8 : 11));
    return (
      <g>
        <Thing
          id={thing}
          label={text(language, 'stage.broker.aria', { id: p.id, state: p.state })}
          selected={p.selected}
        >
          <rect className="ks-hit" x={6} y={y + 4} width={width - 10} height={layout.rowHeight - 8} rx={8} />
          <MarkOutline mark={p.mark} x={5} y={y + 4} width={width - 8} height={layout.rowHeight - 8} radius={8} />
          <text
            className={`ks-bold ${p.tone === 'mute' ? '' : `ks-${p.tone}`}`}
            x={x}
            y={top + 13}
            style={{ fontSize: 13 }}
          >
            {name}
          </text>
          <text className={`ks-${p.tone}`} x={x} y={top + 28}>
            {fitText(p.state, width - x - (second ? 26 - x / 2 : 2), layout.text)}
            <title>{p.state}</title>
          </text>
        </Thing>
        <ThingButton
          thing={thing}
          action="menu"
          label={text(language, 'stage.menu.aria', { thing: full })}
          x={low ? width - 24 : x - 1}
          y={second ? top + 16 : low ? top + 1 : top + 36}
          width={low ? 20 : dots ? 24 : needed}
          height={low ? 15 : 21}
          text={dots ? null : words}
        />
        {p.ring === null ? null : (
          <Ring
            cx={ringX}
            cy={top + 9}
            r={low ? 4.5 : small ? 6 : 7.5}
            left={p.ring.left}
            colour="var(--warn)"
            title={p.ring.title}
          />
        )}
      </g>
    );
  },
  (a, b) => sameBy(a, b, { ring: sameRing }),
);

/** The first word of a state, or nothing: half a word says nothing. */
function fitWord(state: string, room: number, size: number): string {
  const word = state.split(' ')[0] ?? '';
  return textWidth(word, size) <= room && !/^(leads|领导)$/.test(word) ? word : '';
}

/** One line: where a row is too low for two, the state stands beside the name. */
function FlatHead({ p }: { readonly p: HeadProps }): ReactElement {
  const { layout, language } = p;
  const thing = `broker:${p.id}`;
  const y = layout.rowY[p.row] as number;
  const x = layout.narrow ? 8 : 10;
  const menu = layout.narrow ? 0 : 20;
  const size = layout.rowHeight < 22 ? 11 : 12.5;
  const base = y + layout.rowHeight / 2 + 4;
  const full = text(language, 'stage.broker', { id: p.id });
  const right = layout.headWidth - menu - 6;
  const ringRoom = p.ring === null ? 0 : 13;
  const fits = (name: string): boolean =>
    textWidth(name, size, 'bold') + 6 + ringRoom + textWidth(p.state, layout.text) <= right - x + 1;
  const name = fits(full) ? full : text(language, 'stage.broker.short', { id: p.id });
  const after = x + textWidth(name, size, 'bold') + 6;
  return (
    <g>
      <Thing id={thing} label={text(language, 'stage.broker.aria', { id: p.id, state: p.state })} selected={p.selected}>
        <title>{`${full}: ${p.state}`}</title>
        <rect className="ks-hit" x={5} y={y} width={layout.headWidth - 9} height={layout.rowHeight} rx={6} />
        <MarkOutline
          mark={p.mark}
          x={4}
          y={y + 1}
          width={layout.headWidth - 7}
          height={layout.rowHeight - 2}
          radius={6}
        />
        <text
          className={`ks-bold ${p.tone === 'mute' ? '' : `ks-${p.tone}`}`}
          x={x}
          y={base}
          style={{ fontSize: size }}
        >
          {name}
        </text>
        <text className={`ks-${p.tone}`} x={after + ringRoom} y={base}>
          {fits(name) ? p.state : fitWord(p.state, right - after - ringRoom, layout.text)}
        </text>
      </Thing>
      {menu === 0 ? null : (
        <ThingButton
          thing={thing}
          action="menu"
          label={text(language, 'stage.menu.aria', { thing: full })}
          x={layout.headWidth - menu - 4}
          y={y + layout.rowHeight / 2 - 7}
          width={menu}
          height={14}
          text={null}
        />
      )}
      {p.ring === null ? null : (
        <Ring cx={after + 4} cy={base - 4} r={4.5} left={p.ring.left} colour="var(--warn)" title={p.ring.title} />
      )}
    </g>
  );
}

/** The controllers, in the corner above the brokers: they decide who leads. */
export const ControllerChip = memo(function ControllerChip(p: {
  readonly layout: Layout;
  readonly id: number;
  readonly index: number;
  readonly count: number;
  readonly state: string;
  readonly tone: 'mute' | 'lost' | 'warn';
  readonly language: Language;
  readonly mark: Mark;
  readonly selected: boolean;
}): ReactElement {
  const { layout, language } = p;
  const c = layout.controller;
  const height = c.height / p.count;
  const y = c.y + p.index * height;
  const one = text(language, layout.narrow ? 'stage.controller.short' : 'stage.controller.one');
  const name = p.count === 1 ? one : `${text(language, 'stage.controller.short')} ${p.id}`;
  return (
    <Thing
      id={`controller:${p.id}`}
      label={text(language, 'stage.controller.aria', { id: p.id, state: p.state })}
      selected={p.selected}
    >
      <rect className="ks-panel" x={c.x} y={y} width={c.width} height={height - (p.count > 1 ? 3 : 0)} rx={8} />
      <MarkOutline mark={p.mark} x={c.x} y={y} width={c.width} height={height} radius={8} />
      <text
        className={`ks-bold ${p.tone === 'mute' ? '' : `ks-${p.tone}`}`}
        x={c.x + 7}
        y={y + (p.count > 1 ? height / 2 + 2 : 20)}
      >
        {fitText(name, c.width - 8, layout.text, 'bold')}
        <title>{text(language, 'stage.controller', { id: p.id })}</title>
      </text>
      {p.count > 1 ? null : (
        <text className={`ks-${p.tone}`} x={c.x + 7} y={y + 37}>
          {fitText(p.state, c.width - 5, layout.text)}
        </text>
      )}
    </Thing>
  );
});

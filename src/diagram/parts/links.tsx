import { memo, type ReactElement } from 'react';
import { type Language, text } from '../../text/index.ts';
import { laneX } from '../flight-path.ts';
import { type Layout, rowMiddle } from '../layout.ts';
import { Thing } from './thing.tsx';

/** A slow or cut link where it runs: beside the column whose copies use it. */
export interface LinkMark {
  readonly column: number;
  readonly fromRow: number;
  readonly toRow: number;
  readonly a: number;
  readonly b: number;
  readonly cut: boolean;
  readonly latencyUs: number;
}

export const Links = memo(
  function Links(p: {
    readonly layout: Layout;
    readonly links: readonly LinkMark[];
    readonly selected: string | null;
    readonly language: Language;
  }): ReactElement {
    const { layout } = p;
    return (
      <>
        {p.links.map((link) => {
          const x = laneX(layout, link.column, 'copies');
          const from = rowMiddle(layout, link.fromRow);
          const to = rowMiddle(layout, link.toRow);
          const edge = (layout.columnX[link.column] as number) + 2;
          const middle = (from + to) / 2;
          const title = text(p.language, link.cut ? 'stage.link.cut' : 'stage.link.slow', {
            a: link.a,
            b: link.b,
            latency: link.latencyUs,
          });
          const chosen = p.selected === `link:${link.a}>${link.b}` || p.selected === `link:${link.b}>${link.a}`;
          const end = `M${edge} ${from}H${x}V${link.cut ? middle - Math.sign(to - from) * 7 : to}`;
          const rest = link.cut ? `M${x} ${middle + Math.sign(to - from) * 7}V${to}H${edge}` : `H${edge}`;
          return (
            <Thing
              key={`${link.column}/${link.a}>${link.b}`}
              id={`link:${link.a}>${link.b}`}
              label={title}
              selected={chosen}
              className={`${link.cut ? 'ks-link-cut' : 'ks-link-slow'} ${chosen ? 'ks-link-selected' : ''}`}
            >
              <title>{title}</title>
              <path d={end + rest} fill="none" stroke="transparent" strokeWidth={9} />
              <path className="ks-link-line" d={end + rest} />
              {link.cut ? <path className="ks-link-cross" d={`M${x - 4} ${middle - 4}l8 8m0 -8l-8 8`} /> : null}
            </Thing>
          );
        })}
      </>
    );
  },
  (a, b) =>
    a.layout === b.layout &&
    a.language === b.language &&
    a.selected === b.selected &&
    a.links.length === b.links.length &&
    a.links.every((l, i) => {
      const m = b.links[i] as LinkMark;
      return (
        l.column === m.column &&
        l.fromRow === m.fromRow &&
        l.toRow === m.toRow &&
        l.cut === m.cut &&
        l.latencyUs === m.latencyUs
      );
    }),
);

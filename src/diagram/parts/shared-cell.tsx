/** What a share group's cell has that no other has: several readers. It comes late, with the first share group. */
import type { ReactElement } from 'react';
import { type Language, text } from '../../text/index.ts';
import type { Layout } from '../layout.ts';
import { fitText, textWidth } from '../measure.ts';
import { readerColour } from '../palette.ts';

interface SharedProps {
  readonly layout: Layout;
  readonly language: Language;
  /** "name\thue" a line. */
  readonly readers: string;
}

interface SharedReader {
  readonly id: string;
  readonly hue: number;
}

const sharedReaders = (readers: string): SharedReader[] =>
  readers.split('\n').map((line) => {
    const [id = '', hue = '0'] = line.split('\t');
    return { id, hue: Number(hue) };
  });

/** Nobody owns it alone: a band for each of its readers, within the dashed outline. */
export function SharedGround({ p }: { readonly p: SharedProps }): ReactElement {
  const { layout } = p;
  const readers = sharedReaders(p.readers);
  const width = (layout.columnWidth - 24) / readers.length;
  return (
    <g>
      {readers.map(({ id, hue }, i) => (
        <rect
          key={id}
          x={12 + i * width}
          y={layout.groupHeight - 5}
          width={width}
          height={4.5}
          fill={readerColour(hue)}
          opacity={0.55}
        />
      ))}
    </g>
  );
}

/** The names of all who read it, each in its colour, as far as there is room. */
export function SharedNames({ p, room }: { readonly p: SharedProps; readonly room: number }): ReactElement {
  const { layout, language } = p;
  const size = layout.text + 1;
  const readers = sharedReaders(p.readers);
  const all = readers.map((r) => r.id).join(' + ');
  const y = layout.groupHeight < 44 ? 14 : 18;
  if (textWidth(all, size, 'bold') > room)
    return (
      <text className="ks-bold" x={layout.pad} y={y} style={{ fontSize: size }}>
        {fitText(text(language, 'stage.group.shared', { n: readers.length }), room, size, 'bold')}
        <title>{all}</title>
      </text>
    );
  return (
    <text className="ks-bold" x={layout.pad} y={y} style={{ fontSize: size }}>
      {readers.map(({ id, hue }, i) => (
        <tspan key={id} style={{ fill: readerColour(hue) }}>
          {i === 0 ? id : ` + ${id}`}
        </tspan>
      ))}
    </text>
  );
}

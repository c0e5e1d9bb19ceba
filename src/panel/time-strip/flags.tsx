/** The flags over the lanes, of what was done and of bookmarks: they come with the first of them. */
import type { ComponentProps } from 'react';
import { BookmarkFlags } from './bookmark-flags.tsx';
import { CommandFlags } from './command-flags.tsx';

export default function Flags(props: ComponentProps<typeof CommandFlags>) {
  const { x, box, top, bottom } = props;
  return (
    <>
      <CommandFlags {...props} />
      <BookmarkFlags x={x} box={box} top={top} bottom={bottom} />
    </>
  );
}

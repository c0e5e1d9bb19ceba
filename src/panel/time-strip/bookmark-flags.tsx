/** Bookmarks as small flags over the lanes; a click goes to the moment. Those of another branch are hollow. */
import { placeOf } from '../../store/bookmarks.ts';
import { useActions, useApp, useSay } from '../../store/use-app.tsx';
import type { LaneBox, XScale } from './lane-math.ts';

export function BookmarkFlags({ x, box, top, bottom }: { x: XScale; box: LaneBox; top: number; bottom: number }) {
  const say = useSay();
  const actions = useActions();
  const bookmarks = useApp((state) => state.bookmarks);
  const branches = useApp((state) => state.timeline.branches);
  if (bookmarks.length === 0) return null;
  return (
    <g>
      {bookmarks.map(({ id, atUs, note, branch }) => {
        const at = Math.round(x(atUs) * 2) / 2;
        const place = placeOf({ id, atUs, note, branch }, branches);
        if (at < box.left - 1 || at > box.right + 1) return null;
        const label = say(note === '' ? 'time.bookmark.flag.bare' : 'time.bookmark.flag', { at: atUs, note });
        return (
          // biome-ignore lint/a11y/useSemanticElements: a drawing has no button elements
          <g
            key={id}
            className="ks-bookmark-flag"
            data-place={place}
            role="button"
            tabIndex={0}
            aria-label={label}
            onPointerDown={(event) => event.stopPropagation()}
            onClick={() => actions.goToBookmark(id)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' && event.key !== ' ') return;
              event.preventDefault();
              event.stopPropagation();
              actions.goToBookmark(id);
            }}
          >
            <title>{label}</title>
            <rect x={at - 8} y={top - 8} width={20} height={20} fill="transparent" />
            <line className="ks-bm-pole" x1={at} x2={at} y1={top - 6} y2={bottom} />
            <path className="ks-bm-cloth" d={`M${at} ${top - 6}h10l-3 4 3 4h-10z`} />
          </g>
        );
      })}
    </g>
  );
}

/** Above the stage of a large cluster: find, show only what hurts, and say what is hidden. */
import { type ReactElement, useEffect, useRef } from 'react';
import { type Language, text } from '../text/index.ts';
import type { Arranged, Wish } from './arrange.ts';

/** What of the stage is not shown, in one line; '' when all is. */
export function hiddenWords(a: Arranged, wish: Wish, language: Language): string {
  const parts: string[] = [];
  if (wish.query.trim() !== '')
    parts.push(
      text(language, a.matches === 0 ? 'stage.find.none' : 'stage.find.count', {
        n: a.matches,
        of: a.matches + a.hiddenOther,
      }),
    );
  if (a.hiddenHealthy > 0) parts.push(text(language, 'stage.find.healthy', { n: a.hiddenHealthy }));
  else if (wish.hurting && a.matches > 0 && a.frame.partitions.length > 0) parts.push(text(language, 'stage.find.all'));
  return parts.join(language === 'zh' ? '；' : '; ');
}

export function FindBar(props: {
  readonly wish: Wish;
  readonly arranged: Arranged;
  readonly language: Language;
  onWish(wish: Wish): void;
  onClose(): void;
  onGo(thing: string): void;
}): ReactElement {
  const { wish, arranged, language } = props;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const typing =
        event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]') !== null;
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  const say = (key: string): string => text(language, key);
  const hidden = hiddenWords(arranged, wish, language);
  return (
    <search className="ks-stage-find">
      <input
        ref={input}
        type="search"
        value={wish.query}
        placeholder={say('stage.find.placeholder')}
        aria-label={say('stage.find.label')}
        onChange={(event) => props.onWish({ ...wish, query: event.target.value })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation();
            if (wish.query === '') props.onClose();
            else props.onWish({ ...wish, query: '' });
            input.current?.blur();
          }
          const first = arranged.found[0];
          if (event.key === 'Enter' && first !== undefined) props.onGo(first);
        }}
      />
      <button
        type="button"
        aria-pressed={wish.hurting}
        onClick={() => props.onWish({ ...wish, hurting: !wish.hurting })}
      >
        {say('stage.find.hurting')}
      </button>
      <button type="button" aria-pressed={wish.sorted} onClick={() => props.onWish({ ...wish, sorted: !wish.sorted })}>
        {say('stage.find.sorted')}
      </button>
      <span className="ks-stage-find-hidden" role="status">
        {hidden}
      </span>
    </search>
  );
}

/** The stage in the page: what it is told and what it tells. */
import { Stage } from '../diagram/stage.tsx';
import { part } from '../panel/kit/part.tsx';
import { useMode } from '../store/page-mode.ts';
import { useActions, useApp, useSay } from '../store/use-app.tsx';

const Notices = part(async () => ({ default: (await import('./notices.tsx')).Notices }));

export function StageArea() {
  const say = useSay();
  const actions = useActions();
  const frame = useApp((state) => state.frame);
  const info = useApp((state) => state.info);
  const selection = useApp((state) => state.selection);
  const hover = useApp((state) => state.hover);
  const highlight = useApp((state) => state.highlight);
  const pointed = useApp((state) => state.pointed);
  const emphasis = useApp((state) => state.emphasis);
  const theme = useApp((state) => state.resolvedTheme);
  const reducedMotion = useApp((state) => state.reducedMotion);
  const words = useApp((state) => state.words);
  const moved = useMode((mode) => mode.moved);
  return (
    <main className="ks-stage" id="stage">
      {frame === null || info === null ? (
        <p className="ks-loading">{say('app.loading')}</p>
      ) : (
        <Stage
          frame={frame}
          info={info}
          language={say.language}
          theme={theme}
          reducedMotion={reducedMotion}
          words={words}
          selection={selection}
          hover={hover}
          highlight={pointed.length === 0 ? highlight : [...pointed, ...highlight]}
          emphasis={emphasis}
          onSelect={actions.select}
          onHover={actions.setHover}
          onMenu={(thing, anchor) => actions.openMenu({ thing, ...anchor })}
          onYourText={(producer) => actions.openDialog({ kind: 'your-text', producer })}
          onScroll={actions.setScroll}
          onColumns={actions.setColumns}
          onRecord={(id) => actions.openDialog({ kind: 'story', id })}
          onTerm={(term) => actions.openDialog({ kind: 'glossary', term })}
        />
      )}
      {moved && <Notices />}
    </main>
  );
}

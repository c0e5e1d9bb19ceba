/** The stage in the page: what it is told and what it tells. */
import { Stage } from '../diagram/stage.tsx';
import { useActions, useApp, useSay } from '../store/use-app.tsx';
import { Notices } from './notices.tsx';

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
      <Notices />
    </main>
  );
}

/** The lesson's panel: drawn by panel/, given the lessons by the app, since a panel imports no lesson. */
import { lazy, Suspense } from 'react';
import { useMode } from '../store/page-mode.ts';
import { useSay } from '../store/use-app.tsx';

const LessonPlay = lazy(() => import('./lesson-play.tsx'));

/** The first picture comes first: the lesson speaks of it, so it loads once the picture moves. */
export function LessonArea() {
  const say = useSay();
  const moved = useMode((mode) => mode.moved);
  const waiting = <p className="ks-empty">{say('lesson.starting')}</p>;
  if (!moved) return waiting;
  return (
    <Suspense fallback={waiting}>
      <LessonPlay />
    </Suspense>
  );
}

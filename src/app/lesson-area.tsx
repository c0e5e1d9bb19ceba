/** The lesson's panel: drawn by panel/, given the lessons by the app, since a panel imports no lesson. */
import { lazy, Suspense, useRef } from 'react';
import { useApp, useSay } from '../store/use-app.tsx';

const LessonPlay = lazy(() => import('./lesson-play.tsx'));

/** The first picture comes first: the lesson speaks of it, so it loads once the picture is there. */
export function LessonArea() {
  const say = useSay();
  const here = useApp((state) => state.frame !== null);
  const wanted = useRef(false);
  wanted.current ||= here;
  const waiting = <p className="ks-empty">{say('lesson.starting')}</p>;
  if (!wanted.current) return waiting;
  return (
    <Suspense fallback={waiting}>
      <LessonPlay />
    </Suspense>
  );
}

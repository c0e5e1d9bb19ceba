/** The lesson with its steps: loaded once there is a cluster to talk about. */
import { LESSONS } from '../lesson/index.ts';
import { LessonPanel } from '../panel/lesson-panel.tsx';
import { useActions, useApp, useSay } from '../store/use-app.tsx';

/** On somebody's file or link no lesson begins by itself: it would put its own cluster in the place of theirs. */
function Offer() {
  const say = useSay();
  const actions = useActions();
  const first = LESSONS[0];
  if (first === undefined) return null;
  return (
    <section className="ks-offer">
      <p className="kp-mute ks-small">{say('app.lesson')}</p>
      <h2>{say.phrase(first.title)}</h2>
      <p>{say('app.lesson.offer')}</p>
      <button type="button" className="ks-btn ks-btn-fill" onClick={() => actions.wantLesson(true)}>
        {say('app.lesson.begin')}
      </button>
    </section>
  );
}

export default function LessonPlay() {
  const begun = useApp((state) => state.lesson !== null || state.lessonWanted);
  return begun ? <LessonPanel lessons={LESSONS} /> : <Offer />;
}

/** A timer that drains, with what is left in words beside it. */
import type { StepView } from '../../scenario/lesson-view.ts';
import { useSay } from '../../store/use-app.tsx';

const RADIUS = 15;
const AROUND = 2 * Math.PI * RADIUS;

export function LessonRing({ ring }: { ring: NonNullable<StepView['ring']> }) {
  const say = useSay();
  const whole = Math.max(1, ring.endUs - ring.startUs);
  const left = Math.max(0, Math.min(1, (ring.endUs - ring.nowUs) / whole));
  return (
    <p className="ks-lesson-ring">
      <svg width="38" height="38" viewBox="0 0 38 38" aria-hidden="true">
        <circle cx="19" cy="19" r={RADIUS} className="ks-lesson-ring-track" />
        <circle
          cx="19"
          cy="19"
          r={RADIUS}
          className="ks-lesson-ring-left"
          strokeDasharray={`${AROUND * left} ${AROUND}`}
          transform="rotate(-90 19 19)"
        />
      </svg>
      <span>{say.phrase(ring.label)}</span>
    </p>
  );
}

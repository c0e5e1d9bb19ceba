/** Forward and back by request, and playing through the rebalance at a slowed speed. */
import { ChevronFirst, ChevronLast } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { selectedRun } from '../../store/lab.ts';
import { useApp, useSay } from '../../store/use-app.tsx';
import { Pause, Play, StepBack, StepForward } from '../kit/icons.tsx';
import type { TimeView } from './lab-stage.tsx';
import { useLab, useLabActions, useLabStore, usePlace, useSteps } from './use-lab.tsx';

/** What is in view lasts about this long, where no speed was chosen. */
const SHOWN_SECONDS = 15;
const RATES: readonly number[] = [1, 1 / 2, 1 / 5, 1 / 10, 1 / 20, 1 / 50, 1 / 100, 1 / 500];
/** Without motion, a step is shown this long. */
const STILL_MS = 900;

const ownRate = (lengthUs: number): number => lengthUs / (SHOWN_SECONDS * 1e6);

/** Moves the cursor on while it plays. */
export function usePlaying(time: TimeView): void {
  const store = useLabStore();
  const playing = useLab((state) => state.playing);
  const still = useApp((state) => state.reducedMotion);
  const length = useRef(0);
  useEffect(() => {
    length.current = time.domain.toUs - time.domain.fromUs;
  });
  useEffect(() => {
    if (!playing) return;
    const { actions } = store.getState();
    if (still) {
      const timer = setInterval(() => {
        const before = store.getState().atUs;
        actions.stepBy(1);
        if (store.getState().atUs !== before) actions.play(true);
      }, STILL_MS);
      return () => clearInterval(timer);
    }
    let last = performance.now();
    let wanted = requestAnimationFrame(function tick(now) {
      const state = store.getState();
      const run = selectedRun(state);
      const rate = state.rate ?? ownRate(length.current);
      // A tab that slept does not leap.
      const passed = Math.min(100, now - last);
      last = now;
      if (run === null || state.atUs === null || state.atUs >= run.untilUs) {
        actions.play(false);
        return;
      }
      actions.setAt(Math.min(run.untilUs, state.atUs + Math.max(1, passed * 1000 * rate)));
      wanted = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(wanted);
  }, [playing, still, store]);
}

export function StepControls() {
  const say = useSay();
  const actions = useLabActions();
  const playing = useLab((state) => state.playing);
  const rate = useLab((state) => state.rate);
  const place = usePlace();
  const steps = useSteps();
  const last = steps.length - 1;
  const button = (key: string, icon: React.ReactNode, disabled: boolean, run: () => void) => (
    <button type="button" className="ks-icon" aria-label={say(key)} title={say(key)} disabled={disabled} onClick={run}>
      {icon}
    </button>
  );
  return (
    // biome-ignore lint/a11y/useSemanticElements: buttons in a row, nothing that is filled in
    <div className="kl-steps" role="group" aria-label={say('lab.steps')}>
      {button('lab.step.first', <ChevronFirst size={15} aria-hidden="true" />, place <= 0, () =>
        actions.stepToEnd('first'),
      )}
      {button('lab.step.back', <StepBack size={15} aria-hidden="true" />, place <= 0, () => actions.stepBy(-1))}
      {button(
        playing ? 'lab.pause' : 'lab.play',
        playing ? <Pause size={15} aria-hidden="true" /> : <Play size={15} aria-hidden="true" />,
        steps.length === 0,
        () => actions.play(!playing),
      )}
      {button('lab.step.forward', <StepForward size={15} aria-hidden="true" />, place >= last, () => actions.stepBy(1))}
      {button('lab.step.last', <ChevronLast size={15} aria-hidden="true" />, place >= last, () =>
        actions.stepToEnd('last'),
      )}
      <select
        className="ks-select"
        aria-label={say('lab.rate')}
        title={say('lab.rate')}
        value={rate ?? ''}
        onChange={(event) => actions.setRate(event.target.value === '' ? null : Number(event.target.value))}
      >
        <option value="">{say('lab.rate.own')}</option>
        {RATES.map((each) => (
          <option key={each} value={each}>
            {each === 1 ? '1×' : `1/${Math.round(1 / each)}`}
          </option>
        ))}
      </select>
    </div>
  );
}

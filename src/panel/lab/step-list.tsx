/** The requests of the selected variant, one a row; the one that is stepped on is marked. Only the rows in view are made. */
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { stepUs } from '../../store/lab-cursor.ts';
import { useSay } from '../../store/use-app.tsx';
import { useSize } from '../time-strip/use-size.ts';
import { hueOf, useLab, useLabActions, usePlace, useSelectedRun, useSteps } from './use-lab.tsx';
import { seconds, stepLine } from './words.ts';

const MARGIN = 6;

export function StepList({ rowHeight }: { rowHeight: number }) {
  const say = useSay();
  const actions = useLabActions();
  const run = useSelectedRun();
  const steps = useSteps();
  const place = usePlace();
  const all = useLab((state) => state.all);
  const playing = useLab((state) => state.playing);
  const box = useRef<HTMLDivElement>(null);
  const { height } = useSize(box);
  const [top, setTop] = useState(0);

  // The present step stays in view; a list that somebody scrolls by hand is left alone until the next step.
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || place < 0) return;
    const y = place * rowHeight;
    const { scrollTop, clientHeight } = element;
    if (y < scrollTop) element.scrollTop = Math.max(0, y - rowHeight);
    else if (y + rowHeight > scrollTop + clientHeight) element.scrollTop = y - clientHeight + 2 * rowHeight;
  }, [place, rowHeight]);

  if (run === null) return null;
  const from = Math.max(0, Math.floor(top / rowHeight) - MARGIN);
  const until = Math.min(steps.length, Math.ceil((top + Math.max(height, 200)) / rowHeight) + MARGIN);
  const onKey = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    actions.stepBy(by);
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>('[aria-current]')?.focus());
  };
  return (
    <section className="kl-list" aria-label={say('lab.requests')}>
      <div className="kl-list-head">
        <h3>{say('lab.requests.of', { variant: say(`lab.variant.${run.variant}`) })}</h3>
        <label className="kl-check">
          <input type="checkbox" checked={all} onChange={(event) => actions.setAll(event.target.checked)} />
          {say('lab.all')}
        </label>
      </div>
      <div className="kl-list-box" ref={box} onScroll={(event) => setTop(event.currentTarget.scrollTop)}>
        <ol style={{ height: steps.length * rowHeight }} onKeyDown={onKey}>
          {steps.slice(from, until).map((step, i) => {
            const at = from + i;
            const now = at === place;
            return (
              <li
                key={step.index}
                style={{ top: at * rowHeight, height: rowHeight }}
                aria-setsize={steps.length}
                aria-posinset={at + 1}
              >
                <button
                  type="button"
                  tabIndex={now || (place < 0 && at === 0) ? 0 : -1}
                  aria-current={now ? 'step' : undefined}
                  data-playing={playing || undefined}
                  onClick={() => actions.goTo(run.variant, step)}
                >
                  <span className="kl-list-time">{seconds(stepUs(step))}</span>
                  <span
                    className="kl-list-name"
                    title={stepLine(say, step)}
                    data-error={step.errors.length > 0 || undefined}
                  >
                    <span aria-hidden="true">{step.what === 'request' ? '→ ' : '← '}</span>
                    {stepLine(say, step)}
                  </span>
                  <span style={{ color: hueOf(run, step.consumer) }}>{step.consumer}</span>
                </button>
              </li>
            );
          })}
        </ol>
        {steps.length === 0 && <p className="kp-empty">{say('lab.requests.none')}</p>}
      </div>
    </section>
  );
}

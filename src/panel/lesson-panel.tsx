/** The lesson: step n of m, two sentences, a prediction, one filled button. Any lesson; what it says comes from its view. */
import { Check } from 'lucide-react';
import { useEffect, useId, useRef, useState, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { LessonRun, PredictionView, StepView } from '../scenario/lesson-view.ts';
import { useActions, useApp, useAppStore, useSay } from '../store/use-app.tsx';
import { TermText } from './glossary/term-text.tsx';
import { LessonCard } from './lesson/card.tsx';
import { isAstray, LessonDriver, worldOf } from './lesson/driver.ts';
import { LessonRing } from './lesson/ring.tsx';
import './lesson/lesson.css';

/** Drives the lesson while the panel is on the page; the panel may be folded, the lesson goes on. */
function useDriver(lesson: LessonRun): LessonDriver {
  const store = useAppStore();
  const [driver] = useState(() => new LessonDriver(store, lesson));
  useEffect(() => {
    driver.start();
    return () => driver.stop();
  }, [driver]);
  return driver;
}

/** The step's view, the same object as long as it says the same: frames come sixty times a second. */
function useView(lesson: LessonRun): StepView | null {
  const last = useRef<{ text: string; view: StepView | null }>({ text: '', view: null });
  return useStore(useAppStore(), (state) => {
    const world = worldOf(state);
    if (world === null || state.lesson?.id !== lesson.id) return null;
    const view = lesson.view(state.lesson.step, world, state.lesson.data);
    const text = JSON.stringify(view);
    if (text !== last.current.text) last.current = { text, view };
    return last.current.view;
  });
}

function Prediction(props: { prediction: PredictionView; onChoose(id: string): void }) {
  const say = useSay();
  const name = useId();
  const { question, options, chosen, decided } = props.prediction;
  const legend = decided ? say('lesson.you-predicted') : say.phrase(question);
  return (
    <fieldset className="ks-predict" disabled={decided}>
      <legend>{legend}</legend>
      {options.map(({ id, text, right }) => (
        <label key={id} data-on={chosen === id || undefined} data-right={(decided && right) || undefined}>
          <input type="radio" name={name} checked={chosen === id} onChange={() => props.onChoose(id)} />
          <span>{say.phrase(text)}</span>
          {decided && right && (
            <>
              <Check size={15} strokeWidth={2.5} aria-hidden="true" />
              <span className="ks-hidden">{say('lesson.right')}</span>
            </>
          )}
        </label>
      ))}
    </fieldset>
  );
}

function Moments({ moments }: { moments: StepView['moments'] }) {
  const say = useSay();
  const actions = useActions();
  return (
    <ol className="ks-lesson-moments">
      {moments.map((moment, i) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: two moments may be the same microsecond; the list never reorders
          key={i}
          data-reached={moment.reached || undefined}
          data-tone={moment.tone}
        >
          <button
            type="button"
            className="ks-time"
            aria-label={say('lesson.jump', { at: moment.atUs })}
            onClick={() => {
              actions.pause();
              actions.seek(moment.atUs);
            }}
          >
            {say('lesson.since', { us: moment.sinceUs })}
          </button>
          <span>{say.phrase(moment.phrase)}</span>
        </li>
      ))}
    </ol>
  );
}

function Step({ view, driver, busy }: { view: StepView; driver: LessonDriver; busy: boolean }) {
  const say = useSay();
  const language = useApp((state) => state.language);
  const actions = useActions();
  const [lines, setLines] = useState<readonly string[]>([]);
  // A new step, or the same in the other language, begins with its own lines.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the step and the language set the lines anew
  useEffect(() => {
    setLines(view.input?.lines.map(say.phrase) ?? []);
  }, [view.id, language]);
  return (
    <>
      {view.body.map((sentence) => (
        <p key={sentence.key}>
          <TermText text={say.phrase(sentence)} />
        </p>
      ))}
      {view.figure !== null && (
        <p className="ks-lesson-figure" data-tone={view.figure.tone}>
          <strong>{view.figure.value}</strong> {say.phrase(view.figure.label)}
        </p>
      )}
      {view.ring !== null && <LessonRing ring={view.ring} />}
      {view.moments.length > 0 && <Moments moments={view.moments} />}
      {view.input !== null && (
        <fieldset className="ks-lesson-lines">
          <legend>{say.phrase(view.input.label)}</legend>
          {lines.map((line, i) => (
            <textarea
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines are their places
              key={i}
              className="ks-input"
              rows={2}
              value={line}
              maxLength={200}
              aria-label={say('lesson.line', { n: i + 1 })}
              onChange={(event) =>
                setLines(lines.map((old, k) => (k === i ? event.target.value.replaceAll('\n', ' ') : old)))
              }
            />
          ))}
        </fieldset>
      )}
      {view.prediction !== null && <Prediction prediction={view.prediction} onChoose={(id) => driver.choose(id)} />}
      {view.reveal.length > 0 && (
        <div className="ks-lesson-reveal" role="status">
          {view.reveal.map(({ phrase, tone, record }) => (
            <p key={`${phrase.key} ${record ?? ''}`} data-tone={tone}>
              {record === null ? (
                say.phrase(phrase)
              ) : (
                <button
                  type="button"
                  className="ks-link"
                  title={say('lesson.story')}
                  onClick={() => actions.openDialog({ kind: 'story', id: record })}
                >
                  {say.phrase(phrase)}
                </button>
              )}
            </p>
          ))}
        </div>
      )}
      {view.cards.map((card) => (
        <LessonCard key={card.title.key} card={card} />
      ))}
      {view.button !== null && (
        <button
          type="button"
          className="ks-btn ks-btn-fill ks-lesson-go"
          disabled={!view.button.enabled || busy}
          onClick={() => driver.press(lines)}
        >
          {busy ? say('lesson.busy') : say.phrase(view.button.label)}
        </button>
      )}
      {view.quiet.map(({ id, label }) => (
        <button
          key={id}
          type="button"
          className="ks-link ks-small ks-mute"
          disabled={busy}
          onClick={() => driver.quiet(id)}
        >
          {say.phrase(label)}
        </button>
      ))}
      {view.badge !== null && <p className="ks-lesson-badge">{say.phrase(view.badge)}</p>}
      {view.doors.map(({ id, title, note }) => (
        <button key={id} type="button" className="ks-lesson-door" disabled={busy} onClick={() => driver.quiet(id)}>
          <strong>{say.phrase(title)}</strong>
          <span className="ks-small">{say.phrase(note)}</span>
        </button>
      ))}
    </>
  );
}

function Progress({ step, steps }: { step: number; steps: number }) {
  return (
    <div className="ks-lesson-progress" aria-hidden="true">
      {Array.from({ length: steps }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row of equal bars
        <i key={i} data-on={i <= step || undefined} />
      ))}
    </div>
  );
}

function Play({ lesson }: { lesson: LessonRun }) {
  const say = useSay();
  const driver = useDriver(lesson);
  const busy = useSyncExternalStore(driver.watchBusy, driver.isBusy, driver.isBusy);
  const view = useView(lesson);
  const step = useApp((state) => state.lesson?.step ?? 0);
  const astray = useApp(isAstray);
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef<string | null>(null);
  // A new step is read out; the first one on the page does not take the focus.
  useEffect(() => {
    if (view === null) return;
    if (
      shown.current !== null &&
      shown.current !== view.id &&
      heading.current?.closest('.ks-lesson-panel')?.contains(document.activeElement)
    ) {
      heading.current.focus();
    }
    shown.current = view.id;
  }, [view]);
  if (view === null) return <p className="ks-empty">{say('lesson.starting')}</p>;
  return (
    <section className="ks-lesson-panel" aria-label={say.phrase(lesson.title)}>
      <p className="ks-lesson-count">{say('lesson.step', { n: step + 1, of: lesson.steps })}</p>
      <h2 ref={heading} tabIndex={-1}>
        {astray ? say('lesson.astray.title') : say.phrase(view.title)}
      </h2>
      {astray ? (
        <>
          <p>{say('lesson.astray.body')}</p>
          <button
            type="button"
            className="ks-btn ks-btn-fill ks-lesson-go"
            disabled={busy}
            onClick={() => driver.takeUp()}
          >
            {say('lesson.astray.button')}
          </button>
        </>
      ) : (
        <Step view={view} driver={driver} busy={busy} />
      )}
      <Progress step={step} steps={lesson.steps} />
      <div className="ks-lesson-foot">
        {step > 0 && (
          <button type="button" className="ks-link ks-small ks-mute" disabled={busy} onClick={() => driver.back()}>
            {say('lesson.back')}
          </button>
        )}
        {step > 0 && (
          <button type="button" className="ks-link ks-small ks-mute" disabled={busy} onClick={() => driver.goTo(0)}>
            {say('lesson.anew')}
          </button>
        )}
      </div>
    </section>
  );
}

/** `lessons`: the app hands them in, since a panel imports no lesson. The first is played. */
export function LessonPanel({ lessons }: { lessons: readonly LessonRun[] }) {
  const slot = useApp((state) => state.lesson?.id ?? null);
  const lesson = lessons.find(({ id }) => id === slot) ?? lessons[0];
  return lesson === undefined ? null : <Play key={lesson.id} lesson={lesson} />;
}

/** What happens to the group, how large it is, and how slow its slowest member: each change runs all variants anew. */
import { useEffect, useState } from 'react';
import { LAB_TRIGGERS, type LabSpec } from '../../protocol/lab.ts';
import { runsOf } from '../../store/lab.ts';
import { type Ranked, ranking, turned, turnsRound, verdict } from '../../store/lab-ranking.ts';
import { KNOB_STEPS, knobMs, knobStep, MOST } from '../../store/lab-spec.ts';
import { type Say, useSay } from '../../store/use-app.tsx';
import { useLab, useLabActions } from './use-lab.tsx';
import { partitionSeconds } from './words.ts';

function Triggers() {
  const say = useSay();
  const actions = useLabActions();
  const trigger = useLab((state) => state.spec.trigger);
  return (
    // biome-ignore lint/a11y/useSemanticElements: the buttons share their lines with the fields beside them
    <div className="kl-triggers" role="group" aria-label={say('lab.triggers')}>
      <span className="kp-mute">{say('lab.triggers')}</span>
      {LAB_TRIGGERS.map((kind) => (
        <button
          key={kind}
          type="button"
          className="kl-trigger"
          aria-pressed={kind === trigger}
          title={say(`lab.trigger.${kind}.says`)}
          onClick={() => actions.ask({ trigger: kind })}
        >
          {say(`lab.trigger.${kind}`)}
        </button>
      ))}
    </div>
  );
}

/** A whole number; what is no number, or out of bounds, is put right when the field is left. */
export function NumberField(props: {
  label: string;
  value: number;
  least: number;
  most: number;
  onChange: (value: number) => void;
}) {
  const { label, value, least, most, onChange } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const commit = (text: string): void => {
    const wanted = Number(text);
    setTyped(null);
    if (text.trim() === '' || !Number.isFinite(wanted)) return;
    const kept = Math.max(least, Math.min(most, Math.round(wanted)));
    if (kept !== value) onChange(kept);
  };
  return (
    <label className="kl-number">
      <span>{label}</span>
      <input
        type="number"
        className="ks-input"
        min={least}
        max={most}
        value={typed ?? value}
        onChange={(event) => {
          setTyped(event.target.value);
          // The arrows of the field are meant at once; what is typed, when it is done.
          if (!(event.nativeEvent as InputEvent).inputType) commit(event.target.value);
        }}
        onBlur={(event) => commit(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit(event.currentTarget.value);
        }}
      />
    </label>
  );
}

function GroupFields() {
  const say = useSay();
  const actions = useLabActions();
  const base = useLab((state) => state.spec.base);
  const seed = useLab((state) => state.spec.seed);
  const change = (part: Partial<Extract<LabSpec['base'], { kind: 'fresh' }>>): void => {
    if (base.kind === 'fresh') actions.ask({ base: { ...base, ...part } });
  };
  return (
    <div className="kl-numbers">
      {base.kind === 'fresh' ? (
        <>
          <NumberField
            label={say('lab.members')}
            value={base.members}
            least={1}
            most={MOST.members}
            onChange={(members) => change({ members })}
          />
          <NumberField
            label={say('lab.partitions')}
            value={base.partitions}
            least={1}
            most={MOST.partitions}
            onChange={(partitions) => change({ partitions })}
          />
        </>
      ) : (
        <span className="kl-base">
          {say('lab.base', { group: base.group, at: base.atUs })}{' '}
          <button
            type="button"
            className="ks-link"
            onClick={() => actions.ask({ base: { kind: 'fresh', members: 3, partitions: 6, ratePerSecond: 60 } })}
          >
            {say('lab.base.own')}
          </button>
        </span>
      )}
      <NumberField
        label={say('lab.seed')}
        value={seed}
        least={0}
        most={MOST.seed}
        onChange={(next) => actions.ask({ seed: next })}
      />
    </div>
  );
}

/** While it is dragged only its number changes; the runs begin when it rests. */
const REST_MS = 250;

function Knob() {
  const say = useSay();
  const actions = useLabActions();
  const ms = useLab((state) => state.spec.slowestMs);
  const [held, setHeld] = useState<number | null>(null);
  useEffect(() => {
    if (held === null) return;
    const timer = setTimeout(() => {
      setHeld(null);
      if (held !== ms) actions.ask({ slowestMs: held });
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [held, ms, actions]);
  const shown = held ?? ms;
  const text = shown === 0 ? say('lab.knob.none') : say('lab.knob.value', { us: shown * 1000 });
  return (
    <label className="kl-knob">
      <span>{say('lab.knob')}</span>
      <input
        type="range"
        min={0}
        max={KNOB_STEPS}
        step={1}
        value={knobStep(shown)}
        aria-valuetext={text}
        onChange={(event) => setHeld(knobMs(Number(event.target.value)))}
        style={{ '--part': `${(knobStep(shown) / KNOB_STEPS) * 100}%` } as React.CSSProperties}
      />
      <b>{text}</b>
    </label>
  );
}

/** What the figures say, and whether another slowest member would turn it round; every number is measured. */
export function verdictWords(
  say: Say,
  here: readonly Ranked[],
  reference: { readonly slowestMs: number; readonly ranked: readonly Ranked[] } | null,
): readonly [now: string, then: string] {
  const names = (all: readonly Ranked[]): string =>
    all.map(({ variant }) => say(`lab.variant.${variant}`)).join(say('lab.and'));
  const cost = (all: readonly Ranked[]): string => partitionSeconds(all[0]?.cost ?? 0);
  const now = verdict(here);
  if (now === null) return ['', ''];
  const params = (v: NonNullable<ReturnType<typeof verdict>>) => ({
    least: names(v.least),
    leastCost: cost(v.least),
    most: names(v.most),
    mostCost: cost(v.most),
  });
  const first = say(`lab.verdict.${now.kind}`, params(now));
  const there = reference === null ? null : verdict(reference.ranked);
  if (reference === null || there === null || now.kind === 'one') return [first, ''];
  const [swapped] = turned(here, reference.ranked);
  const when =
    reference.slowestMs === 0 ? say('lab.verdict.quick') : say('lab.verdict.slow', { us: reference.slowestMs * 1000 });
  if (there.kind === 'same') return [first, say('lab.verdict.then.same', { when, ...params(there) })];
  if (swapped === undefined) return [first, say('lab.verdict.stays', { when, ...params(there) })];
  if (turnsRound(now, there)) return [first, say('lab.verdict.turns', { when, ...params(there) })];
  const [less, more] = swapped.map((variant) => say(`lab.variant.${variant}`));
  return [first, say('lab.verdict.swaps', { when, less: less ?? '', more: more ?? '', ...params(there) })];
}

function Verdict() {
  const say = useSay();
  const lanes = useLab((state) => state.lanes);
  const reference = useLab((state) => state.reference);
  const running = useLab((state) => state.running);
  const runs = runsOf(lanes);
  const [now, then] = verdictWords(say, ranking(runs), reference);
  return (
    <p className="kl-verdict" role="status" data-verdict>
      {running === null ? (
        <>
          {now} <span className="kp-mute">{then}</span>
        </>
      ) : (
        <span className="kp-mute">
          {say('lab.running', { variant: say(`lab.variant.${running.variant}`), n: running.done + 1, of: running.of })}
        </span>
      )}
    </p>
  );
}

export function Controls() {
  const say = useSay();
  const running = useLab((state) => state.running);
  return (
    <section className="kl-controls" aria-label={say('lab.controls')}>
      <div className="kl-row kl-what">
        <Triggers />
        <GroupFields />
      </div>
      <div className="kl-row">
        <Knob />
        <Verdict />
      </div>
      <div className="kl-progress" aria-hidden="true" data-on={running !== null || undefined}>
        <i style={{ width: `${running === null ? 100 : ((running.done + running.part) / running.of) * 100}%` }} />
      </div>
    </section>
  );
}

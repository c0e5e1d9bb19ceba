/** Above the lanes of a variant: what its coordinator is in and waits for, and a tick for every request that is a step. */
import { memo } from 'react';
import { fitText, textWidth } from '../../diagram/measure.ts';
import type { LabCoordinatorSpan, LabRun, LabStep } from '../../protocol/lab.ts';
import { stepUs } from '../../store/lab-cursor.ts';
import { type Say, useSay } from '../../store/use-app.tsx';
import type { Domain, LaneBox } from '../time-strip/lane-math.ts';
import { hueOf } from './use-lab.tsx';
import { stateName, stepShort } from './words.ts';

export const COORDINATOR_HEIGHT = 22;
export const TICKS_HEIGHT = 17;

/** Waiting for members, working out the assignment, at rest; by form of words and by tint. */
export function toneOf(state: string): 'waits' | 'works' | 'rest' | 'none' {
  if (/^(PreparingRebalance|Assigning)$/.test(state)) return 'waits';
  if (/^(CompletingRebalance|Reconciling)$/.test(state)) return 'works';
  return state === '' ? 'none' : 'rest';
}

/** "PreparingRebalance · 4 · waits for c2", as much of it as there is room for. */
function spanText(say: Say, span: LabCoordinatorSpan, width: number): string {
  const { state, epoch, waitsFor } = span;
  if (state === '') return fitting([say('lab.coordinator.none')], width);
  const name = stateName(say, state);
  const numbered = epoch < 0 ? name : `${name} · ${epoch}`;
  const few =
    waitsFor.length > 3 ? [...waitsFor.slice(0, 3), say('lab.more', { count: waitsFor.length - 3 })] : waitsFor;
  const waits =
    waitsFor.length === 0 ? [] : [`${numbered} · ${say('lab.coordinator.waits', { members: few.join(', ') })}`];
  return fitting([...waits, numbered, name], width);
}

function fitting(texts: readonly string[], width: number): string {
  const found = texts.find((text) => textWidth(text, 11) <= width);
  return found ?? (width > 46 ? fitText(texts.at(-1)!, width, 11) : '');
}

export const CoordinatorLane = memo(function CoordinatorLane(props: {
  run: LabRun;
  y: number;
  domain: Domain;
  box: LaneBox;
  /** The line's name, where there is no other one. */
  named: boolean;
}) {
  const { run, y, domain, box, named } = props;
  const say = useSay();
  const perUs = (box.right - box.left) / (domain.toUs - domain.fromUs);
  const height = COORDINATOR_HEIGHT - 4;
  return (
    <g>
      {named && (
        <text x={0} y={y + 14} className="kl-lane-name kl-strong">
          {fitText(say('lab.coordinator'), box.left - 6, 12, 'bold')}
        </text>
      )}
      {run.coordinator.map((span) => {
        if (span.untilUs <= domain.fromUs || span.fromUs >= domain.toUs) return null;
        const x = box.left + (Math.max(span.fromUs, domain.fromUs) - domain.fromUs) * perUs;
        const right = box.left + (Math.min(span.untilUs, domain.toUs) - domain.fromUs) * perUs;
        const width = Math.max(0.8, right - x - (right - x > 3 ? 1 : 0));
        return (
          <g key={span.fromUs} className="kl-state" data-tone={toneOf(span.state)} data-state={span.state}>
            <rect x={x} y={y} width={width} height={height} rx={Math.min(4, width / 3)} />
            {width > 20 && (
              <text x={x + 7} y={y + 13}>
                {spanText(say, span, width - 12)}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
});

const DOT = 2.6;

export const Ticks = memo(function Ticks(props: {
  run: LabRun;
  steps: readonly LabStep[];
  y: number;
  domain: Domain;
  box: LaneBox;
  /** The present step, where this is the variant that is stepped through. */
  current: LabStep | null;
}) {
  const { run, steps, y, domain, box, current } = props;
  const say = useSay();
  const perUs = (box.right - box.left) / (domain.toUs - domain.fromUs);
  const at = (us: number): number => box.left + (us - domain.fromUs) * perUs;
  const middle = y + 7;
  // Thousands of ticks are one path a hue: what stands on the same pixel is drawn once.
  const paths = new Map<string, { d: string; last: number }>();
  for (const step of steps) {
    const us = stepUs(step);
    if (us < domain.fromUs || us > domain.toUs) continue;
    const x = Math.round(at(us) * 2) / 2;
    const hue = hueOf(run, step.consumer);
    const known = paths.get(`${hue} ${step.what}`) ?? { d: '', last: -1 };
    if (known.last === x) continue;
    const up = step.what === 'request';
    paths.set(`${hue} ${step.what}`, {
      d: `${known.d}M${x} ${middle + (up ? 1 : -1)}v${up ? -6 : 6}`,
      last: x,
    });
  }
  const inView = current !== null && stepUs(current) >= domain.fromUs && stepUs(current) <= domain.toUs;
  return (
    <g className="kl-ticks">
      <text x={0} y={y + 11} className="kl-lane-name">
        {fitText(say('lab.requests'), box.left - 6, 11.5)}
      </text>
      <line x1={box.left} x2={box.right} y1={middle} y2={middle} />
      {[...paths].map(([key, { d }]) => (
        <path key={key} d={d} stroke={key.slice(0, key.lastIndexOf(' '))} />
      ))}
      {inView && <Current step={current} x={at(stepUs(current))} y={middle} box={box} text={stepShort(say, current)} />}
    </g>
  );
});

/** The step that the cursor stands on: a dot with its name, to the side where there is room. */
function Current(props: { step: LabStep; x: number; y: number; box: LaneBox; text: string }) {
  const { step, x, y, box, text } = props;
  // Kafka's names of errors are capitals, which are wider than the measure says.
  const width = Math.ceil(textWidth(text, 11, 'bold') * (/[A-Z_]{8}/.test(text) ? 1.15 : 1)) + 14;
  const right = x + 8 + width <= box.right;
  const from = right ? x + 8 : x - 8 - width;
  return (
    <g className="kl-current" data-step={step.index}>
      <rect x={from} y={y - 8} width={width} height={16} rx={8} />
      <text x={from + 7} y={y + 4}>
        {text}
      </text>
      <circle cx={x} cy={y} r={DOT + 2.4} />
    </g>
  );
}

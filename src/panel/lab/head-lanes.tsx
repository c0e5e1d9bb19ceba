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

interface Placed {
  readonly span: LabCoordinatorSpan;
  readonly x: number;
  readonly width: number;
}

interface Caption {
  readonly x: number;
  readonly text: string;
}

const PAD = 7;

const nameOf = (say: Say, { state }: LabCoordinatorSpan): string =>
  state === '' ? say('lab.coordinator.none') : stateName(say, state);

/** "PreparingRebalance · 4 · waits for c2, c3" */
function wholeText(say: Say, span: LabCoordinatorSpan): string {
  const { epoch, waitsFor } = span;
  const numbered = epoch < 0 ? nameOf(say, span) : `${nameOf(say, span)} · ${epoch}`;
  if (waitsFor.length === 0) return numbered;
  const few =
    waitsFor.length > 3 ? [...waitsFor.slice(0, 3), say('lab.more', { count: waitsFor.length - 3 })] : waitsFor;
  return `${numbered} · ${say('lab.coordinator.waits', { members: few.join(', ') })}`;
}

/**
 * What is written on the lane. Spans that follow one another and differ only in whom they wait for are one state: it is named
 * once, in the span that has room for the whole text, else over all of them.
 */
export function captionsOf(say: Say, placed: readonly Placed[]): Caption[] {
  const captions: Caption[] = [];
  for (let i = 0; i < placed.length; ) {
    const first = placed[i] as Placed;
    let next = i + 1;
    const same = ({ span }: Placed): boolean => span.state === first.span.state && span.epoch === first.span.epoch;
    while (next < placed.length && same(placed[next] as Placed)) next += 1;
    const run = placed.slice(i, next);
    i = next;
    const roomy = run.find(({ span, width }) => textWidth(wholeText(say, span), 11) <= width - 2 * PAD);
    if (roomy !== undefined) {
      captions.push({ x: roomy.x + PAD, text: wholeText(say, roomy.span) });
      continue;
    }
    const last = run.at(-1) as Placed;
    const room = last.x + last.width - first.x - 2 * PAD;
    const { epoch } = first.span;
    const name = nameOf(say, first.span);
    const numbered = epoch < 0 ? name : `${name} · ${epoch}`;
    const text = textWidth(numbered, 11) <= room ? numbered : room > 46 ? fitText(name, room, 11) : '';
    if (text !== '') captions.push({ x: first.x + PAD, text });
  }
  return captions;
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
  const placed = run.coordinator
    .filter((span) => span.untilUs > domain.fromUs && span.fromUs < domain.toUs)
    .map((span): Placed => {
      const x = box.left + (Math.max(span.fromUs, domain.fromUs) - domain.fromUs) * perUs;
      const right = box.left + (Math.min(span.untilUs, domain.toUs) - domain.fromUs) * perUs;
      return { span, x, width: Math.max(0.8, right - x - (right - x > 3 ? 1 : 0)) };
    });
  return (
    <g>
      {named && (
        <text x={0} y={y + 14} className="kl-lane-name kl-strong">
          {fitText(say('lab.coordinator'), box.left - 6, 12, 'bold')}
        </text>
      )}
      {placed.map(({ span, x, width }) => (
        <g key={span.fromUs} className="kl-state" data-tone={toneOf(span.state)} data-state={span.state}>
          <rect x={x} y={y} width={width} height={height} rx={Math.min(4, width / 3)} />
        </g>
      ))}
      {captionsOf(say, placed).map(({ x, text }) => (
        <text key={x} x={x} y={y + 13}>
          {text}
        </text>
      ))}
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

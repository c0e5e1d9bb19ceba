/** A lane a member: every request an arrow between its member's line and the coordinator's, on the same axis of time. Pure. */
import { textWidth } from '../../diagram/measure.ts';
import type { LabRun, LabStep } from '../../protocol/lab.ts';
import type { Domain, LaneBox } from '../time-strip/lane-math.ts';

export interface Arrow {
  readonly step: LabStep;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  /** It never arrived: it ends on its way. */
  readonly lost: boolean;
  /** Where its name stands; null: there is no room. */
  readonly label: { readonly x: number; readonly y: number; readonly text: string } | null;
}

export interface Lines {
  /** The coordinator's line, and each member's by consumer id. */
  readonly coordinatorY: number;
  readonly memberY: ReadonlyMap<string, number>;
  readonly pitch: number;
  readonly height: number;
}

const FIRST = 26;
const MOST_PITCH = 46;
const MOST_HEIGHT = 460;

/** `members` lines below the coordinator's. */
export function linesOf(members: readonly { readonly consumer: string }[]): Lines {
  const count = members.length;
  const pitch = Math.max(3, Math.min(MOST_PITCH, Math.floor(MOST_HEIGHT / Math.max(1, count))));
  const coordinatorY = 12;
  const memberY = new Map(members.map(({ consumer }, i) => [consumer, FIRST + 8 + i * pitch + Math.round(pitch / 2)]));
  return { coordinatorY, memberY, pitch, height: FIRST + 12 + count * pitch };
}

const LABEL_SIZE = 10.5;
/** Names are set where lines stand this far apart. */
const PITCH_FOR_NAMES = 40;
const GAP = 6;

function edges(step: LabStep, lines: Lines, memberY: number): readonly [number, number] {
  return step.what === 'request' ? [memberY, lines.coordinatorY] : [lines.coordinatorY, memberY];
}

/** The arrows in view, in the order of the steps. `nameOf` is what an arrow is called where there is room for it. */
export function arrowsOf(
  run: LabRun,
  steps: readonly LabStep[],
  lines: Lines,
  domain: Domain,
  box: LaneBox,
  nameOf: (step: LabStep) => string,
): Arrow[] {
  const perUs = (box.right - box.left) / (domain.toUs - domain.fromUs);
  const at = (us: number): number => box.left + (us - domain.fromUs) * perUs;
  const busy = new Map<string, number>();
  const arrows: Arrow[] = [];
  for (const step of steps) {
    const memberY = lines.memberY.get(step.consumer);
    const lost = step.arrivedUs < 0;
    const endUs = lost ? Math.min(run.untilUs, step.sentUs + 1000) : step.arrivedUs;
    if (memberY === undefined || endUs < domain.fromUs || step.sentUs > domain.toUs) continue;
    const [y1, whole] = edges(step, lines, memberY);
    const y2 = lost ? y1 + (whole - y1) * 0.4 : whole;
    const x1 = at(step.sentUs);
    const x2 = at(endUs);
    arrows.push({ step, x1, y1, x2, y2, lost, label: labelOf(step, x1, x2, memberY, lines, busy, box, nameOf(step)) });
  }
  return arrows;
}

/** Requests are named above their member's line, answers that say something below it; each only where the one before has ended. */
function labelOf(
  step: LabStep,
  x1: number,
  x2: number,
  memberY: number,
  lines: Lines,
  busy: Map<string, number>,
  box: LaneBox,
  text: string,
): Arrow['label'] {
  if (lines.pitch < PITCH_FOR_NAMES || text === '') return null;
  const x = (step.what === 'request' ? x1 : x2) + 4;
  const lane = `${step.consumer} ${step.what}`;
  const width = textWidth(text, LABEL_SIZE, 'mono');
  if (x < (busy.get(lane) ?? box.left) || x + width > box.right) return null;
  busy.set(lane, x + width + GAP);
  return { x, y: step.what === 'request' ? memberY - 11 : memberY + 19, text };
}

/** The arrow nearest to a point, within `reach` pixels. */
export function arrowAt(arrows: readonly Arrow[], x: number, y: number, reach = 6): Arrow | null {
  let best: Arrow | null = null;
  let least = reach;
  for (const arrow of arrows) {
    const { x1, y1, x2, y2 } = arrow;
    const length = (x2 - x1) ** 2 + (y2 - y1) ** 2;
    const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length));
    const away = Math.hypot(x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1));
    if (away < least) {
      least = away;
      best = arrow;
    }
  }
  return best;
}

/**
 * Auto speed: how fast virtual time should pass on the screen, as a pure function of what is seen. A flight lasts a
 * millisecond, a session nine seconds: no single speed shows both, so time bends by itself (pictures, Auto speed).
 */
import type { FlightView, Frame, LaneMark, LaneName, Phrase, ThingId } from '../protocol/frame.ts';
import type { PaceMode, Speed } from './model.ts';

/** Virtual time by real time while things flow: a flight of 1 to 12 ms takes 50 to 600 ms. */
export const FLOW_RATE = 1 / 50;
/** The slowest that auto goes: half a second of the screen for 5 virtual milliseconds. */
export const SLOW_RATE = 1 / 100;
/** While only timers run: three virtual seconds in a second. */
export const FAST_RATE = 3;
/** What a flight should take on the screen while it is looked at. */
const FLIGHT_ON_SCREEN_US = 600_000;
/** A named event slows time from a little before it (when it is known already) to a little after. */
const NAMED_BEFORE_US = 5_000;
const NAMED_AFTER_US = 8_000;
/** Fast-forward brakes so that what is left takes about this long at any moment: it glides in and does not stop dead. */
const BRAKE_US = 220_000;

export interface Pace {
  /** Virtual by real time. */
  readonly rate: number;
  readonly mode: PaceMode;
  readonly reason: Phrase;
  /** Virtual moment that must not be passed in one grant. */
  readonly untilUs: number | null;
  /** Whether a grant should end early at something worth seeing. */
  readonly watch: boolean;
}

export interface PaceInput {
  readonly frame: Frame;
  readonly marks: readonly LaneMark[];
  readonly selection: ThingId | null;
  readonly speed: Speed;
}

const phrase = (key: string, params: Phrase['params'] = {}): Phrase => ({ key, params });

const REASON: Readonly<Record<Exclude<LaneName, 'requests'>, string>> = {
  elections: 'app.pace.election',
  isr: 'app.pace.isr',
  groups: 'app.pace.group',
  losses: 'app.pace.loss',
  faults: 'app.pace.fault',
};

/** The mark nearest to the moment among those that slow time. Marks are few; the newest stand last. */
function nearMark(marks: readonly LaneMark[], atUs: number): LaneMark | null {
  let best: LaneMark | null = null;
  for (let i = marks.length - 1; i >= 0; i--) {
    const mark = marks[i]!;
    if (mark.lane === 'requests') continue;
    if (mark.atUs > atUs + NAMED_BEFORE_US || mark.atUs < atUs - NAMED_AFTER_US) continue;
    if (best === null || Math.abs(mark.atUs - atUs) < Math.abs(best.atUs - atUs)) best = mark;
  }
  return best;
}

/** `replica:orders-0@2` is touched by what touches its partition between its broker and another. */
export function touches(flight: FlightView, thing: ThingId): boolean {
  if (flight.from === thing || flight.to === thing) return true;
  const [kind, name = ''] = thing.split(/:(.*)/s) as [string, string?];
  if (kind === 'partition') return flight.partitions.includes(name);
  if (kind === 'topic') return flight.partitions.some((partition) => partition.replace(/-\d+$/, '') === name);
  if (kind === 'replica') {
    const [partition = '', broker = ''] = name.split('@');
    const end = `broker:${broker}`;
    return flight.partitions.includes(partition) && (flight.from === end || flight.to === end);
  }
  if (kind === 'link') {
    const [a = '', b = ''] = name.split('>');
    const end = (id: ThingId): string => id.replace(/^[a-z]+:/, '');
    const from = end(flight.from);
    const to = end(flight.to);
    return (from === a && to === b) || (from === b && to === a);
  }
  return false;
}

const ofTools = ({ from, to }: FlightView): boolean => from.startsWith('admin:') || to.startsWith('admin:');

/** As slow as makes the shortest of these flights last long enough to be followed, within the bounds of slow. */
function rateFor(flights: readonly FlightView[]): number {
  let shortest = Infinity;
  for (const { sentUs, arriveUs } of flights) shortest = Math.min(shortest, Math.max(1, arriveUs - sentUs));
  return Math.max(SLOW_RATE, Math.min(FLOW_RATE, shortest / FLIGHT_ON_SCREEN_US));
}

export function pace({ frame, marks, selection, speed }: PaceInput): Pace {
  if (speed !== 'auto') {
    return { rate: speed, mode: 'fixed', reason: phrase('app.pace.fixed'), untilUs: null, watch: false };
  }
  const slow = (rate: number, reason: Phrase): Pace => ({ rate, mode: 'slow', reason, untilUs: null, watch: false });

  const mark = nearMark(marks, frame.atUs);
  if (mark !== null) return slow(SLOW_RATE, phrase(REASON[mark.lane as keyof typeof REASON]));

  const { waiting } = frame;
  if (waiting.kind === 'timer' || waiting.kind === 'stuck') {
    const { untilUs } = waiting;
    const known = untilUs !== null && untilUs > frame.atUs;
    const left = known ? untilUs - frame.atUs : Infinity;
    const rate = Math.max(FLOW_RATE, Math.min(FAST_RATE, left / BRAKE_US));
    const reason = known ? phrase('app.pace.timer', { left }) : phrase('app.pace.stuck');
    return { rate, mode: 'fast', reason, untilUs: known ? untilUs : null, watch: true };
  }

  // The tools have no place on the stage: what they send is not seen, and time need not wait for it.
  const moving = frame.flights.filter((flight) => !flight.stuck && flight.weight !== 'quiet' && !ofTools(flight));
  if (selection !== null) {
    const near = moving.filter((flight) => touches(flight, selection));
    if (near.length > 0) return slow(rateFor(near), phrase('app.pace.selection'));
  }
  const changes = moving.filter((flight) => flight.weight === 'change');
  if (changes.length > 0) return slow(rateFor(changes), phrase('app.pace.change'));
  return { rate: FLOW_RATE, mode: 'flow', reason: phrase('app.pace.flow'), untilUs: null, watch: false };
}

/** Braking is at once, so that nothing is missed; speeding up takes a moment: a factor of about 20 in a third of a second. */
export function approach(now: number, wanted: number, elapsedMs: number): number {
  if (wanted <= now) return wanted;
  return Math.min(wanted, now * Math.exp(elapsedMs / 110));
}

/** The rate as people say it: '1/50', '3'. Rounded to few steps, so that the label stands still while time bends. */
export function rateLabel(rate: number): string {
  if (rate >= 10) return String(Math.round(rate));
  if (rate >= 1) return String(Math.round(rate * 2) / 2);
  const inverse = 1 / rate;
  const step = inverse >= 100 ? 50 : inverse >= 20 ? 10 : inverse >= 5 ? 5 : 1;
  return `1/${Math.max(step, Math.round(inverse / step) * step)}`;
}

/** The fixed speeds, slowest first; 'auto' stands beside them. */
export const SPEEDS: readonly number[] = [
  1 / 1000,
  1 / 500,
  1 / 200,
  1 / 100,
  1 / 50,
  1 / 20,
  1 / 10,
  1 / 5,
  1 / 2,
  1,
  2,
  5,
  10,
  20,
  50,
  100,
];

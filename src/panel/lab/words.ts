/** The lab's lanes in words: for labels, tips and the screen reader. */
import type { LabPartition, LabRun, LabSpan, LabStep } from '../../protocol/lab.ts';
import type { Say } from '../../store/use-app.tsx';
import { hasText } from '../../text/index.ts';
import { kindOf } from './geometry.ts';

/** "3.340 s", as everywhere on the page. */
export const seconds = (us: number, decimals = 3): string => (us / 1e6).toFixed(decimals);

/** Partition-seconds: one decimal, two below one. */
export function partitionSeconds(value: number): string {
  if (value === 0) return '0';
  return value < 0.1 ? value.toFixed(3) : value < 1 ? value.toFixed(2) : value.toFixed(1);
}

/** What happens in a span: "c1 reads it", "nobody reads it: it was given up". */
export function spanWords(say: Say, span: LabSpan): string {
  const kind = kindOf(span);
  const who = span.also === undefined || span.also.length === 0 ? span.owner : [span.owner, ...span.also].join(', ');
  return say(`lab.span.${kind}`, { consumer: who ?? '' });
}

/** A lane from the trigger on, as one sentence. */
export function laneWords(say: Say, run: LabRun, { partition, spans }: LabPartition): string {
  const told = spans
    .filter(({ untilUs }) => untilUs > run.triggerUs)
    .map((span) =>
      say('lab.lane.span', {
        what: spanWords(say, span),
        from: seconds(Math.max(span.fromUs, run.triggerUs)),
        until: seconds(span.untilUs),
      }),
    );
  return `${partition}: ${told.slice(0, 8).join('; ')}`;
}

/** "JoinGroup", "JoinGroup response". */
export function stepName(say: Say, step: LabStep): string {
  return step.what === 'request' ? step.api : say('lab.step.response', { api: step.api });
}

/** In a list: "JoinGroup: MEMBER_ID_REQUIRED" for an answer with an error. */
export function stepLine(say: Say, step: LabStep): string {
  return step.errors.length === 0 ? stepName(say, step) : `${step.api}: ${step.errors.join(', ')}`;
}

/** Beside an arrow: an answer with an error is that error. */
export function stepShort(say: Say, step: LabStep): string {
  return step.errors.length > 0 ? step.errors.join(', ') : stepName(say, step);
}

/** A state by Kafka's name; what the page has own words for is said with them. */
export function stateName(say: Say, state: string): string {
  const key = `lab.state.${state}`;
  return hasText(key) ? say(key) : state;
}

/** Where the lab's cursor stands: at a request of one variant, at a moment of all. Pure. */
import type { LabCoordinatorSpan, LabMember, LabMemberSpan, LabRun, LabStep } from '../protocol/lab.ts';

/** When a step happened, microseconds: its arrival, or its sending where it never arrived. */
export const stepUs = (step: LabStep): number => (step.arrivedUs < 0 ? step.sentUs : step.arrivedUs);

/** The steps that are shown: all of them, or those that are part of the rebalance. */
export function shownSteps(run: LabRun, all: boolean): readonly LabStep[] {
  return all ? run.steps : run.steps.filter((step) => step.matters);
}

/** The place in `steps` of the last one that happened at or before a moment; -1: none yet. */
export function placeAt(steps: readonly LabStep[], atUs: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stepUs(steps[middle] as LabStep) <= atUs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The place in `steps` of a step by its own index; -1: it is not among them. */
export function placeOfIndex(steps: readonly LabStep[], index: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle] as LabStep).index < index) low = middle + 1;
    else high = middle;
  }
  return steps[low]?.index === index ? low : -1;
}

/** The first step from the trigger on: where a look begins; -1: there is none. */
export function firstPlace(steps: readonly LabStep[], triggerUs: number): number {
  const place = placeAt(steps, triggerUs - 1) + 1;
  return place < steps.length ? place : steps.length - 1;
}

/** Spans follow one another without holes; the one that holds a moment. */
export function spanAt<S extends { readonly fromUs: number; readonly untilUs: number }>(
  spans: readonly S[],
  atUs: number,
): S | null {
  for (const span of spans) if (atUs >= span.fromUs && atUs < span.untilUs) return span;
  const last = spans.at(-1);
  return last !== undefined && atUs === last.untilUs ? last : null;
}

export interface MomentOf {
  readonly coordinator: LabCoordinatorSpan | null;
  readonly members: readonly (readonly [member: LabMember, span: LabMemberSpan | null])[];
}

/** What the coordinator and every member are in at a moment. */
export function momentOf(run: LabRun, atUs: number): MomentOf {
  return {
    coordinator: spanAt(run.coordinator, atUs),
    members: run.members.map((member) => [member, spanAt(member.spans, atUs)]),
  };
}

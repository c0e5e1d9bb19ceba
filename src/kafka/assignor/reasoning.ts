/**
 * Why an assignor gave each partition to whom it gave it, as data. Collected during `assign` into the list that the caller hands
 * over (nothing is collected, and nothing costs, without one). The page shows a step by its text key
 * `reason.<assignor>.<kind>` (text area `reasoning`) with the raw numbers as params. Replaying the steps' effects in order
 * gives the assignment (`replaySteps`), so every partition of a result has at least one step.
 */

/** The names assignors have in text keys; the coordinator's own ones start with `server-`, a share group's is `share-simple`. */
export type ReasoningAssignor =
  | 'range'
  | 'roundrobin'
  | 'sticky'
  | 'cooperative-sticky'
  | 'server-uniform'
  | 'server-range'
  | 'share-simple';

export interface ReasoningStep {
  readonly assignor: ReasoningAssignor;
  /** What happened, see the text keys of each assignor; the last part of the step's key. */
  readonly kind: string;
  /**
   * give: `member` now has the partition; take: it no longer has it; move: `from` had it and `member` has it now;
   * note: nothing changes hands (quotas, withheld ones, claims).
   */
  readonly effect: 'give' | 'take' | 'move' | 'note';
  /** Whom it is about; null: the whole group or topic. */
  readonly member: string | null;
  /** With the effect move: who had it. */
  readonly from: string | null;
  readonly topic: string | null;
  /** Index in the topic; null where the step is about no single one. */
  readonly partition: number | null;
  /** Raw params of the sentence: besides these, `member`, `from`, `topic` and `partition` are there for the sentence to use. */
  readonly numbers: Readonly<Record<string, string | number>>;
}

/** `reason.<assignor>.<kind>`. */
export function reasoningKey(step: ReasoningStep): string {
  return `reason.${step.assignor}.${step.kind}`;
}

/** All params of a step's sentence. */
export function reasoningParams(step: ReasoningStep): Record<string, string | number> {
  return {
    ...step.numbers,
    member: step.member ?? '',
    from: step.from ?? '',
    topic: step.topic ?? '',
    partition: step.partition ?? -1,
  };
}

/** The steps that a question about one partition is answered with, in order. */
export function stepsAbout(steps: readonly ReasoningStep[], topic: string, partition: number): ReasoningStep[] {
  return steps.filter((step) => step.topic === topic && (step.partition === partition || step.partition === null));
}

/** Who has what after the first `count` steps: member -> `topic:index` in the order in which they came. */
export function replaySteps(steps: readonly ReasoningStep[], count = steps.length): Map<string, string[]> {
  const held = new Map<string, Set<string>>();
  const of = (member: string) => {
    const known = held.get(member);
    if (known !== undefined) return known;
    const fresh = new Set<string>();
    held.set(member, fresh);
    return fresh;
  };
  for (const { effect, member, from, topic, partition } of steps.slice(0, count)) {
    if (member === null) continue;
    const name = `${topic}:${partition}`;
    if (effect === 'take') of(member).delete(name);
    if (effect === 'move' && from !== null) of(from).delete(name);
    if (effect === 'give' || effect === 'move') of(member).add(name);
  }
  return new Map([...held].map(([member, names]) => [member, [...names]]));
}

/**
 * Why an assignor gave each partition to whom it gave it, as data. Collected during `assign` into the list that the caller hands
 * over (nothing is collected, and nothing costs, without one). The page shows a step by its text key `reason.<family>.<kind>`
 * (text area `reasoning`) with the raw numbers as params. Replaying the steps' effects in order gives the assignment
 * (`replaySteps`), so every partition of a result has at least one step.
 *
 * The coordinator's assignors know topics by Uuid: whoever shows their steps puts the names in first (`withTopicNames`).
 */

export type ReasoningAssignor =
  | 'range'
  | 'roundrobin'
  | 'sticky'
  | 'cooperative-sticky'
  | 'server-uniform'
  | 'server-range'
  | 'share-simple';

/** What can happen under each; the cooperative one says what the sticky one says. */
export const REASONING_KINDS = {
  range: ['quota', 'quota-even', 'run', 'run-one-more', 'own-rack', 'together'],
  roundrobin: ['turn', 'passed-over'],
  sticky: [
    ...['quota', 'quota-even', 'stale-claim', 'claimed-twice', 'kept', 'over-share', 'other-rack', 'own-rack'],
    ...['own-rack-one-more', 'filled', 'one-more', 'still-read', 'unsubscribed', 'least-loaded'],
    ...['least-loaded-own-rack', 'moved', 'moved-back', 'not-better', 'withheld'],
  ],
  'server-uniform': [
    ...['quota', 'quota-even', 'kept', 'over-share', 'unsubscribed', 'filled', 'still-read', 'least-loaded', 'moved'],
  ],
  'server-range': ['run', 'run-one-more'],
  'share-simple': [
    ...['quota', 'quota-topic', 'kept', 'unsubscribed', 'over-share', 'over-sharing', 'not-read', 'given', 'forgotten'],
  ],
} as const satisfies Partial<Record<ReasoningAssignor, readonly string[]>>;

export interface ReasoningStep {
  readonly assignor: ReasoningAssignor;
  /** What happened: one of REASONING_KINDS, the last part of the step's text key. */
  readonly kind: string;
  /**
   * give: `member` now has the partition; take: it no longer has it; move: `from` had it and `member` has it now;
   * note: nothing changes hands (shares, claims that do not hold, what a member must give up).
   */
  readonly effect: 'give' | 'take' | 'move' | 'note';
  /** Whom it is about; null: the whole group or topic. */
  readonly member: string | null;
  /** With the effect move who had it; with the kind withheld who must give it up first. */
  readonly from: string | null;
  readonly topic: string | null;
  /** Index in the topic; null where the step is about no single one. */
  readonly partition: number | null;
  /** Raw params of the sentence, beside member, from, topic and partition. */
  readonly numbers: Readonly<Record<string, string | number>>;
}

/** The step's text key. */
export function reasoningKey({ assignor, kind }: Pick<ReasoningStep, 'assignor' | 'kind'>): string {
  return `reason.${assignor === 'cooperative-sticky' ? 'sticky' : assignor}.${kind}`;
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

/** The steps with topics by name; `nameOf` gives a Uuid's topic. */
export function withTopicNames(steps: readonly ReasoningStep[], nameOf: (uuid: string) => string): ReasoningStep[] {
  return steps.map((step) => (step.topic === null ? step : { ...step, topic: nameOf(step.topic) }));
}

/** The steps that answer a question about one partition, in order: those about it, its topic, or the whole group. */
export function stepsAbout(steps: readonly ReasoningStep[], topic: string, partition: number): ReasoningStep[] {
  return steps.filter(
    (step) =>
      (step.topic === null && step.member === null) ||
      (step.topic === topic && (step.partition === partition || step.partition === null)),
  );
}

/** Who has what after the first `count` steps: member -> `topic:index` in the order in which they came. */
export function replaySteps(steps: readonly ReasoningStep[], count = steps.length): Map<string, string[]> {
  const held = new Map<string, Set<string>>();
  const of = (member: string) => {
    const known = held.get(member) ?? new Set();
    held.set(member, known);
    return known;
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

/** A run of neighbouring partitions as both languages write it: "3", "4–6". */
export function runText(first: number, last: number): string {
  return first === last ? String(first) : `${first}–${last}`;
}

/**
 * What was done, step by step, so that it can be undone and done again. A step keeps the whole list of branches as it stood
 * before (their contents are never changed in place, so this is a few references), hence every kind of change is undone the
 * same way: commands, values, texts, a branch that was named or deleted.
 */
import type { Words } from '../../../protocol/frame.ts';
import type { Branch, BranchContent, Program } from './branch.ts';
import { type Checkpoint, shared } from './checkpoints.ts';

/** More steps than anybody goes back; the oldest is forgotten first. */
const MOST_STEPS = 200;

interface BranchThen {
  readonly branch: Branch;
  readonly content: BranchContent;
  readonly parent: number | null;
  readonly name: string | null;
  readonly note: string;
  readonly furthestUs: number;
  readonly furthestEvents: number;
}

export interface Snapshot {
  readonly current: Branch;
  readonly branches: readonly BranchThen[];
}

interface Step {
  readonly words: Words;
  readonly before: Snapshot;
}

export function snapshotOf(branches: readonly Branch[], current: Branch): Snapshot {
  return {
    current,
    branches: branches.map((branch) => {
      const { content, parent, name, note, furthestUs, furthestEvents } = branch;
      return { branch, content, parent, name, note, furthestUs, furthestEvents };
    }),
  };
}

export class UndoLog {
  #past: Step[] = [];
  #future: Step[] = [];
  /** Branches that only a step still knows: their checkpoints count too. */
  #held: readonly Branch[] = [];

  /** In words, what an undo would undo; null: there is nothing. */
  get undoes(): Words | null {
    return this.#past.at(-1)?.words ?? null;
  }
  get redoes(): Words | null {
    return this.#future.at(-1)?.words ?? null;
  }
  get held(): readonly Branch[] {
    return this.#held;
  }

  /** Something new was done: what had been undone can no longer be done again. */
  did(words: Words, before: Snapshot): void {
    this.#past = [...this.#past.slice(1 - MOST_STEPS), { words, before }];
    this.#future = [];
    this.#hold();
  }

  back(now: Snapshot): Step | null {
    const step = this.#past.pop() ?? null;
    if (step !== null) this.#future.push({ words: step.words, before: now });
    this.#hold();
    return step;
  }

  forth(now: Snapshot): Step | null {
    const step = this.#future.pop() ?? null;
    if (step !== null) this.#past.push({ words: step.words, before: now });
    this.#hold();
    return step;
  }

  #hold(): void {
    const held = new Set<Branch>();
    for (const { before } of [...this.#past, ...this.#future])
      for (const { branch } of before.branches) held.add(branch);
    this.#held = [...held];
  }
}

/**
 * Puts a branch back to how it was. `make` makes its content ready to run: only contents are kept, since a program holds
 * every line of every text. Returns whether the branch plays another history now.
 */
export function putBack(then: BranchThen, make: (content: BranchContent) => Program): boolean {
  const { branch, content, parent, name, note, furthestUs, furthestEvents } = then;
  Object.assign(branch, { parent, name, note });
  if (branch.content === content) return false;
  const program = make(content);
  const checkpoints = stillTrue(branch, content, program);
  Object.assign(branch, { content, program, checkpoints, furthestUs, furthestEvents });
  return true;
}

/** Checkpoints before the first command that differs; none where values or texts from the start differ. */
function stillTrue(branch: Branch, content: BranchContent, program: Program): Checkpoint[] {
  const { base, edits, workloads } = branch.content;
  if (base !== content.base || edits !== content.edits || workloads !== content.workloads) return [];
  return shared(branch.checkpoints, branch.program, program, Number.POSITIVE_INFINITY);
}

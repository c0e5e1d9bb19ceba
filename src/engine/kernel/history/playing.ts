/**
 * A scenario that is played, without what the learner changes of it: the branch as opened, and the one playhead. What
 * changes things (history.ts) comes with the learner's first touch and goes on from here.
 */
import type { ThingId, Words } from '../../../protocol/frame.ts';
import type { Scenario } from '../../../protocol/scenario.ts';
import type { World } from '../world.ts';
import type { Branch, BranchContent, EngineParts, ProblemLike, Program } from './branch.ts';
import { type Checkpoint, trim } from './checkpoints.ts';
import { type Move, type MoveStop, Playhead } from './playhead.ts';
import { contentOf, programOf } from './program.ts';

/** What an undo would undo and a redo would do again, in words. */
export interface Edits {
  readonly undo: Words | null;
  readonly redo: Words | null;
}

/** Everything that a history is, but for what can be undone. */
export interface Played {
  readonly parts: EngineParts;
  readonly branches: readonly Branch[];
  readonly head: Playhead;
  readonly nextBranch: number;
  readonly revision: number;
}

export class Playing {
  protected readonly parts: EngineParts;
  protected branchList: Branch[] = [];
  protected head: Playhead;
  /** Numbers are not given twice: the page knows branches by them. */
  protected nextBranch = 0;
  protected revisions = 0;

  protected constructor(
    parts: EngineParts,
    from: Played | { readonly content: BranchContent; readonly program: Program },
  ) {
    this.parts = parts;
    if ('head' in from) {
      this.branchList = [...from.branches];
      this.head = from.head;
      this.nextBranch = from.nextBranch;
      this.revisions = from.revision;
      return;
    }
    const words: Words = { title: { key: 'branch.first', params: {} }, what: null };
    const first = this.makeBranch(null, 0, words, from.content, from.program);
    this.head = new Playhead(parts, first, null);
  }

  /** A scenario with its commands, those of `off` switched off; or what is wrong with it. */
  static play(
    parts: EngineParts,
    scenario: Scenario,
    off: readonly number[] = [],
  ): Playing | { problems: readonly ProblemLike[] } {
    const content = contentOf(scenario, off);
    const program = programOf(parts, content);
    return 'problems' in program ? program : new Playing(parts, { content, program });
  }

  get played(): Played {
    const { parts, branchList: branches, head, nextBranch, revisions: revision } = this;
    return { parts, branches, head, nextBranch, revision };
  }
  get world(): World {
    return this.head.world;
  }
  get branch(): Branch {
    return this.head.branch;
  }
  get branches(): readonly Branch[] {
    return this.branchList;
  }
  /** Grows whenever the list of branches, or what one of them is called, changes. */
  get revision(): number {
    return this.revisions;
  }
  get edits(): Edits {
    return { undo: null, redo: null };
  }
  /** Branches that only an undo still knows. */
  protected get held(): readonly Branch[] {
    return [];
  }
  /** The present branch as a scenario file; without `expect`, which belongs to the file as it was. */
  scenario(): Scenario {
    const { expect: _, ...rest } = this.branch.program.scenario;
    return this.branch.id === 0 && this.branch.content.entries.every((e) => e.origin === 'file' && !e.off)
      ? this.branch.program.scenario
      : rest;
  }

  *advance(toUs: number, watch: boolean, selection: ThingId | null): Move<MoveStop> {
    const stop = yield* this.head.advance(Math.min(toUs, this.world.scenario.untilUs), watch, selection);
    this.trimmed();
    return stop;
  }

  *seek(atUs: number): Move<void> {
    yield* this.head.seek(Math.max(0, Math.min(atUs, this.world.scenario.untilUs)));
    this.trimmed();
  }

  protected trimmed(): void {
    trim([...new Set([...this.branchList, ...this.held])], this.branch);
  }

  protected makeBranch(
    parent: number | null,
    forkUs: number,
    { title, what }: Words,
    content: BranchContent,
    program: Program,
    checkpoints: Checkpoint[] = [],
  ): Branch {
    const branch: Branch = {
      id: this.nextBranch,
      parent,
      forkUs,
      title,
      what,
      name: null,
      note: '',
      content,
      program,
      checkpoints,
      furthestUs: 0,
      furthestEvents: 0,
    };
    this.nextBranch += 1;
    this.revisions += 1;
    this.branchList = [...this.branchList, branch];
    return branch;
  }
}

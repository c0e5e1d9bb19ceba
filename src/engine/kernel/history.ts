/**
 * History is the truth: a scenario, values set from the start, and commands with their moments. Everything else (worlds,
 * checkpoints) is made from it. This class holds the branches and the one playhead, and every change of the learner goes
 * through it: checked as a whole before anything changes, refused as a value.
 */
import { exceptionOf } from '../../kafka/config/validate.ts';
import type { ConfigEdit, StepCommand, WorkloadRecords } from '../../protocol/engine-client.ts';
import type { ThingId, Words } from '../../protocol/frame.ts';
import type { Scenario } from '../../protocol/scenario.ts';
import { historyHash } from './hash.ts';
import {
  type Branch,
  type BranchContent,
  type EngineParts,
  type Entry,
  FIRST_LEARNER_ID,
  type ProblemLike,
  type Program,
  type Refused,
  refusal,
} from './history/branch.ts';
import { shared } from './history/checkpoints.ts';
import { checkEdits, editsAsCommands, exceptionFor, textAsCommands, valueBefore } from './history/edits.ts';
import { type Move, type MoveStop, Playhead } from './history/playhead.ts';
import { type Edits, Playing } from './history/playing.ts';
import { programOf } from './history/program.ts';
import { commandEditTitle, commandTitle, editsTitle, phraseOf, workloadTitle } from './history/titles.ts';
import { putBack, type Snapshot, snapshotOf, UndoLog } from './history/undo.ts';
import { requestMoved, type Test, touchTest } from './history/watch.ts';
import type { World } from './world.ts';

export type { Branch, EngineParts, Entry, Refused } from './history/branch.ts';
export type { Move, MoveStop, Progress } from './history/playhead.ts';
export type { Edits } from './history/playing.ts';

/** What a change did: nothing (refused), went on in the present branch, or began another one. */
export type Change = Refused | { readonly from: number; readonly to: number; readonly atUs: number };

/** What was undone or done again; null: there was nothing. */
export type Undone = Words | null;

/** How far ahead a skip looks for a decision. */
const SKIP_US = 60_000_000;

export type Stride = 'event' | 'request' | 'next';
export type CommandEdit = 'off' | 'on' | 'delete' | { readonly moveToUs: number };

const MOST_NAME = 80;
const MOST_NOTE = 2_000;

export class History extends Playing {
  readonly #undo = new UndoLog();
  #nextId = FIRST_LEARNER_ID;

  static open(
    parts: EngineParts,
    scenario: Scenario,
    off: readonly number[] = [],
  ): History | { problems: readonly ProblemLike[] } {
    const playing = Playing.play(parts, scenario, off);
    return 'problems' in playing ? playing : History.of(playing);
  }

  /** Goes on from what was played so far; the playhead is the same one. */
  static of(playing: Playing): History {
    return playing instanceof History ? playing : new History(playing.played.parts, playing.played);
  }

  override get edits(): Edits {
    return { undo: this.#undo.undoes, redo: this.#undo.redoes };
  }
  protected override get held(): readonly Branch[] {
    return this.#undo.held;
  }
  hash(): string {
    return historyHash(this.world);
  }
  // --- moving ---------------------------------------------------------------------------------------------------------

  *step(direction: 1 | -1, by: Stride, of: ThingId | null): Move<MoveStop> {
    const test: Test = by === 'request' ? requestMoved : by === 'next' && of !== null ? touchTest(of) : () => true;
    if (direction > 0) return yield* this.head.forward(test);
    yield* this.head.back(test);
    return 'granted';
  }

  /**
   * On to the next decision: an election, a change of the in-sync set, a truncation, a loss, a return. Where none comes
   * within a minute nobody waits for one: the playhead stays where it was.
   */
  *skip(): Move<MoveStop> {
    const here = this.head.mark();
    const stop = yield* this.head.forward((w) => w.interest === 'decision', this.world.nowUs + SKIP_US);
    if (stop === 'decision') return stop;
    this.head.restore(this.branch, here);
    return 'no-decision';
  }

  /** The world of any branch at a moment, without moving the playhead. */
  *worldAt(branchId: number, atUs: number): Move<World | null> {
    const branch = this.branchList.find((b) => b.id === branchId);
    if (branch === undefined) return null;
    if (branch === this.branch && this.world.nowUs === atUs) return this.world;
    const head = new Playhead(this.parts, branch, branch.checkpoints[0] ?? null);
    yield* head.seek(Math.max(0, Math.min(atUs, branch.program.resolved.untilUs)));
    return head.world;
  }

  *switchTo(branchId: number): Move<boolean> {
    const branch = this.branchList.find((b) => b.id === branchId);
    if (branch === undefined) return false;
    if (branch === this.branch) return true;
    const atUs = this.world.nowUs;
    this.head.restore(branch, branch.checkpoints[0] ?? null);
    yield* this.head.seek(atUs);
    return true;
  }

  // --- changing -------------------------------------------------------------------------------------------------------

  /** Does commands at this moment. Where the branch was already played beyond it, another branch begins here. */
  commands(commands: readonly StepCommand[], words = commandWords(commands)): Change {
    const from = this.branch;
    const then = this.#snapshot();
    const atUs = this.head.commandUs;
    if (atUs > this.world.scenario.untilUs) return refusal('The scenario has ended.');
    const entries = commands.map(
      (command, i): Entry => ({ id: this.#nextId + i, atUs, command, off: false, origin: 'you' }),
    );
    const content: BranchContent = { ...from.content, entries: [...from.content.entries, ...entries] };
    const program = programOf(this.parts, content);
    if ('problems' in program)
      return { ...refusalOf(program.problems, 'steps'), kafkaException: exceptionFor(commands) };
    const before = this.head.mark();
    const played = before.events < from.furthestEvents;
    const into = played
      ? this.makeBranch(
          from.id,
          atUs,
          branchWords(commands, words),
          content,
          program,
          shared(from.checkpoints, from.program, program, atUs),
        )
      : from;
    const old = { content: from.content, program: from.program };
    if (played) this.head.restore(into, before);
    else Object.assign(from, { content, program });
    this.head.adopt();
    const refused = this.#apply(program, entries);
    if (refused !== null) {
      if (played) this.branchList = this.branchList.filter((branch) => branch !== into);
      else Object.assign(from, old);
      from.checkpoints = from.checkpoints.filter((c) => c.events <= before.events);
      this.head.restore(from, before);
      return refused;
    }
    this.#nextId += entries.length;
    this.#did(words, then);
    return { from: from.id, to: into.id, atUs: this.world.nowUs };
  }

  /** Runs until the new commands have been done; what the engine refuses of them, or null. */
  #apply(program: Program, entries: readonly Entry[]): Refused | null {
    const ids = entries.map((entry) => program.entryIds.indexOf(entry.id));
    const refusals = this.world.refusals.length;
    const until = Math.max(...ids.map((id) => program.commands.findIndex((c) => c.id === id))) + 1;
    const move = this.head.forward((w) => w.commandsRun >= until);
    while (this.world.commandsRun < until && move.next().done !== true);
    const refused = this.world.refusals.slice(refusals).find((r) => ids.includes(r.id));
    return refused === undefined ? null : refusal(refused.message);
  }

  /** Sets values: from the start, in a branch that keeps all commands and comes back to this moment; or from now on. */
  *configure(edits: readonly ConfigEdit[], from: 'start' | 'now'): Move<Change> {
    const refused = checkEdits(this.branch.program.scenario, edits);
    if (refused !== null) return refused;
    const old = this.branch;
    const title = editsTitle(edits, (edit) => valueBefore(old.program.scenario, edit));
    if (from === 'now') return this.commands(editsAsCommands(edits), { title, what: null });
    const content = { ...old.content, edits: [...old.content.edits, ...edits] };
    return yield* this.#rewrite(content, 0, { title, what: null }, edits[0] ?? null);
  }

  /** Other records for a producer: from the start its workload's values; from now on as records sent at once. */
  *workload(producer: string, text: string | WorkloadRecords, from: 'start' | 'now'): Move<Change> {
    const known = this.branch.program.scenario.producers?.find((p) => p.id === producer);
    if (known === undefined) return refusal(`There is no producer ${producer} here.`);
    if (known.workload === undefined) return refusal(`${producer} has no workload whose records could be others.`);
    if (from === 'now') {
      const commands = textAsCommands(producer, known.workload.topic, text);
      return 'refused' in commands ? commands : this.commands(commands, { title: workloadTitle(), what: null });
    }
    const { content } = this.branch;
    const workloads = [...content.workloads.filter((x) => x.producer !== producer), { producer, text }];
    return yield* this.#rewrite({ ...content, workloads }, 0, { title: workloadTitle(), what: null }, null);
  }

  *editCommand(id: number, edit: CommandEdit): Move<Change> {
    const { content } = this.branch;
    const entry = content.entries.find((e) => e.id === id);
    if (entry === undefined) return refusal(`There is no command ${id} in this branch.`);
    const changed = editEntry(entry, edit);
    if (changed !== null && changed.atUs > this.world.scenario.untilUs)
      return refusal('That is after the end of the scenario.');
    const entries = content.entries.flatMap((e) => (e === entry ? (changed === null ? [] : [changed]) : [e]));
    const affectedUs = Math.min(entry.atUs, changed?.atUs ?? entry.atUs);
    const words = { title: commandEditTitle(edit, entry.command), what: phraseOf(entry.command) };
    return yield* this.#rewrite({ ...content, entries }, affectedUs, words, null);
  }

  /** Names a branch or puts a note to it; an empty name gives its own title back. */
  renameBranch(id: number, name: string, note: string): Refused | null {
    const branch = this.branchList.find((b) => b.id === id);
    if (branch === undefined) return refusal(`There is no branch ${id}.`);
    const then = this.#snapshot();
    const kept = { name: name.trim() === '' ? null : name.trim().slice(0, MOST_NAME), note: note.slice(0, MOST_NOTE) };
    if (kept.name === branch.name && kept.note === branch.note) return null;
    Object.assign(branch, kept);
    this.#did({ title: { key: 'branch.renamed', params: { name: kept.name ?? '' } }, what: null }, then);
    return null;
  }

  /** Takes a branch away. What came from it then comes from where it came from; on it one goes there too. */
  *deleteBranch(id: number): Move<Refused | null> {
    const branch = this.branchList.find((b) => b.id === id);
    if (branch === undefined) return refusal(`There is no branch ${id}.`);
    if (this.branchList.length === 1) return refusal('This is the only branch.');
    const then = this.#snapshot();
    const left = this.branchList.filter((b) => b !== branch);
    const next = left.find((b) => b.id === branch.parent) ?? (left[0] as Branch);
    if (branch === this.branch) yield* this.switchTo(next.id);
    for (const b of left) if (b.parent === id) b.parent = branch.parent;
    this.branchList = left;
    this.#did(goneWords(branch), then);
    return null;
  }

  /** One step back in what was done; the moment on the screen stays, as far as the scenario reaches. */
  *undo(): Move<Undone> {
    return yield* this.#turn(this.#undo.back(this.#snapshot()));
  }

  *redo(): Move<Undone> {
    return yield* this.#turn(this.#undo.forth(this.#snapshot()));
  }

  *#turn(step: { readonly words: Words; readonly before: Snapshot } | null): Move<Undone> {
    if (step === null) return null;
    const { branches, current } = step.before;
    const atUs = this.world.nowUs;
    const make = (content: BranchContent): Program => {
      const program = programOf(this.parts, content);
      if ('problems' in program) throw new Error(`What was right before is refused: ${program.problems[0]?.message}`);
      return program;
    };
    const before = this.branch;
    let isOther = current !== before;
    for (const then of branches) {
      const replayed = putBack(then, make);
      if (replayed && then.branch === current) isOther = true;
    }
    this.branchList = branches.map(({ branch }) => branch);
    this.revisions += 1;
    if (isOther) {
      this.head.restore(current, current.checkpoints[0] ?? null);
      yield* this.head.seek(Math.min(atUs, current.program.resolved.untilUs));
    }
    this.trimmed();
    return step.words;
  }

  #snapshot(): Snapshot {
    return snapshotOf(this.branchList, this.branch);
  }

  #did(words: Words, before: Snapshot): void {
    this.#undo.did(words, before);
    this.revisions += 1;
  }

  /** Another content, played again to this moment: a branch, unless nothing was played that it changes. */
  *#rewrite(content: BranchContent, affectedUs: number, words: Words, edit: ConfigEdit | null): Move<Change> {
    const from = this.branch;
    const then = this.#snapshot();
    const program = programOf(this.parts, content);
    if ('problems' in program) return refusalOf(program.problems, edit === null ? '' : edit.key, edit);
    const atUs = this.world.nowUs;
    const kept = shared(from.checkpoints, from.program, program, affectedUs);
    const isPlayed = affectedUs <= from.furthestUs && from.furthestUs > 0;
    let into = from;
    if (isPlayed) {
      into = this.makeBranch(from.id, affectedUs, words, content, program, kept);
    } else {
      Object.assign(from, { content, program });
      from.checkpoints = kept;
    }
    this.head.restore(into, kept[0] ?? null);
    yield* this.head.seek(Math.min(atUs, program.resolved.untilUs));
    this.#did(words, then);
    return { from: from.id, to: into.id, atUs };
  }
}

const commandWords = (commands: readonly StepCommand[]): Words => ({
  title: phraseOf(commands[0] as StepCommand),
  what: null,
});

/** A branch that a command made says so; one that values or a text made is called by these. */
function branchWords(commands: readonly StepCommand[], words: Words): Words {
  const [only] = commands;
  if (commands.length !== 1 || only === undefined || only.do === 'config.set') return words;
  return { title: commandTitle(only), what: words.title };
}

function goneWords({ title, what, name }: Branch): Words {
  if (name !== null) return { title: { key: 'branch.gone', params: { command: name } }, what: null };
  return { title: { key: 'branch.gone', params: {} }, what: what ?? title };
}

function editEntry(entry: Entry, edit: CommandEdit): Entry | null {
  if (edit === 'delete') return null;
  if (edit === 'off' || edit === 'on') return { ...entry, off: edit === 'off' };
  return { ...entry, atUs: Math.max(0, Math.round(edit.moveToUs)) };
}

/** The problem that belongs to what was changed, or the first: the content before it had none. */
function refusalOf(problems: readonly ProblemLike[], near: string, edit: ConfigEdit | null = null): Refused {
  const problem = problems.find((p) => near !== '' && p.place.includes(near)) ?? problems[0];
  return refusal(problem?.message ?? 'refused', edit === null ? null : exceptionOf(edit.scope), edit);
}

/** What the learner does to a history, step by step for the host: commands, values, texts, branches, undo, steps, skips. */
import type { Change, History, Move, MoveStop, Refused } from '../engine/kernel/history.ts';
import type { EngineMessage, EngineRequest, StopReason } from '../protocol/engine-client.ts';

/** What the host lends for it. */
export interface ChangeHost {
  emit(message: EngineMessage): void;
  /** The picture is another one now: nothing moves over from the one before. */
  jump(): void;
  flush(jumped: boolean): void;
  frame(stopped: StopReason): void;
}

export type ChangeRequest = Exclude<EngineRequest, { type: 'open' | 'view' | 'grant' | 'seek' }>;

export function* carryOut(host: ChangeHost, history: History, request: ChangeRequest): Generator<unknown, void, void> {
  switch (request.type) {
    case 'skip':
      return yield* skip(host, history);
    case 'step': {
      const move = history.step(request.direction, request.by, request.of);
      return yield* request.direction > 0 ? play(host, move) : jumpTo(host, move);
    }
    case 'branch':
      return yield* jumpTo(host, history.switchTo(request.id));
    case 'branch-edit':
      return yield* editBranch(host, history, request.id, request.edit);
    case 'undo':
    case 'redo':
      return yield* undo(host, history, request.type);
    case 'command':
      return changed(host, history.commands([request.command]));
    case 'configure':
      return changed(host, yield* history.configure(request.edits, request.from));
    case 'workload':
      return changed(host, yield* history.workload(request.producer, request.text, request.from));
    case 'command-edit':
      return changed(host, yield* history.editCommand(request.id, request.edit));
  }
}

function* play(host: ChangeHost, move: Move<MoveStop>): Generator<unknown, void, void> {
  host.frame(yield* move);
}

function* skip(host: ChangeHost, history: History): Generator<unknown, void, void> {
  const stop = yield* history.skip();
  // It looked ahead and came back.
  if (stop === 'no-decision') host.jump();
  host.flush(stop === 'no-decision');
  host.frame(stop);
}

function* jumpTo(host: ChangeHost, move: Move<unknown>): Generator<unknown, void, void> {
  yield* move;
  host.jump();
  host.flush(true);
  host.frame('granted');
}

function* undo(host: ChangeHost, history: History, by: 'undo' | 'redo'): Generator<unknown, void, void> {
  const words = yield* by === 'undo' ? history.undo() : history.redo();
  if (words !== null) {
    host.jump();
    host.flush(true);
    host.emit({ type: 'undone', by, words });
  }
  host.frame('granted');
}

function* editBranch(
  host: ChangeHost,
  history: History,
  id: number,
  edit: 'delete' | { readonly name: string; readonly note: string },
): Generator<unknown, void, void> {
  const from = history.branch.id;
  const refused = edit === 'delete' ? yield* history.deleteBranch(id) : history.renameBranch(id, edit.name, edit.note);
  if (refused !== null) {
    refuse(host, refused);
    return;
  }
  if (history.branch.id !== from) host.jump();
  host.flush(true);
  host.frame('granted');
}

function changed(host: ChangeHost, change: Change): void {
  if ('refused' in change) {
    refuse(host, change);
    return;
  }
  if (change.from !== change.to) {
    host.jump();
    host.emit({ type: 'branched', from: change.from, to: change.to, atUs: change.atUs });
  }
  host.flush(true);
  host.frame('granted');
}

function refuse(host: ChangeHost, { refused, kafkaException, edit }: Refused): void {
  host.emit({ type: 'refused', message: refused, kafkaException, edit });
}

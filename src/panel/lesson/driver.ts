/**
 * Plays a lesson over the store: gives it the engine's frames, does what it asks for, one thing after the other, and keeps
 * where it stands in the store's lesson slot. It knows no lesson.
 */

import type { Scenario } from '../../protocol/scenario.ts';
import type { LessonAction, LessonData, LessonOutcome, LessonRun, LessonWorld } from '../../scenario/lesson-view.ts';
import type { AppState, AppStore } from '../../store/app-store.ts';

/** What the driver itself keeps in the slot, beside the lesson's own memory. */
interface Kept {
  readonly title: string;
  readonly scenario: Scenario;
  readonly atUs: number;
}

const CHECKOUT = 'checkout';

export function worldOf(state: AppState): LessonWorld | null {
  const { frame, info, timeline, language } = state;
  if (frame === null || info === null) return null;
  return {
    title: info.title,
    language,
    frame,
    lines: timeline.lines,
    commands: timeline.commands,
    branches: timeline.branches,
  };
}

export function keptOf(data: LessonData): Kept | null {
  const kept = data.kept as Kept | undefined;
  return kept === undefined ? null : kept;
}

/** Whether the page shows another cluster than the lesson's: another scenario was opened meanwhile. */
export function isAstray(state: AppState): boolean {
  if (state.lesson === null || state.info === null) return false;
  const kept = keptOf(state.lesson.data);
  return kept !== null && kept.title !== state.info.title;
}

type Errand = LessonAction | { readonly do: 'keep' };

const isIdle = (state: AppState): boolean => state.pending === 0 && state.progress === null;

export class LessonDriver {
  readonly lesson: LessonRun;
  private readonly store: AppStore;
  private readonly queue: Errand[] = [];
  private entering: number | null = null;
  private running = false;
  private stopped = false;
  private readonly watchers = new Set<() => void>();
  private unsubscribe: (() => void) | null = null;
  /** Rises when the lesson is begun anew: answers to older questions are dropped. */
  private generation = 0;

  constructor(store: AppStore, lesson: LessonRun) {
    this.store = store;
    this.lesson = lesson;
  }

  start(): void {
    this.stopped = false;
    this.unsubscribe = this.store.subscribe((state, before) => {
      if (state.frame !== before.frame || state.pending !== before.pending || state.lesson !== before.lesson)
        this.look();
    });
    this.look();
  }

  stop(): void {
    this.stopped = true;
    this.unsubscribe?.();
    this.unsubscribe = null;
  }

  press(input: readonly string[]): void {
    this.tell((world, step, data) => this.lesson.press(step, world, data, input));
  }

  choose(option: string): void {
    this.tell((world, step, data) => this.lesson.choose(step, option, world, data));
  }

  quiet(id: string): void {
    this.tell((world, step, data) => this.lesson.quiet(step, id, world, data));
  }

  /** Back to an earlier step. */
  back(): void {
    const { slot } = this;
    if (slot !== null) this.goTo(this.lesson.before(slot.step));
  }

  /** Enters a step; 0 forgets all that was before. */
  goTo(step: number): void {
    const slot = this.store.getState().lesson;
    this.generation += 1;
    this.queue.length = 0;
    this.apply({ step, data: step === 0 ? { kept: undefined } : {} }, step === 0 ? {} : (slot?.data ?? {}));
  }

  /** Back to the cluster that the lesson left, as it was then. */
  takeUp(): void {
    const slot = this.store.getState().lesson;
    const kept = slot === null ? null : keptOf(slot.data);
    if (kept === null) this.goTo(0);
    else this.apply({ actions: [{ do: 'reopen', scenario: kept.scenario, atUs: kept.atUs }] });
  }

  private get slot(): { step: number; data: LessonData } | null {
    const { lesson } = this.store.getState();
    return lesson?.id === this.lesson.id ? lesson : null;
  }

  private tell(say: (world: LessonWorld, step: number, data: LessonData) => LessonOutcome): void {
    const world = worldOf(this.store.getState());
    const { slot } = this;
    if (world !== null && slot !== null) this.apply(say(world, slot.step, slot.data));
  }

  /** The engine has moved: is the step over? */
  private look(): void {
    if (this.stopped || this.running) return;
    const state = this.store.getState();
    const world = worldOf(state);
    if (world === null || state.progress !== null) return;
    const { slot } = this;
    if (slot === null) {
      // Shown, not entered: what a link or a file has put on the stage stays there.
      if (state.lesson === null) state.actions.setLesson({ id: this.lesson.id, step: 0, data: {} });
      return;
    }
    if (isAstray(state)) return;
    const outcome = this.lesson.observe(slot.step, world, slot.data);
    if (outcome !== null) this.apply(outcome);
  }

  private apply(outcome: LessonOutcome, before: LessonData = this.slot?.data ?? {}): void {
    const step = outcome.step ?? this.slot?.step ?? 0;
    const data = { ...before, ...outcome.data };
    this.store.getState().actions.setLesson({ id: this.lesson.id, step, data });
    this.queue.push(...(outcome.actions ?? []));
    // Entering comes after what led here has been done, so that the step finds the cluster it expects.
    if (outcome.step !== undefined) this.entering = step;
    void this.run();
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.setRunning(true);
    try {
      for (;;) {
        const action = this.queue.shift();
        if (action !== undefined) {
          await this.perform(action);
          continue;
        }
        if (this.entering === null) break;
        const step = this.entering;
        this.entering = null;
        await this.idle();
        const world = worldOf(this.store.getState());
        const { slot } = this;
        if (world === null || slot === null) break;
        const outcome = this.lesson.enter(step, world, slot.data);
        this.store.getState().actions.setLesson({
          id: this.lesson.id,
          step,
          data: { ...slot.data, ...outcome.data },
        });
        this.queue.push(...(outcome.actions ?? []), { do: 'keep' });
      }
    } catch {
      // The engine went away while it was asked (a crash, a closed page): its own report says so.
      this.queue.length = 0;
      this.entering = null;
    } finally {
      this.setRunning(false);
    }
    this.look();
  }

  private async perform(action: Errand): Promise<void> {
    const { actions } = this.store.getState();
    switch (action.do) {
      case 'open': {
        const { language } = this.store.getState();
        const { loadScenario, withValues } = await import('../../scenario/index.ts');
        const whole = await loadScenario(action.scenario, language);
        const cut = action.steps === undefined ? whole : { ...whole, steps: whole.steps?.slice(0, action.steps) ?? [] };
        const own = action.words == null ? cut : withValues(cut, CHECKOUT, action.words);
        return this.open(own, action.atUs);
      }
      case 'reopen':
        return this.open(action.scenario, action.atUs);
      case 'command':
        return actions.command(action.command);
      case 'configure': {
        const { branched } = this.store.getState();
        actions.configure(action.edits, action.from);
        if (action.from === 'start') await this.until((state) => state.branched !== branched || state.refusal !== null);
        return this.idle();
      }
      case 'workload': {
        const { branched } = this.store.getState();
        actions.workload(action.producer, action.text, 'start');
        await this.until((state) => state.branched !== branched || state.refusal !== null);
        return this.idle();
      }
      case 'delete-command':
        actions.editCommand(action.id, 'delete');
        return this.idle();
      case 'seek':
        actions.seek(action.atUs);
        return this.idle();
      case 'skip':
        return actions.skip();
      case 'play':
        return actions.play();
      case 'pause':
        actions.pause();
        return this.idle();
      case 'select':
        return actions.select(action.thing);
      case 'emphasis':
        return actions.setEmphasis(action.things);
      case 'story':
        return actions.openDialog({ kind: 'story', id: action.id });
      case 'changed':
        return actions.openDialog({ kind: 'changed', from: action.from, to: action.to, atUs: action.atUs });
      case 'labs':
        return actions.openDialog({ kind: 'open' });
      case 'fold':
        actions.foldLesson(true);
        return actions.setSheet(null);
      case 'keep':
        return this.keep();
      case 'ask':
        return this.ask(action);
    }
  }

  private async open(scenario: Scenario, atUs: number): Promise<void> {
    const { actions, info, frame } = this.store.getState();
    actions.open(scenario, { atUs });
    // Frames of the world before may still come in; the new one has its own facts or another jump.
    await this.until((state) => state.info !== info || state.frame?.jump !== frame?.jump || state.openFailure !== null);
    return this.idle();
  }

  private async ask(action: Extract<LessonAction, { do: 'ask' }>): Promise<void> {
    await this.idle();
    const world = worldOf(this.store.getState());
    if (world === null) return;
    const { generation } = this;
    const answer = await this.store.getState().actions.ask(action.question(world));
    const after = worldOf(this.store.getState());
    const { slot } = this;
    if (generation !== this.generation || after === null || slot === null) return;
    const outcome = this.lesson.answered(slot.step, action.as, answer, after, slot.data);
    this.store.getState().actions.setLesson({
      id: this.lesson.id,
      step: outcome.step ?? slot.step,
      data: { ...slot.data, ...outcome.data },
    });
    if (outcome.step !== undefined) this.entering = outcome.step;
    this.queue.unshift(...(outcome.actions ?? []));
  }

  /** The cluster as it is now, with the learner's changes, to come back to. */
  async keep(): Promise<void> {
    const { actions, frame } = this.store.getState();
    const { generation } = this;
    try {
      const scenario = await actions.ask({ ask: 'scenario' });
      const { slot } = this;
      if (generation !== this.generation || slot === null) return;
      const kept: Kept = {
        title: this.store.getState().info?.title ?? scenario.title ?? '',
        scenario,
        atUs: frame?.atUs ?? 0,
      };
      actions.setLesson({ id: this.lesson.id, step: slot.step, data: { ...slot.data, kept } });
    } catch {
      // Without it the lesson goes on; only taking it up from elsewhere begins at its start.
    }
  }

  /** True while the lesson's own errands are done. */
  readonly isBusy = (): boolean => this.running;

  readonly watchBusy = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  private setRunning(running: boolean): void {
    this.running = running;
    for (const watcher of this.watchers) watcher();
  }

  /** Until the engine has answered all that was asked of it; while it plays there is always a next frame to wait for. */
  private idle(): Promise<void> {
    return this.until((state) => isIdle(state) || state.player.playing);
  }

  /** A crash or a closed panel ends every wait. */
  private until(holds: (state: AppState) => boolean): Promise<void> {
    const over = (state: AppState): boolean => this.stopped || state.crash !== null || holds(state);
    if (over(this.store.getState())) return Promise.resolve();
    return new Promise((resolve) => {
      const end = this.store.subscribe((state) => {
        if (!over(state)) return;
        end();
        resolve();
      });
    });
  }
}

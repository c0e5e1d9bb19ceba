/** Runs a world under the eyes of the invariants: the cheap ones often, the dear ones seldom. */

import { INVARIANTS, type Invariant } from '../../engine/invariant/index.ts';
import { readRepeats } from '../../engine/invariant/reads-repeat.ts';
import { freshSeen, look, type Seen } from '../../engine/invariant/seen.ts';
import { EventKind } from '../../engine/kernel/event.ts';
import { step } from '../../engine/kernel/run.ts';
import type { NodeState, TimedCommand, World } from '../../engine/kernel/world.ts';
import type { FetchResponse } from '../../kafka/api/messages.ts';

export interface Failure {
  readonly invariant: string;
  readonly message: string;
  readonly atUs: number;
}

const FETCH = 1;
const OFTEN = 20;
const SOMETIMES = 200;
const SELDOM = 5000;

export class Watch {
  readonly world: World;
  readonly commands: TimedCommand[];
  readonly #seen: Seen = freshSeen();
  #commandsSeen = 0;

  constructor(world: World, commands: TimedCommand[]) {
    this.world = world;
    this.commands = commands;
  }

  /** Goes on until `toUs`, `events` in all, or the first broken rule. */
  run(toUs: number, events: number): Failure | null {
    const w = this.world;
    try {
      while (w.eventCount < events) {
        const answer = consumersAnswer(w);
        const before = w.eventCount;
        if (!step(w, this.commands, toUs)) break;
        if (answer !== null) {
          look(w, this.#seen);
          const wrong = readRepeats(w, this.#seen, answer);
          if (wrong !== null) return this.#failure('reads-repeat', wrong);
        }
        const commanded = w.commandsRun > this.#commandsSeen;
        this.#commandsSeen = w.commandsRun;
        const failure = this.#look(before, w.eventCount, commanded);
        if (failure !== null) return failure;
      }
      return null;
    } catch (error) {
      return this.#failure('engine-error', error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
  }

  /** Every rule over everything, with no memory of what was checked before. */
  checkAll(): Failure | null {
    const anew = freshSeen();
    look(this.world, anew);
    return this.#check(INVARIANTS, anew);
  }

  #look(before: number, after: number, commanded: boolean): Failure | null {
    const passed = (every: number): boolean => Math.floor(before / every) !== Math.floor(after / every);
    if (!commanded && !passed(OFTEN)) return null;
    const some = commanded || passed(SOMETIMES);
    const dear = passed(SELDOM);
    if (some) look(this.world, this.#seen);
    return this.#check(dear ? INVARIANTS : some ? NOT_DEAR : CHEAP, this.#seen);
  }

  #check(which: readonly Invariant[], seen: Seen): Failure | null {
    for (const { name, check } of which) {
      const wrong = check(this.world, seen);
      if (wrong !== null) return this.#failure(name, wrong);
    }
    return null;
  }

  #failure(invariant: string, message: string): Failure {
    return { invariant, message, atUs: this.world.nowUs };
  }
}

const CHEAP = INVARIANTS.filter((i) => i.cost === 'cheap');
const NOT_DEAR = INVARIANTS.filter((i) => i.cost !== 'dear');

/** The answer to a consumer's fetch, if that is what arrives next. */
function consumersAnswer(w: World): FetchResponse | null {
  const event = w.queue[0];
  if (event === undefined || event.kind !== EventKind.Deliver) return null;
  const { message } = event;
  if (message === null || message.toServer || message.apiKey !== FETCH) return null;
  return (w.nodes[message.to] as NodeState).kind === 'consumer' ? (message.body as FetchResponse) : null;
}

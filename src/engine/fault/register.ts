import type { Command } from '../../protocol/verbs/index.ts';
import type { World } from '../kernel/world.ts';

type CommandOf<V extends Command['do']> = Extract<Command, { do: V }>;

/** What a command could not do, in Kafka's words where Kafka has some; null: done (or under way). */
export type Refusal = string | null;

const handlers = new Map<string, (w: World, command: Command) => Refusal>();

/** One handler a verb, in the file of the verb's name. */
export function registerVerb<V extends Command['do']>(
  verb: V,
  handler: (w: World, command: CommandOf<V>) => Refusal,
): void {
  handlers.set(verb, handler as (w: World, command: Command) => Refusal);
}

export function runCommand(w: World, command: Command): Refusal {
  const handler = handlers.get(command.do);
  if (handler === undefined) return `${command.do} is not modelled yet`;
  return handler(w, command);
}

export function handledVerbs(): string[] {
  return [...handlers.keys()];
}

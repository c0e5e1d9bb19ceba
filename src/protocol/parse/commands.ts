import type { Json, ScenarioStep, ScenarioTopic } from '../scenario.ts';
import { type Command, findVerb } from '../verbs/index.ts';
import { resolveTopic } from './default-values.ts';

/** A checked step as a command: every argument there, defaults filled in, timing left out. */
export function commandOf(step: ScenarioStep, brokers: number): Command {
  if (step.do === 'topic.create') {
    return { do: 'topic.create', ...resolveTopic(step as unknown as ScenarioTopic, brokers) };
  }
  const command: Record<string, Json> = { do: step.do };
  for (const arg of findVerb(step.do)?.args ?? []) {
    const given = step[arg.name] as Json | undefined;
    const value = given ?? (arg.type === 'headers' ? [] : arg.default);
    // A value of null is Kafka's null, not "left out": only what is really absent takes the default.
    if (given === null) command[arg.name] = null;
    else if (value !== undefined) command[arg.name] = value;
  }
  return command as unknown as Command;
}

/** The other way round: a command as a step of a file, without what is at its default. */
export function stepOf(command: Command, timing: Pick<ScenarioStep, 'atMs' | 'when'>): ScenarioStep {
  const step: Record<string, Json> = { do: command.do };
  const args = command as unknown as Readonly<Record<string, Json>>;
  for (const arg of findVerb(command.do)?.args ?? []) {
    const value = args[arg.name];
    const isDefault = value === arg.default || (Array.isArray(value) && value.length === 0);
    if (value === undefined || (isDefault && !arg.required)) continue;
    step[arg.name] =
      command.do === 'topic.create' && arg.name === 'config' ? Object.fromEntries(value as never) : value;
  }
  return { ...timing, ...step } as ScenarioStep;
}

/** Values that the learner sets, and texts: checked as Kafka checks them, and turned into commands for *from now*. */
import { configDefault, findKey } from '../../../kafka/config/registry.ts';
import { validateConfigValue } from '../../../kafka/config/validate.ts';
import type { ConfigEdit, StepCommand, WorkloadRecords } from '../../../protocol/engine-client.ts';
import type { Scenario } from '../../../protocol/scenario.ts';
import { linesOf, recordsOf } from '../../../protocol/text-lines.ts';
import { type Refused, refusal } from './branch.ts';
import { hasEntity } from './program-edits.ts';

/** Records that one instant may bring; more belong into the workload, from the start. */
const MAX_LINES_NOW = 500;

/** The first edit that Kafka would not take by itself, with its reason. How values meet is checked with the scenario. */
export function checkEdits(scenario: Scenario, edits: readonly ConfigEdit[]): Refused | null {
  for (const edit of edits) {
    if (!hasEntity(scenario, edit)) return refusal(`There is no ${edit.scope} ${edit.entity} here.`, null, edit);
    if (edit.value === null) {
      if (findKey(edit.scope, edit.key) === undefined)
        return refusal(`${edit.scope} has no parameter ${edit.key}.`, null, edit);
      continue;
    }
    const verdict = validateConfigValue(edit.scope, edit.key, edit.value);
    if (!verdict.ok) return refusal(verdict.message, verdict.kafkaException, edit);
  }
  return null;
}

/** The exception that Kafka names a value by that a command would set; null: what is wrong is not of Kafka's making. */
export function exceptionFor(commands: readonly StepCommand[]): string | null {
  for (const { do: verb, scope, key, value } of commands) {
    if (verb !== 'config.set' || typeof key !== 'string' || typeof value !== 'string') continue;
    if (scope !== 'broker' && scope !== 'topic' && scope !== 'producer' && scope !== 'consumer') continue;
    const verdict = validateConfigValue(scope, key, value);
    if (!verdict.ok) return verdict.kafkaException;
  }
  return null;
}

export function editsAsCommands(edits: readonly ConfigEdit[]): StepCommand[] {
  return edits.map(({ scope, entity, key, value }): StepCommand => {
    const command: StepCommand = { do: 'config.set', scope, key, value };
    return entity === '' ? command : { ...command, entity };
  });
}

/** Records sent at once: each line of a text, or each row of a file with its key. */
export function textAsCommands(
  producer: string,
  topic: string,
  text: string | WorkloadRecords,
): StepCommand[] | Refused {
  const lines = typeof text === 'string' ? linesOf(text).filter((line) => line !== '') : recordsOf(text.values);
  const keys = typeof text === 'string' || text.keys === null ? null : recordsOf(text.keys);
  if (lines.length === 0) return refusal('There is no line in this text.');
  if (lines.length > MAX_LINES_NOW)
    return refusal(
      `${lines.length} lines are too many for one moment (at most ${MAX_LINES_NOW}); put them in from the start.`,
    );
  return lines.map((value, i): StepCommand => {
    const send = { do: 'producer.send', producer, topic, value };
    return keys === null ? send : { ...send, key: keys[i] ?? null };
  });
}

/** What was set before, as text; the default where nothing was. */
export function valueBefore(scenario: Scenario, { scope, entity, key }: ConfigEdit): string {
  const set = configIn(scenario, scope, entity)?.[key];
  if (set !== undefined) return set;
  if (scope === 'broker' && scenario.cluster?.config?.[key] !== undefined) return scenario.cluster.config[key];
  return findKey(scope, key) === undefined ? '' : (configDefault(scope, key) ?? '');
}

function configIn(
  scenario: Scenario,
  scope: ConfigEdit['scope'],
  entity: string,
): Readonly<Record<string, string>> | undefined {
  switch (scope) {
    case 'broker':
      return entity === '' ? scenario.cluster?.config : scenario.cluster?.brokerConfig?.[entity];
    case 'topic':
      return scenario.topics.find((t) => t.name === entity)?.config;
    case 'producer':
      return scenario.producers?.find((p) => p.id === entity)?.config;
    case 'consumer':
      return scenario.consumers?.find((c) => c.id === entity)?.config;
  }
}

/** From a branch's content to a scenario file and to what the kernel runs; and from a file to a first content. */
import type { ConfigEdit, StepCommand, WorkloadRecords } from '../../../protocol/engine-client.ts';
import type {
  ConfigObject,
  Scenario,
  ScenarioCluster,
  ScenarioConsumer,
  ScenarioProducer,
  ScenarioStep,
  ScenarioTopic,
  ScenarioWorkload,
} from '../../../protocol/scenario.ts';
import { msToUs, usToMs } from '../../../protocol/time.ts';
import type { TimedCommand } from '../world.ts';
import type { BranchContent, EngineParts, Entry, ProblemLike, Program } from './branch.ts';

/** The content of a scenario as it was opened. `off` are ids of its steps that are switched off. */
export function contentOf(base: Scenario, off: readonly number[]): BranchContent {
  const entries: Entry[] = [];
  (base.steps ?? []).forEach((step, id) => {
    if (step.atMs === undefined) return;
    const { atMs, ...command } = step;
    entries.push({ id, atUs: msToUs(atMs), command: command as StepCommand, off: off.includes(id), origin: 'file' });
  });
  return { base, edits: [], workloads: [], entries };
}

/** The branch as a scenario file, and which entry each of its steps is. */
export function scenarioOf(content: BranchContent): { scenario: Scenario; entryIds: number[] } {
  const byId = new Map(content.entries.map((entry) => [entry.id, entry]));
  const steps: ScenarioStep[] = [];
  const entryIds: number[] = [];
  const add = (entry: Entry): void => {
    if (entry.off) return;
    steps.push({ atMs: usToMs(entry.atUs), ...entry.command } as ScenarioStep);
    entryIds.push(entry.id);
  };
  (content.base.steps ?? []).forEach((step, id) => {
    const entry = byId.get(id);
    if (entry !== undefined) {
      add(entry);
    } else if (step.atMs === undefined) {
      steps.push(step);
      entryIds.push(-1);
    }
  });
  for (const entry of content.entries) if (entry.origin === 'you') add(entry);
  let scenario: Scenario = content.base;
  for (const edit of content.edits) scenario = withEdit(scenario, edit);
  for (const { producer, text } of content.workloads) scenario = withText(scenario, producer, text);
  if (steps.length > 0 || scenario.steps !== undefined) scenario = { ...scenario, steps };
  return { scenario, entryIds };
}

/** Everything is checked here, by the same parser as a file: a content that does not run is refused with its problems. */
export function programOf(parts: EngineParts, content: BranchContent): Program | { problems: readonly ProblemLike[] } {
  const { scenario, entryIds } = scenarioOf(content);
  const resolution = parts.resolve(scenario);
  if (!resolution.ok) return { problems: resolution.problems };
  const { resolved } = resolution;
  const commands: TimedCommand[] = [];
  for (const { index, start, command } of resolved.steps) {
    if (start.kind === 'at') commands.push({ id: index, atUs: start.atUs, command });
  }
  commands.sort((a, b) => a.atUs - b.atUs || a.id - b.id);
  return { scenario, resolved, commands, entryIds };
}

function without(config: ConfigObject | undefined, key: string, value: string | null): ConfigObject {
  const entries = Object.entries(config ?? {}).filter(([k]) => k !== key);
  if (value !== null) entries.push([key, value]);
  return Object.fromEntries(entries);
}

/** A value set from time 0. A topic that a step creates has it set in that step. */
export function withEdit(scenario: Scenario, edit: ConfigEdit): Scenario {
  const { scope, entity, key, value } = edit;
  const set = <T extends { config?: ConfigObject }>(thing: T): T => ({
    ...thing,
    config: without(thing.config, key, value),
  });
  switch (scope) {
    case 'broker':
      return { ...scenario, cluster: withBrokerEdit(scenario.cluster ?? {}, entity, key, value) };
    case 'topic':
      return {
        ...scenario,
        topics: scenario.topics.map((t: ScenarioTopic) => (t.name === entity ? set(t) : t)),
        ...(scenario.steps === undefined ? {} : { steps: scenario.steps.map((s) => withCreatedTopicEdit(s, edit)) }),
      };
    case 'producer':
      return {
        ...scenario,
        producers: (scenario.producers ?? []).map((p: ScenarioProducer) => (p.id === entity ? set(p) : p)),
      };
    case 'consumer':
      return {
        ...scenario,
        consumers: (scenario.consumers ?? []).map((c: ScenarioConsumer) => (c.id === entity ? set(c) : c)),
      };
  }
}

function withBrokerEdit(cluster: ScenarioCluster, entity: string, key: string, value: string | null): ScenarioCluster {
  if (entity === '') return { ...cluster, config: without(cluster.config, key, value) };
  const others = Object.entries(cluster.brokerConfig ?? {}).filter(([id]) => id !== entity);
  const own = without(cluster.brokerConfig?.[entity], key, value);
  return { ...cluster, brokerConfig: Object.fromEntries([...others, [entity, own]]) };
}

function withCreatedTopicEdit(step: ScenarioStep, { entity, key, value }: ConfigEdit): ScenarioStep {
  if (step.do !== 'topic.create' || step.name !== entity) return step;
  return { ...step, config: without(step.config as ConfigObject | undefined, key, value) };
}

function withText(scenario: Scenario, producer: string, text: string | WorkloadRecords): Scenario {
  const producers = (scenario.producers ?? []).map((p) =>
    p.id === producer && p.workload !== undefined ? { ...p, workload: withRecords(p.workload, text) } : p,
  );
  return { ...scenario, producers };
}

/** A text changes the values alone; a file's records come with their keys, or with none. */
function withRecords(workload: ScenarioWorkload, text: string | WorkloadRecords): ScenarioWorkload {
  if (typeof text === 'string') return { ...workload, values: { kind: 'lines', text } };
  const { count: _count, keys: _keys, ...rest } = workload;
  return {
    ...rest,
    ...(text.count === null ? {} : { count: text.count }),
    ...(text.ratePerSecond === null ? {} : { ratePerSecond: text.ratePerSecond }),
    ...(text.keys === null ? {} : { keys: { kind: 'lines', ...text.keys } }),
    values: { kind: 'lines', ...text.values },
  };
}

/** Whether the scenario (or a step of it) has the thing that an edit names. */
export function hasEntity(scenario: Scenario, { scope, entity }: ConfigEdit): boolean {
  switch (scope) {
    case 'broker':
      return entity === '' || (/^[1-9][0-9]?$/.test(entity) && Number(entity) <= (scenario.cluster?.brokers ?? 3));
    case 'topic':
      return (
        scenario.topics.some((t) => t.name === entity) ||
        (scenario.steps ?? []).some((s) => s.do === 'topic.create' && s.name === entity)
      );
    case 'producer':
      return (scenario.producers ?? []).some((p) => p.id === entity);
    case 'consumer':
      return (scenario.consumers ?? []).some((c) => c.id === entity);
  }
}

/** Values and texts of the learner, worked into a scenario file. */
import type { ConfigEdit, WorkloadRecords } from '../../../protocol/engine-client.ts';
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

export function withText(scenario: Scenario, producer: string, text: string | WorkloadRecords): Scenario {
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

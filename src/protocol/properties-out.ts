/** What is set on a broker, a client or a topic at a moment, and the same as a properties file. */
import '../kafka/config/all-keys.ts';
import { findKey, knownKeys } from '../kafka/config/registry.ts';
import { applyDefaults } from './parse/defaults.ts';
import { propertyLine } from './properties.ts';
import { isSecret, type PropertiesKind } from './properties-plan.ts';
import type { ConfigEntries, Scenario } from './scenario.ts';

/** Everything that can have a file of its own; '' are all brokers. */
export function propertiesTargets(scenario: Scenario, kind: PropertiesKind): string[] {
  switch (kind) {
    case 'broker':
      return ['', ...applyDefaults(scenario).cluster.brokers.map(({ id }) => String(id))];
    case 'producer':
      return (scenario.producers ?? []).map(({ id }) => id);
    case 'consumer':
      return (scenario.consumers ?? []).map(({ id }) => id);
    case 'topic':
      return scenario.topics.map(({ name }) => name);
  }
}

function setAtStart(scenario: Scenario, kind: PropertiesKind, entity: string): ConfigEntries {
  switch (kind) {
    case 'broker': {
      const { cluster } = applyDefaults(scenario);
      const own = cluster.brokers.find(({ id }) => String(id) === entity);
      return own?.config ?? [...cluster.presets, ...Object.entries(scenario.cluster?.config ?? {})];
    }
    case 'producer':
      return Object.entries(scenario.producers?.find(({ id }) => id === entity)?.config ?? {});
    case 'consumer':
      return Object.entries(scenario.consumers?.find(({ id }) => id === entity)?.config ?? {});
    case 'topic':
      return Object.entries(scenario.topics.find(({ name }) => name === entity)?.config ?? {});
  }
}

/** Values that are set, sorted by key: from the start, and by each config.set up to this moment. */
export function setValues(scenario: Scenario, kind: PropertiesKind, entity: string, atUs: number): ConfigEntries {
  const values = new Map(setAtStart(scenario, kind, entity));
  const changes = (scenario.steps ?? []).filter(
    (step) => step.do === 'config.set' && step.scope === kind && step.atMs !== undefined && step.atMs * 1000 <= atUs,
  );
  changes.sort((a, b) => (a.atMs as number) - (b.atMs as number));
  for (const step of changes) {
    const of = step.entity === undefined || step.entity === null ? '' : String(step.entity);
    if (of !== entity && !(kind === 'broker' && of === '')) continue;
    if (step.value === null) values.delete(String(step.key));
    else values.set(String(step.key), String(step.value));
  }
  return [...values].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

export interface PropertiesOut {
  readonly text: string;
  readonly count: number;
}

/**
 * A file that sets the same: what differs from Kafka's default, or every parameter. Secrets are left out; `comment` says
 * in the reader's language what it is, a line each.
 */
export function propertiesFile(
  kind: PropertiesKind,
  set: ConfigEntries,
  comment: readonly string[],
  which: 'changed' | 'all',
): PropertiesOut {
  const values = new Map(set);
  const lines: string[] = [];
  let count = 0;
  const keys =
    which === 'all'
      ? knownKeys(kind)
          .filter(({ internal }) => !internal)
          .map(({ key }) => key)
      : [...values.keys()];
  for (const key of keys) {
    if (isSecret(key)) continue;
    const usual = findKey(kind, key)?.default ?? null;
    const value = values.get(key);
    if (which === 'changed' && value === usual) continue;
    if (value === undefined && usual === null) lines.push(`#${key}=`);
    else {
      lines.push(propertyLine(key, value ?? (usual as string)));
      count++;
    }
  }
  const head = comment.flatMap((line) => line.split(/\r\n|[\r\n]/)).map((line) => `# ${line}`);
  return { text: `${[...head, ...lines].join('\n')}\n`, count };
}

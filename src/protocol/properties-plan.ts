/** What a properties file would set here: each line judged by Kafka's own rules before anything is changed. */
import '../kafka/config/all-keys.ts';
import type { Effective } from '../kafka/config/config-view.ts';
import { effectiveBrokerConfig } from '../kafka/config/effective-broker.ts';
import { effectiveConsumerConfig } from '../kafka/config/effective-consumer.ts';
import { effectiveProducerConfig } from '../kafka/config/effective-producer.ts';
import { nearest } from '../kafka/config/nearest.ts';
import type { NotYet } from '../kafka/config/not-yet.ts';
import { findKey, knownKeys } from '../kafka/config/registry.ts';
import type { ConfigEntries } from '../kafka/config/types.ts';
import { type ConfigRefusal, validateConfigValue } from '../kafka/config/validate.ts';
import type { ConfigEdit } from './engine-client.ts';
import { MAX_PROPERTIES_LENGTH, type Property, readProperties } from './properties.ts';

export type PropertiesKind = 'broker' | 'producer' | 'consumer' | 'topic';
export const PROPERTIES_KINDS: readonly PropertiesKind[] = ['broker', 'producer', 'consumer', 'topic'];

/**
 * acts, not-yet: they are set. own: the page itself says it (who a node is, where it listens). secret: neither shown nor
 * set. refused: Kafka does not take the value. overridden: a later line of the same name holds.
 */
export type PlanStatus = 'acts' | 'not-yet' | 'own' | 'secret' | 'refused' | 'unknown' | 'overridden';

export interface PlanRow {
  readonly key: string;
  /** As it may be shown: empty for a secret. */
  readonly value: string;
  readonly line: number;
  readonly column: number;
  readonly status: PlanStatus;
  readonly overriddenBy: number | null;
  readonly refusal: ConfigRefusal | null;
  readonly notYet: NotYet | null;
  /** The known name most like one that is not known. */
  readonly nearest: string | null;
}

/** Who a process is and where it listens comes from the scenario; a file cannot say it for every broker at once. */
const OWN: Readonly<Record<PropertiesKind, ReadonlySet<string>>> = {
  broker: new Set([
    'node.id',
    'broker.id',
    'process.roles',
    'listeners',
    'advertised.listeners',
    'controller.quorum.voters',
    'controller.quorum.bootstrap.servers',
    'controller.listener.names',
    'log.dir',
    'log.dirs',
    'metadata.log.dir',
  ]),
  producer: new Set(['bootstrap.servers', 'client.id', 'key.serializer', 'value.serializer']),
  consumer: new Set(['bootstrap.servers', 'client.id', 'key.deserializer', 'value.deserializer']),
  topic: new Set(),
};

/** Names that hold secrets although no registry knows them, such as those of one listener. */
const SECRET = /password|passwd|secret|credential|(^|\.)token$|\.jaas\.config$|keystore\.key$|private\.key/i;

export function isSecret(key: string): boolean {
  if (SECRET.test(key)) return true;
  return PROPERTIES_KINDS.some((kind) => findKey(kind, key)?.type === 'password');
}

/** The text with the values of secrets replaced, so that they neither stay on the screen nor in memory. */
export function hideSecrets(text: string, mark = '***'): string {
  if (text.length > MAX_PROPERTIES_LENGTH) return '';
  let out = '';
  let from = 0;
  for (const property of readProperties(text).properties) {
    if (property.value === '' || property.value === mark || !isSecret(property.key)) continue;
    out += text.slice(from, property.valueStart) + mark;
    from = property.valueEnd;
  }
  return out + text.slice(from);
}

const FILE_NAMES: readonly (readonly [pattern: RegExp, kind: PropertiesKind])[] = [
  [/producer/i, 'producer'],
  [/consumer/i, 'consumer'],
  [/topic/i, 'topic'],
  [/server|broker|controller|kraft/i, 'broker'],
];

/** Of what the file is: by its name, else by the scope that knows most of its names. */
export function guessKind(keys: readonly string[], fileName = ''): PropertiesKind {
  const named = FILE_NAMES.find(([pattern]) => pattern.test(fileName));
  if (named !== undefined) return named[1];
  let best: PropertiesKind = 'broker';
  let most = 0;
  for (const kind of PROPERTIES_KINDS) {
    const count = keys.filter((key) => findKey(kind, key) !== undefined).length;
    if (count <= most) continue;
    best = kind;
    most = count;
  }
  return best;
}

/** Searching a nearest name compares a hundred; of a file with thousands of unknown ones the first are enough. */
const MAX_NEAREST = 100;

export function planProperties(kind: PropertiesKind, properties: readonly Property[]): PlanRow[] {
  const names = knownKeys(kind).map(({ key }) => key);
  let searched = 0;
  return properties.map((property): PlanRow => {
    const { key, line, column, overriddenBy } = property;
    const secret = isSecret(key);
    const row = {
      key,
      value: secret ? '' : property.value,
      line,
      column,
      overriddenBy,
      refusal: null,
      notYet: null,
      nearest: null,
    };
    if (secret) return { ...row, status: 'secret' };
    if (overriddenBy !== null) return { ...row, status: 'overridden' };
    if (OWN[kind].has(key)) return { ...row, status: 'own' };
    const known = findKey(kind, key);
    if (known === undefined) {
      searched++;
      const near = searched > MAX_NEAREST ? undefined : nearest(key, names);
      return { ...row, status: 'unknown', nearest: near ?? null };
    }
    const verdict = validateConfigValue(kind, key, property.value);
    if (!verdict.ok) return { ...row, status: 'refused', refusal: verdict, nearest: verdict.nearest ?? null };
    return known.acts === true ? { ...row, status: 'acts' } : { ...row, status: 'not-yet', notYet: known.acts };
  });
}

const isSet = (row: PlanRow): boolean => row.status === 'acts' || row.status === 'not-yet';

/** The edits of one step: every value that is set, on each target. */
export function editsOf(kind: PropertiesKind, rows: readonly PlanRow[], targets: readonly string[]): ConfigEdit[] {
  return targets.flatMap((entity) =>
    rows.filter(isSet).map(({ key, value }): ConfigEdit => ({ scope: kind, entity, key, value })),
  );
}

/** What Kafka would not start with although each value by itself is right; `now` is what the target has already. */
export function contradictions(kind: PropertiesKind, rows: readonly PlanRow[], now: ConfigEntries): ConfigRefusal[] {
  const merged = new Map(now);
  for (const row of rows) if (isSet(row)) merged.set(row.key, row.value);
  const effective = effectiveOf(kind, [...merged]);
  return effective === null || effective.ok ? [] : effective.refusals;
}

function effectiveOf(kind: PropertiesKind, entries: ConfigEntries): Effective<unknown> | null {
  switch (kind) {
    case 'broker':
      return effectiveBrokerConfig(entries);
    case 'producer':
      return effectiveProducerConfig(entries);
    case 'consumer':
      return effectiveConsumerConfig(entries);
    case 'topic':
      return null;
  }
}

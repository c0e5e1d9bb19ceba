import { BROKER_CONFIGS } from './broker.ts';
import { CONSUMER_CONFIGS } from './consumer.ts';
import { GROUP_CONFIGS } from './group.ts';
import { PRODUCER_CONFIGS } from './producer.ts';
import { TOPIC_CONFIGS } from './topic.ts';
import type { ConfigEntry, ConfigScope, KnownKey } from './types.ts';

/** All scopes, in the order in which lists show them. */
export const CONFIG_SCOPES: readonly ConfigScope[] = ['producer', 'consumer', 'broker', 'topic', 'group', 'admin'];

/** The registries: parameters that act here, and their neighbours that a learner looks for. */
export const CONFIG_ENTRIES: readonly ConfigEntry[] = [
  ...PRODUCER_CONFIGS,
  ...CONSUMER_CONFIGS,
  ...BROKER_CONFIGS,
  ...TOPIC_CONFIGS,
  ...GROUP_CONFIGS,
];

/** The registry's entries of a scope, in its order. */
export function configEntries(scope: ConfigScope): readonly ConfigEntry[] {
  return CONFIG_ENTRIES.filter((entry) => entry.scope === scope);
}

/** A parameter of the registry, undefined when it is not one (see {@link findKey} for all that Kafka knows). */
export function configEntry(scope: ConfigScope, key: string): ConfigEntry | undefined {
  const found = findKey(scope, key);
  return found !== undefined && 'sentenceKey' in found ? (found as ConfigEntry) : undefined;
}

/** Any parameter of Kafka by name, acting here or not. */
export function findKey(scope: ConfigScope, key: string): KnownKey | undefined {
  return index().get(scope)?.get(key);
}

/** Every parameter of a scope that Kafka knows, sorted by key. */
export function knownKeys(scope: ConfigScope): readonly KnownKey[] {
  const keys = [...(index().get(scope)?.values() ?? [])];
  return keys.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

/** The default as Kafka writes it; null when there is none. */
export function configDefault(scope: ConfigScope, key: string): string | null {
  const found = findKey(scope, key);
  if (found === undefined) throw new Error(`config: ${scope} has no parameter ${key}`);
  return found.default;
}

/** Kafka's other parameters; none until `all-keys.ts` is loaded. */
let readOthers: () => readonly KnownKey[] = () => [];

/** Makes all of Kafka's parameters known by name. Who checks what a person wrote needs them; what runs a checked scenario does not. */
export function addKnownKeys(read: () => readonly KnownKey[]): void {
  readOthers = read;
  builtIndex = null;
}

type Index = ReadonlyMap<ConfigScope, ReadonlyMap<string, KnownKey>>;

/** Built at first use: reading the generated lists takes a few milliseconds that the first paint need not wait for. */
let builtIndex: Index | null = null;

function index(): Index {
  if (builtIndex === null) {
    const scopes = new Map(CONFIG_SCOPES.map((scope) => [scope, new Map<string, KnownKey>()]));
    for (const known of [...CONFIG_ENTRIES, ...readOthers()]) scopes.get(known.scope)?.set(known.key, known);
    builtIndex = scopes;
  }
  return builtIndex;
}

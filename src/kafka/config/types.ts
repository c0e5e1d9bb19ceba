import type { NotYet } from './not-yet.ts';

/** Where a parameter is set: Kafka's ConfigDefs of the clients, of the broker, of topics and of groups. */
export type ConfigScope = 'producer' | 'consumer' | 'admin' | 'broker' | 'topic' | 'group';

export type ConfigType = 'boolean' | 'string' | 'int' | 'short' | 'long' | 'double' | 'list' | 'class' | 'password';

/** What Kafka's validator of a parameter checks, as data, after the value has been parsed by its type. */
export type ConfigValidator =
  /** Inclusive; null: open. */
  | { readonly kind: 'range'; readonly min: number | null; readonly max: number | null }
  /** `range`, or this one value apart from it. */
  | { readonly kind: 'rangeOr'; readonly min: number; readonly max: number; readonly or: number }
  | { readonly kind: 'oneOf'; readonly values: readonly string[]; readonly caseSensitive: boolean }
  /** Every item is one of `values`; none listed: anything but an empty item. Repeated items are dropped before. */
  | { readonly kind: 'list'; readonly values: readonly string[]; readonly emptyAllowed: boolean }
  | { readonly kind: 'nonEmpty' }
  /** auto.offset.reset: a policy's name or by_duration:<ISO 8601 duration>; groups of shares have no `none`. */
  | { readonly kind: 'offsetReset'; readonly none: boolean }
  /** `*`, or partition:broker pairs. */
  | { readonly kind: 'throttledReplicas' }
  /** id@host:port of each voter of the quorum, or host:port of each server; none is allowed. */
  | { readonly kind: 'voters' }
  | { readonly kind: 'hostPorts' };

export type ConfigUnit = 'ms' | 'seconds' | 'minutes' | 'hours' | 'bytes' | 'bytes-per-second' | 'count' | 'ratio';

/** How a new value takes effect; everything but cluster-wide, per-broker and topic restarts the process. */
export type UpdateMode = 'read-only' | 'per-broker' | 'cluster-wide' | 'topic' | 'group' | 'client';

/** Headings of the inspector. */
export type ConfigGroup =
  | 'Durability'
  | 'Latency'
  | 'Throughput'
  | 'Availability'
  | 'Replication'
  | 'Retention'
  | 'Records'
  | 'Reading'
  | 'Groups'
  | 'Transactions'
  | 'Connections';

/** What is known of every parameter of Kafka, acting here or not. */
export type KnownKey = {
  readonly key: string;
  readonly scope: ConfigScope;
  readonly type: ConfigType;
  /** As Kafka writes it; null: no value. */
  readonly default: string | null;
  /** No default: Kafka wants a value (this project supplies those it needs). */
  readonly required: boolean;
  readonly validator: ConfigValidator | null;
  readonly unit: ConfigUnit | null;
  readonly updateMode: UpdateMode;
  /** Not in Kafka's documentation: made for tests and experts. */
  readonly internal: boolean;
  readonly deprecated: boolean;
  readonly acts: true | NotYet;
};

/** A parameter of the registry: what the inspector needs beyond what is known of every key. */
export type ConfigEntry = KnownKey & {
  readonly group: ConfigGroup;
  /** The text key of the sentence that says what it does. */
  readonly sentenceKey: string;
  /** Topics: the broker parameters that a topic without a value of its own takes it from, the first that is set. */
  readonly brokerSynonyms?: readonly BrokerSynonym[];
};

/** `factor` turns the broker's unit into the topic's: hours into milliseconds. */
export type BrokerSynonym = { readonly key: string; readonly factor: number };

/** A parsed value. Longs beyond 2^53 are bigint, so that nothing is rounded; the engine's typed views clamp them. */
export type ConfigValue = boolean | number | bigint | string | readonly string[];

/** Configuration as set: Kafka's keys with values as text, each key once. */
export type ConfigEntries = readonly (readonly [key: string, value: string])[];

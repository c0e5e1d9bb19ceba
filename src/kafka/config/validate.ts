import { parseIsoDurationUs } from './duration.ts';
import { nearest } from './nearest.ts';
import { type Fault, parseValue } from './parse-value.ts';
import type { PhraseParams } from './phrase.ts';
import { findKey, knownKeys } from './registry.ts';
import { type RefusalCode, refusalMessage } from './texts.ts';
import type { ConfigScope, ConfigValidator, ConfigValue, KnownKey } from './types.ts';

/** What Kafka throws at a client's or broker's start, and what it answers to a change on a running cluster. */
export type KafkaConfigException =
  | 'ConfigException'
  | 'InvalidConfigurationException'
  | 'IllegalArgumentException'
  | 'InvalidGroupIdException'
  | 'ArithmeticException';

export type ConfigRefusal = {
  ok: false;
  key: string;
  code: RefusalCode;
  params: PhraseParams;
  /** null: Kafka itself only warns in its log (an unknown key of a client or broker). */
  kafkaException: KafkaConfigException | null;
  /** In English; the page says it by `code` and `params`. */
  message: string;
  nearest?: string;
};

export type ConfigVerdict = { ok: true; parsed: ConfigValue } | ConfigRefusal;

/** Values longer than this are not repeated in a message. */
const SHOWN_LENGTH = 60;

/** Whether Kafka takes this value for this key, and what it becomes. */
export function validateConfigValue(scope: ConfigScope, key: string, value: string): ConfigVerdict {
  const known = findKey(scope, key);
  if (known === undefined) return refuseUnknownKey(scope, key);
  const parsed = parseValue(known.type, value);
  if ('fault' in parsed) return refuse(known, value, parsed.fault);
  const accepted = known.validator?.kind === 'list' ? withoutRepeats(parsed.value) : parsed.value;
  const fault = known.validator === null ? null : validate(known.validator, accepted);
  return fault === null ? { ok: true, parsed: accepted } : refuse(known, value, fault);
}

/** A refusal with its message, for rules across keys as well. */
export function makeRefusal(
  key: string,
  code: RefusalCode,
  params: PhraseParams,
  kafkaException: KafkaConfigException | null,
): ConfigRefusal {
  return { ok: false, key, code, params, kafkaException, message: refusalMessage(code, params) };
}

/** Topics and groups are set on a running cluster, which answers with an error code; the others throw at the start. */
export function exceptionOf(scope: ConfigScope): KafkaConfigException {
  return scope === 'topic' || scope === 'group' ? 'InvalidConfigurationException' : 'ConfigException';
}

function refuseUnknownKey(scope: ConfigScope, key: string): ConfigRefusal {
  const kafkaException = scope === 'topic' || scope === 'group' ? 'InvalidConfigurationException' : null;
  const refusal = makeRefusal(key, 'unknown-key', { key: shorten(key), scope }, kafkaException);
  const near = nearest(
    key,
    knownKeys(scope).map((known) => known.key),
  );
  return near === undefined ? refusal : { ...refusal, nearest: near };
}

function refuse(known: KnownKey, value: string, fault: Fault): ConfigRefusal {
  const params = { key: known.key, value: value === '' ? '""' : shorten(value), ...fault.params };
  const refusal = makeRefusal(known.key, fault.code, params, exceptionOf(known.scope));
  const near = nearestValue(known, value.trim());
  return near === undefined ? refusal : { ...refusal, nearest: near };
}

function nearestValue(known: KnownKey, value: string): string | undefined {
  if (known.type === 'boolean') return nearest(value, ['true', 'false']);
  const { validator } = known;
  if (validator?.kind === 'oneOf' || validator?.kind === 'list') return nearest(value, validator.values);
  return undefined;
}

function validate(validator: ConfigValidator, value: ConfigValue): Fault | null {
  switch (validator.kind) {
    case 'range':
      return validateRange(Number(value), validator.min, validator.max);
    case 'rangeOr':
      return validateRangeOr(Number(value), validator.min, validator.max, validator.or);
    case 'oneOf':
      return validateOneOf(String(value), validator.values, validator.caseSensitive);
    case 'list':
      return validateList(value as readonly string[], validator.values, validator.emptyAllowed);
    case 'nonEmpty':
      return value === '' ? { code: 'empty', params: {} } : null;
    case 'offsetReset':
      return validateOffsetReset(String(value), validator.none);
    case 'throttledReplicas':
      return validateThrottled(value as readonly string[]);
    case 'voters':
      return validateItems(value as readonly string[], /^[0-9]+@[^:@]+:[0-9]+$/, 'not-voters');
    case 'hostPorts':
      return validateItems(value as readonly string[], /^[^:@]+:[0-9]+$/, 'not-host-ports');
  }
}

/** Compared as doubles, as ConfigDef.Range does; so NaN passes there and here. */
function validateRange(value: number, min: number | null, max: number | null): Fault | null {
  if (min !== null && value < min) return { code: 'below-min', params: { min: String(min) } };
  if (max !== null && value > max) return { code: 'above-max', params: { max: String(max) } };
  return null;
}

function validateRangeOr(value: number, min: number, max: number, or: number): Fault | null {
  if ((value >= min && value <= max) || value === or) return null;
  return { code: 'out-of-range', params: { min: String(min), max: String(max), or: String(or) } };
}

function validateOneOf(value: string, values: readonly string[], caseSensitive: boolean): Fault | null {
  if (values.includes(value)) return null;
  const right = values.find((candidate) => candidate.toUpperCase() === value.toUpperCase());
  if (right === undefined) return { code: 'not-one-of', params: { values: values.join(', ') } };
  return caseSensitive ? { code: 'wrong-case', params: { right } } : null;
}

function validateList(items: readonly string[], values: readonly string[], emptyAllowed: boolean): Fault | null {
  if (items.length === 0) return emptyAllowed ? null : { code: 'empty', params: {} };
  for (const item of items) {
    if (item === '') return { code: 'empty-item', params: {} };
    const fault = values.length === 0 ? null : validateOneOf(item, values, true);
    if (fault !== null) return fault;
  }
  return null;
}

function validateOffsetReset(value: string, none: boolean): Fault | null {
  const names = none ? ['earliest', 'latest', 'none'] : ['earliest', 'latest'];
  if (names.includes(value)) return null;
  const prefix = 'by_duration:';
  const durationUs = value.startsWith(prefix) ? parseIsoDurationUs(value.slice(prefix.length)) : null;
  if (durationUs !== null && durationUs >= 0) return null;
  const right = names.find((name) => name === value.toLowerCase());
  if (right !== undefined) return { code: 'wrong-case', params: { right } };
  return { code: 'not-offset-reset', params: { values: names.join(', ') } };
}

function validateThrottled(items: readonly string[]): Fault | null {
  if (items.length === 1 && items[0] === '*') return null;
  return validateItems(items, /^([0-9]+:[0-9]+)?$/, 'not-throttled-replicas');
}

function validateItems(items: readonly string[], pattern: RegExp, code: RefusalCode): Fault | null {
  return items.every((item) => pattern.test(item)) ? null : { code, params: {} };
}

/** ConfigDef.parseValue drops repeated items of a list that has a list validator, with a warning. */
function withoutRepeats(value: ConfigValue): ConfigValue {
  return Array.isArray(value) ? [...new Set(value as readonly string[])] : value;
}

function shorten(text: string): string {
  return text.length <= SHOWN_LENGTH ? text : `${text.slice(0, SHOWN_LENGTH)}...`;
}

import type { NotYet } from './not-yet.ts';
import type {
  BrokerSynonym,
  ConfigEntry,
  ConfigGroup,
  ConfigScope,
  ConfigType,
  ConfigUnit,
  ConfigValidator,
  UpdateMode,
} from './types.ts';
import { unitOfKey } from './units.ts';

export const LONG_MAX = '9223372036854775807';
export const INT_MAX = '2147483647';

/** No validator: whatever its type can hold. */
export const ANY = null;

export function atLeast(min: number): ConfigValidator {
  return { kind: 'range', min, max: null };
}

export function between(min: number, max: number): ConfigValidator {
  return { kind: 'range', min, max };
}

export function oneOf(...values: string[]): ConfigValidator {
  return { kind: 'oneOf', values, caseSensitive: true };
}

export function oneOfAnyCase(...values: string[]): ConfigValidator {
  return { kind: 'oneOf', values, caseSensitive: false };
}

export function listOf(...values: string[]): ConfigValidator {
  return { kind: 'list', values, emptyAllowed: true };
}

export const NOT_EMPTY: ConfigValidator = { kind: 'nonEmpty' };
export const NOT_EMPTY_LIST: ConfigValidator = { kind: 'list', values: [], emptyAllowed: false };
export const GZIP_LEVEL: ConfigValidator = { kind: 'rangeOr', min: 1, max: 9, or: -1 };
export const LZ4_LEVEL = between(1, 17);
export const ZSTD_LEVEL = between(-131072, 22);

export type EntryOptions = {
  readonly unit?: ConfigUnit;
  readonly updateMode?: UpdateMode;
  /** false: no default, Kafka wants a value. */
  readonly hasDefault?: false;
  readonly internal?: true;
  readonly brokerSynonyms?: readonly (string | BrokerSynonym)[];
};

/** One line of a registry. What is left out of `options` is what most parameters of that scope have. */
export type Define = (
  key: string,
  type: ConfigType,
  defaultValue: string | null,
  validator: ConfigValidator | null,
  group: ConfigGroup,
  acts: true | NotYet,
  options?: EntryOptions,
) => ConfigEntry;

/** A definer for one scope, so that a registry reads as a table. */
export function definer(scope: ConfigScope, updateMode: UpdateMode): Define {
  return (key, type, defaultValue, validator, group, acts, options = {}) => ({
    key,
    scope,
    type,
    default: defaultValue,
    required: options.hasDefault === false,
    validator,
    updateMode: options.updateMode ?? updateMode,
    internal: options.internal === true,
    deprecated: false,
    acts,
    unit: options.unit ?? unitOfKey(key, type),
    group,
    sentenceKey: `config.${scope}.${key}`,
    ...(options.brokerSynonyms === undefined ? {} : { brokerSynonyms: options.brokerSynonyms.map(synonymOf) }),
  });
}

function synonymOf(synonym: string | BrokerSynonym): BrokerSynonym {
  return typeof synonym === 'string' ? { key: synonym, factor: 1 } : synonym;
}

import type { ConfigValidator, KnownKey } from './types.ts';

/** What a parameter takes, in a few words for lists: "0 or more", "one of none, gzip". */
export function describeValid(known: Pick<KnownKey, 'type' | 'validator'>): string {
  return known.validator === null ? describeType(known.type) : describeValidator(known.validator);
}

function describeType(type: KnownKey['type']): string {
  switch (type) {
    case 'boolean':
      return 'true, false';
    case 'int':
    case 'short':
    case 'long':
      return 'any whole number';
    case 'double':
      return 'any number';
    case 'list':
      return 'any list';
    case 'class':
      return 'a Java class';
    case 'string':
    case 'password':
      return 'any text';
  }
}

function describeValidator(validator: ConfigValidator): string {
  switch (validator.kind) {
    case 'range':
      return describeRange(validator.min, validator.max);
    case 'rangeOr':
      return `${validator.min} to ${validator.max}, or ${validator.or}`;
    case 'oneOf':
      return `${validator.values.join(', ')}${validator.caseSensitive ? '' : ' (in any case)'}`;
    case 'list':
      return describeList(validator.values, validator.emptyAllowed);
    case 'nonEmpty':
      return 'any text that is not empty';
    case 'offsetReset':
      return `earliest, latest, ${validator.none ? 'none, ' : ''}by_duration:PnDTnHnMn.nS`;
    case 'throttledReplicas':
      return '*, or a list of partition:broker';
    case 'voters':
      return 'a list of id@host:port';
    case 'hostPorts':
      return 'a list of host:port';
  }
}

function describeRange(min: number | null, max: number | null): string {
  if (min !== null && max !== null) return `${min} to ${max}`;
  if (min !== null) return `${min} or more`;
  return max === null ? 'any number' : `${max} or less`;
}

function describeList(values: readonly string[], emptyAllowed: boolean): string {
  if (values.length > 0) return `a list of ${values.join(', ')}`;
  return emptyAllowed ? 'any list' : 'a list that is not empty';
}

import { KNOWN_CLIENTS } from './known-clients.ts';
import { KNOWN_SERVERS } from './known-servers.ts';
import type { NotYet } from './not-yet.ts';
import type { ConfigScope, ConfigType, ConfigValidator, KnownKey, UpdateMode } from './types.ts';
import { unitOfKey } from './units.ts';

/**
 * Reads the generated lists. A line is `key|type|default|validator|flags`, empty ends left out:
 * type b s i h l d L c p: boolean string int sHort long double List class password; default `~`: none, `!`: required;
 * validator `1..9`: a range, `=a,b`: one of, `^a,b`: one of in any case, `*`: a list, `+`: a list that is not empty, else
 * a name; flags C, P: updated cluster-wide, per broker; i: internal; d: deprecated.
 */
export function readKnownKeys(): KnownKey[] {
  const keys: KnownKey[] = [];
  for (const [scopes, lines] of [...KNOWN_CLIENTS, ...KNOWN_SERVERS]) {
    for (const scope of scopes.split(' ')) {
      for (const line of lines.split('\n')) keys.push(readLine(scope as ConfigScope, line));
    }
  }
  return keys;
}

function readLine(scope: ConfigScope, line: string): KnownKey {
  const [key = '', letter = '', defaultValue = '', validator = '', flags = ''] = line.split('|');
  const type = TYPE_OF_LETTER.get(letter);
  if (type === undefined) throw new Error(`known-keys: no type ${letter} in ${line}`);
  return {
    key,
    scope,
    type,
    default: defaultValue === '~' || defaultValue === '!' ? null : defaultValue,
    required: defaultValue === '!',
    validator: readValidator(validator),
    unit: unitOfKey(key, type),
    updateMode: updateModeOf(scope, flags),
    internal: flags.includes('i'),
    deprecated: flags.includes('d'),
    acts: reasonOf(scope, key, type),
  };
}

const TYPE_OF_LETTER: ReadonlyMap<string, ConfigType> = new Map([
  ['b', 'boolean'],
  ['s', 'string'],
  ['i', 'int'],
  ['h', 'short'],
  ['l', 'long'],
  ['d', 'double'],
  ['L', 'list'],
  ['c', 'class'],
  ['p', 'password'],
]);

function readValidator(text: string): ConfigValidator | null {
  if (text === '') return null;
  const range = /^(-?[0-9.]*?)\.\.(-?[0-9.]*)$/.exec(text);
  if (range !== null) return { kind: 'range', min: numberOrNull(range[1]), max: numberOrNull(range[2]) };
  const rest = text.slice(1);
  const values = rest === '' ? [] : rest.split(',');
  if (text.startsWith('=')) return { kind: 'oneOf', values, caseSensitive: true };
  if (text.startsWith('^')) return { kind: 'oneOf', values, caseSensitive: false };
  if (text.startsWith('*')) return { kind: 'list', values, emptyAllowed: true };
  if (text.startsWith('+')) return { kind: 'list', values, emptyAllowed: false };
  const named = NAMED_VALIDATORS.get(text);
  if (named === undefined) throw new Error(`known-keys: no validator ${text}`);
  return named;
}

const NAMED_VALIDATORS: ReadonlyMap<string, ConfigValidator> = new Map<string, ConfigValidator>([
  ['nonEmpty', { kind: 'nonEmpty' }],
  ['gzip', { kind: 'rangeOr', min: 1, max: 9, or: -1 }],
  ['offsetReset', { kind: 'offsetReset', none: false }],
  ['throttled', { kind: 'throttledReplicas' }],
  ['voters', { kind: 'voters' }],
  ['hosts', { kind: 'hostPorts' }],
]);

function numberOrNull(text: string | undefined): number | null {
  return text === undefined || text === '' ? null : Number(text);
}

function updateModeOf(scope: ConfigScope, flags: string): UpdateMode {
  if (scope === 'topic' || scope === 'group') return scope;
  if (scope !== 'broker') return 'client';
  return flags.includes('C') ? 'cluster-wide' : flags.includes('P') ? 'per-broker' : 'read-only';
}

/** Why a parameter does nothing here, by what its name is about; the first pattern that fits. */
const REASONS: readonly (readonly [pattern: RegExp, reason: NotYet])[] = [
  [/^(ssl|sasl|security|delegation|authorizer|principal)\.|reauth|failed\.authentication/, 'security'],
  [/^broker\.rack$/, 'racks'],
  [/remote\.|^local\.retention|log\.local|tiered/, 'tieredStorage'],
  [/quota|throttled/, 'quotas'],
  [/metric|telemetry/, 'metrics'],
  [/purgatory/, 'tidying'],
  [/share\.|^group\.share|errors\.deadletterqueue/, 'shareGroups'],
  [/transaction|\.txn\.|fetch\.stable/, 'transactions'],
  [/^group\.streams|^streams\./, 'streams'],
  [/^group\.coordinator\.(background\.)?threads/, 'threads'],
  [/^group\.|^consumer\.|^offsets?\./, 'groups'],
  [/log\.dirs?$|alter\.log\.dirs/, 'folders'],
  [/^metadata\.log|^metadata\.max\.(retention|idle\.interval)|^internal\.metadata/, 'metadataLog'],
  [/^controller\.quorum/, 'raft'],
  [/^log\.dir\.failure/, 'diskFaults'],
  [/preallocate/, 'files'],
  [/cleaner|compaction|^delete\.retention/, 'compaction'],
  [/retention|segment|\.roll\.|index|delete\.delay/, 'retention'],
  [/policy\.class/, 'policies'],
  [/^config\.providers/, 'code'],
  [/^unstable\./, 'experiments'],
  [/^controller\.performance/, 'serverLog'],
  [/offset\.checkpoint/, 'recovery'],
  [/partition\.size\.limit/, 'notAsked'],
  [/^(process\.roles|node\.id|broker\.id)$/, 'identity'],
  [/listener|dns/, 'addresses'],
  [/threads|^queued/, 'threads'],
  [/buffer\.bytes|backlog/, 'buffers'],
  [/^max\.connection/, 'connectionLimits'],
  [/startup\.time/, 'recovery'],
];

function reasonOf(scope: ConfigScope, key: string, type: ConfigType): NotYet {
  const found = REASONS.find(([pattern]) => pattern.test(key));
  if (found !== undefined) return found[1];
  if (type === 'class' || key.endsWith('.classes')) return 'code';
  return scope === 'admin' ? 'admin' : 'other';
}

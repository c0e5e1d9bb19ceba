/** `params [--scope S] [--json]`: every parameter of Kafka with all its facts and what it does here. */

import { describeValid } from '../kafka/config/describe.ts';
import { brokerKeyOfGroup } from '../kafka/config/effective-group.ts';
import { isRequired, keyHistory, minorLine } from '../kafka/config/history.ts';
import { NOT_YET } from '../kafka/config/not-yet.ts';
import '../kafka/config/all-keys.ts';
import { CONFIG_SCOPES, configEntry, knownKeys } from '../kafka/config/registry.ts';
import type { ConfigScope, KnownKey } from '../kafka/config/types.ts';
import { hasText, text } from '../text/index.ts';
import '../text/whole.ts';

/** What a command leaves for its caller to print; 2 is a wrong call. */
export type CommandOutput = { stdout: string; stderr: string; exitCode: 0 | 1 | 2 };

const USAGE = `usage: params [--scope ${CONFIG_SCOPES.join('|')}] [--json]`;

export function paramsCommand(args: readonly string[]): CommandOutput {
  const options = readArgs(args);
  if ('fault' in options) return { stdout: '', stderr: `${options.fault}\n${USAGE}\n`, exitCode: 2 };
  const scopes = options.scope === null ? CONFIG_SCOPES : [options.scope];
  const rows = scopes.flatMap(rowsOf);
  const total =
    options.scope === null
      ? `\nall: ${rows.length} parameters, ${rows.filter((row) => row.acts).length} act here\n`
      : '';
  const stdout = options.json ? `${JSON.stringify(rows, null, 2)}\n` : `${printTable(rows)}${total}`;
  return { stdout, stderr: '', exitCode: 0 };
}

type Options = { scope: ConfigScope | null; json: boolean };

function readArgs(args: readonly string[]): Options | { fault: string } {
  const options: Options = { scope: null, json: false };
  const left = [...args];
  for (let arg = left.shift(); arg !== undefined; arg = left.shift()) {
    const value = arg.startsWith('--scope=') ? arg.slice('--scope='.length) : null;
    if (arg === '--json') options.json = true;
    else if (arg === '--scope' || value !== null) {
      const scope = value ?? left.shift() ?? '';
      const known = CONFIG_SCOPES.find((name) => name === scope);
      if (known === undefined) return { fault: `params: there is no scope "${scope}".` };
      options.scope = known;
    } else return { fault: `params: unknown argument "${arg}".` };
  }
  return options;
}

/** One parameter, as `--json` prints it. */
export type ParamRow = {
  scope: ConfigScope;
  key: string;
  type: string;
  default: string | null;
  required: boolean;
  valid: string;
  unit: string | null;
  updateMode: string;
  internal: boolean;
  deprecated: boolean;
  /** Kafka never shows its value. */
  sensitive: boolean;
  /** The first version line that has it, as far as 31 releases from 0.8.2 to 4.3 tell. */
  since: string;
  /** Each default with the first version line that has it; null: none, and the word `required` where one must be set. */
  defaults: { since: string; value: string | null }[];
  /** Valid values as they changed, in Kafka's words; empty: always the same. */
  validSince: { since: string; valid: string }[];
  /** Broker parameters that it is taken from while it is not set, the first that is set. */
  synonyms: string[];
  acts: boolean;
  /** What a value changes without a word; empty: nothing. */
  elsewhere: string;
  /** What it does, or why it does nothing here yet. */
  here: string;
};

/** Those that act first, each part sorted by key. */
function rowsOf(scope: ConfigScope): ParamRow[] {
  const rows = knownKeys(scope).map(rowOf);
  return [...rows.filter((row) => row.acts), ...rows.filter((row) => !row.acts)];
}

function rowOf(known: KnownKey): ParamRow {
  const { scope, key, type, required, updateMode, internal, deprecated, unit } = known;
  const sentenceKey = configEntry(scope, key)?.sentenceKey ?? '';
  const history = keyHistory(scope, key);
  const acts = known.acts === true;
  return {
    scope,
    key,
    type,
    default: known.default,
    required,
    valid: describeValid(known),
    unit,
    updateMode,
    internal,
    deprecated,
    sensitive: type === 'password',
    since: history === undefined ? '' : minorLine(history.since),
    defaults: (history?.defaults ?? []).map(({ at, value }) => ({
      since: minorLine(at),
      value: isRequired(value) ? 'required' : value,
    })),
    validSince: (history?.valid ?? []).map(({ at, value }) => ({ since: minorLine(at), valid: value })),
    synonyms: synonymsOf(known),
    acts,
    elsewhere: sentence(`config.elsewhere.${scope}.${key}`),
    here: known.acts === true ? sentence(sentenceKey) : NOT_YET[known.acts],
  };
}

function sentence(key: string): string {
  return hasText(key) ? text('en', key) : '';
}

function synonymsOf({ scope, key }: KnownKey): string[] {
  if (scope === 'topic') return (configEntry('topic', key)?.brokerSynonyms ?? []).map((synonym) => synonym.key);
  const brokerKey = scope === 'group' ? brokerKeyOfGroup(key) : null;
  return brokerKey === null ? [] : [brokerKey];
}

const KEY_WIDTH = 44;
const DEFAULT_WIDTH = 22;
const VALID_WIDTH = 40;
const MODE_WIDTH = 12;
const SINCE_WIDTH = 12;

function printTable(rows: readonly ParamRow[]): string {
  const lines: string[] = [];
  let scope = '';
  for (const row of rows) {
    if (row.scope !== scope) {
      scope = row.scope;
      const own = rows.filter((other) => other.scope === scope);
      const acting = own.filter((other) => other.acts).length;
      if (lines.length > 0) lines.push('');
      lines.push(`${scope}: ${own.length} parameters, ${acting} act here`);
    }
    const columns = [
      row.key.padEnd(KEY_WIDTH),
      showDefault(row).padEnd(DEFAULT_WIDTH),
      row.valid.padEnd(VALID_WIDTH),
      row.updateMode.padEnd(MODE_WIDTH),
      `since ${row.since}`.padEnd(SINCE_WIDTH),
    ];
    const changed = row.defaults.length > 1 ? ` (${row.defaults.map(showPast).join(', ')})` : '';
    const here = `${row.acts ? 'acts.' : 'not yet:'} ${row.here}${changed}`;
    lines.push(`  ${columns.join(' ')} ${here}`.trimEnd());
  }
  return `${lines.join('\n')}\n`;
}

function showPast({ since, value }: ParamRow['defaults'][number]): string {
  return `${value === null ? 'none' : value === '' ? '""' : value} since ${since}`;
}

function showDefault(row: ParamRow): string {
  if (row.required) return '(required)';
  if (row.default === null) return '(none)';
  return row.default === '' ? '""' : row.default;
}

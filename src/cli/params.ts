/** `params [--scope S] [--json]`: every parameter of Kafka with its default, its valid values and what it does here. */

import { describeValid } from '../kafka/config/describe.ts';
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
  const stdout = options.json ? `${JSON.stringify(rows, null, 2)}\n` : printTable(rows);
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
  updateMode: string;
  internal: boolean;
  deprecated: boolean;
  acts: boolean;
  /** What it does, or why it does nothing here yet. */
  here: string;
};

/** Those that act first, each part sorted by key. */
function rowsOf(scope: ConfigScope): ParamRow[] {
  const rows = knownKeys(scope).map(rowOf);
  return [...rows.filter((row) => row.acts), ...rows.filter((row) => !row.acts)];
}

function rowOf(known: KnownKey): ParamRow {
  const { scope, key, type, required, updateMode, internal, deprecated } = known;
  const sentenceKey = configEntry(scope, key)?.sentenceKey ?? '';
  const sentence = hasText(sentenceKey) ? text('en', sentenceKey) : '';
  const acts = known.acts === true;
  const here = known.acts === true ? sentence : NOT_YET[known.acts];
  return {
    scope,
    key,
    type,
    default: known.default,
    required,
    valid: describeValid(known),
    updateMode,
    internal,
    deprecated,
    acts,
    here,
  };
}

const KEY_WIDTH = 44;
const DEFAULT_WIDTH = 22;
const VALID_WIDTH = 40;

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
    const columns = [row.key.padEnd(KEY_WIDTH), showDefault(row).padEnd(DEFAULT_WIDTH), row.valid.padEnd(VALID_WIDTH)];
    const here = row.acts ? `acts. ${row.here}` : `not yet: ${row.here}`;
    lines.push(`  ${columns.join(' ')} ${here}`.trimEnd());
  }
  return `${lines.join('\n')}\n`;
}

function showDefault(row: ParamRow): string {
  if (row.required) return '(required)';
  if (row.default === null) return '(none)';
  return row.default === '' ? '""' : row.default;
}

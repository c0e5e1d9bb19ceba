/** What is modelled and what is not, out of the registries themselves: for the README's fidelity section. */

import { handledVerbs } from '../engine/fault/register.ts';
import { servedApis } from '../engine/net/network.ts';
import { SIMPLIFICATIONS } from '../engine/simplifications.ts';
import { API_KEYS } from '../kafka/api/api-keys.ts';
import { NOT_YET } from '../kafka/config/not-yet.ts';
import '../kafka/config/all-keys.ts';
import { CONFIG_SCOPES, knownKeys } from '../kafka/config/registry.ts';
import type { ConfigScope } from '../kafka/config/types.ts';
import { VERBS } from '../protocol/verbs/index.ts';
import '../worker/parts.ts';

export interface Fidelity {
  readonly apis: readonly {
    readonly key: number;
    readonly name: string;
    readonly servedBy: readonly ('broker' | 'controller')[];
  }[];
  readonly apisNotServed: readonly string[];
  readonly parameters: readonly {
    readonly scope: ConfigScope;
    readonly acting: readonly string[];
    readonly known: number;
  }[];
  /** Why a parameter does nothing here yet, and how many there are of each kind. */
  readonly reasons: readonly { readonly why: string; readonly parameters: number }[];
  readonly verbs: readonly string[];
  readonly verbsNotYet: readonly { readonly verb: string; readonly why: string }[];
}

/** ApiVersions is answered by the network's own code, on both listeners. */
const API_VERSIONS = 18;

export function fidelity(): Fidelity {
  const broker = new Set([...servedApis('broker'), API_VERSIONS]);
  const controller = new Set([...servedApis('controller'), API_VERSIONS]);
  const apis: Fidelity['apis'][number][] = [];
  const apisNotServed: string[] = [];
  for (const { key, name, latestVersion } of API_KEYS) {
    const servedBy: ('broker' | 'controller')[] = [];
    if (broker.has(key)) servedBy.push('broker');
    if (controller.has(key)) servedBy.push('controller');
    if (servedBy.length > 0) apis.push({ key, name, servedBy });
    else if (latestVersion !== null) apisNotServed.push(name);
  }
  const reasons = new Map<string, number>();
  const parameters = CONFIG_SCOPES.map((scope) => {
    const known = knownKeys(scope);
    for (const { acts } of known) if (acts !== true) reasons.set(NOT_YET[acts], (reasons.get(NOT_YET[acts]) ?? 0) + 1);
    return { scope, acting: known.filter(({ acts }) => acts === true).map(({ key }) => key), known: known.length };
  });
  const handled = new Set(handledVerbs());
  const verbs = VERBS.filter((spec) => spec.acts === true && handled.has(spec.verb)).map(({ verb }) => verb);
  const verbsNotYet = VERBS.flatMap((spec) => {
    if (spec.acts !== true) return [{ verb: spec.verb, why: NOT_YET[spec.acts as keyof typeof NOT_YET] }];
    return handled.has(spec.verb) ? [] : [{ verb: spec.verb, why: 'no handler' }];
  });
  return {
    apis,
    apisNotServed,
    parameters,
    reasons: [...reasons]
      .map(([why, count]) => ({ why, parameters: count }))
      .sort((a, b) => b.parameters - a.parameters),
    verbs,
    verbsNotYet,
  };
}

/** The README's section, in Markdown, between its two markers. */
export function fidelityMarkdown(): string {
  const f = fidelity();
  const sum = (count: (p: Fidelity['parameters'][number]) => number) =>
    f.parameters.reduce((total, p) => total + count(p), 0);
  const lines = [
    `**Requests that nodes exchange** (${f.apis.length}): ${f.apis.map((a) => `${a.name} (${a.key})`).join(', ')}.`,
    '',
    `**What can be done** (${f.verbs.length} verbs): ${f.verbs.map((v) => `\`${v}\``).join(', ')}. Not yet: ${f.verbsNotYet.map((v) => `\`${v.verb}\``).join(', ')}.`,
    '',
    '| parameters | act | known |',
    '| --- | --- | --- |',
    ...f.parameters.map((p) => `| ${p.scope} | ${p.acting.length} | ${p.known} |`),
    `| all | ${sum((p) => p.acting.length)} | ${sum((p) => p.known)} |`,
    '',
    'The others are known by name, type, default and valid values; `npm run -s cli -- params` says of each why it does nothing yet.',
    '',
    '**Simplified, knowingly:**',
    '',
    ...SIMPLIFICATIONS.map((line) => `- ${line}`),
  ];
  return lines.join('\n');
}

export function fidelityCommand(): { stdout: string; stderr: string; exitCode: number } {
  return { stdout: `${fidelityMarkdown()}\n`, stderr: '', exitCode: 0 };
}

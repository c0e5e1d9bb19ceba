import { allProblems, makeProblem, newCheck, report } from './parse/check.ts';
import { applyDefaults } from './parse/defaults.ts';
import { readJson } from './parse/json.ts';
import { formatProblem, type Problem, problemMessage } from './parse/problem.ts';
import { readScenario } from './parse/scenario.ts';
import { checkTree } from './parse/tree.ts';
import type { ResolvedScenario, Scenario } from './scenario.ts';
import { utf8Length } from './text-lines.ts';

export { applyDefaults, formatProblem, type Problem, problemMessage };

export type ParsedScenario =
  | { ok: true; scenario: Scenario; resolved: ResolvedScenario; warnings: Problem[] }
  | { ok: false; problems: Problem[] };

/** A scenario is a few kB, and the texts of a few producers. */
export const MAX_FILE_BYTES = 16_777_216;

/** Reads the text of a scenario file: all problems, or the scenario as written and with every default filled in. */
export function parseScenario(text: string, fileName: string): ParsedScenario {
  if (text.length > MAX_FILE_BYTES || utf8Length(text) > MAX_FILE_BYTES) {
    const params = { size: text.length, max: MAX_FILE_BYTES };
    return { ok: false, problems: [makeProblem(fileName, '', 'file-too-large', params, {})] };
  }
  const json = readJson(text);
  if (json.ok) return validateScenario(json.value, fileName);
  const { line, column, code, params } = json.fault;
  return { ok: false, problems: [makeProblem(fileName, `${line}:${column}`, code, params, {})] };
}

/** The same for a value that is JSON already: from a link, the page's store or a test. */
export function validateScenario(json: unknown, fileName: string): ParsedScenario {
  const check = newCheck(fileName);
  const fault = checkTree(json);
  if (fault !== null) report(check, fault.place, fault.code, fault.params);
  const scenario = fault === null ? readScenario(check, json) : undefined;
  if (scenario === undefined || check.problems.length > 0) return { ok: false, problems: allProblems(check) };
  return { ok: true, scenario, resolved: applyDefaults(scenario), warnings: check.warnings };
}

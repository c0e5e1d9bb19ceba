/** `check FILE...`: scenarios with `expect` are run and compared, vector files run against the project's own code. */
import { readFileSync } from 'node:fs';
import { resultOf } from '../engine/projection/result.ts';
import { checkExpect } from '../protocol/expect.ts';
import { checkVectorFile } from './check-vectors.ts';
import { type CommandOutput, wrongCall } from './output.ts';
import { readScenarioFile } from './run.ts';
import { runScenario, say } from './run-scenario.ts';

interface Checked {
  readonly passed: number;
  readonly failed: number;
  readonly lines: readonly string[];
}

export function checkCommand(files: readonly string[]): CommandOutput {
  if (files.length === 0) return wrongCall('usage: check FILE...');
  const option = files.find((file) => file.startsWith('--'));
  if (option !== undefined) return wrongCall(`check: unknown option "${option}".\nusage: check FILE...`);
  let passed = 0;
  let failed = 0;
  const lines: string[] = [];
  for (const file of files) {
    const checked = checkFile(file);
    passed += checked.passed;
    failed += checked.failed;
    lines.push(...checked.lines);
  }
  lines.push(`${passed} passed, ${failed} failed`);
  return { stdout: `${lines.join('\n')}\n`, stderr: '', exitCode: failed > 0 ? 1 : 0 };
}

/** Anything that cannot be checked counts as one failure, with the reason. */
function checkFile(file: string): Checked {
  try {
    const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof json === 'object' && json !== null && 'cases' in json) return fromVectors(file, json);
    return checkScenario(file);
  } catch (error) {
    return { passed: 0, failed: 1, lines: [`${file}: ${error instanceof Error ? error.message : String(error)}`] };
  }
}

function fromVectors(file: string, json: unknown): Checked {
  const { passed, failed, misses } = checkVectorFile(json, file);
  return { passed, failed, lines: misses };
}

/** Every expectation counts, and every step of the file that never ran counts as failed. */
function checkScenario(file: string): Checked {
  const parsed = readScenarioFile(file);
  if (!parsed.ok) return { passed: 0, failed: 1, lines: parsed.text.trimEnd().split('\n') };
  const expect = parsed.scenario.expect;
  if (expect === undefined || Object.keys(expect).length === 0)
    return { passed: 0, failed: 1, lines: [`${file}: has no "expect" and no "cases": nothing to check`] };
  const result = resultOf(runScenario(parsed), say);
  const misses = checkExpect(result, expect);
  const lines = misses.map(({ message }) => `${file}: ${message}`);
  for (const { step, do: verb, why } of result.stepsNotRun)
    lines.push(`${file}: steps[${step}] (${verb}) never ran: ${why}`);
  return {
    passed: Object.keys(expect).length - misses.length,
    failed: misses.length + result.stepsNotRun.length,
    lines,
  };
}

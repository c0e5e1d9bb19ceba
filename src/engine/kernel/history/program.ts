/** From a branch's content to a scenario file and to what the kernel runs; and from a file to a first content. */
import type { StepCommand } from '../../../protocol/engine-client.ts';
import type { Scenario, ScenarioStep } from '../../../protocol/scenario.ts';
import { msToUs, usToMs } from '../../../protocol/time.ts';
import { lateEdits } from '../../slots.ts';
import type { TimedCommand } from '../world.ts';
import type { BranchContent, EngineParts, Entry, ProblemLike, Program } from './branch.ts';

/** The content of a scenario as it was opened. `off` are ids of its steps that are switched off. */
export function contentOf(base: Scenario, off: readonly number[]): BranchContent {
  const entries: Entry[] = [];
  (base.steps ?? []).forEach((step, id) => {
    if (step.atMs === undefined) return;
    const { atMs, ...command } = step;
    entries.push({ id, atUs: msToUs(atMs), command: command as StepCommand, off: off.includes(id), origin: 'file' });
  });
  return { base, edits: [], workloads: [], entries };
}

/** The branch as a scenario file, and which entry each of its steps is. */
export function scenarioOf(content: BranchContent): { scenario: Scenario; entryIds: number[] } {
  const byId = new Map(content.entries.map((entry) => [entry.id, entry]));
  const steps: ScenarioStep[] = [];
  const entryIds: number[] = [];
  const add = (entry: Entry): void => {
    if (entry.off) return;
    steps.push({ atMs: usToMs(entry.atUs), ...entry.command } as ScenarioStep);
    entryIds.push(entry.id);
  };
  (content.base.steps ?? []).forEach((step, id) => {
    const entry = byId.get(id);
    if (entry !== undefined) {
      add(entry);
    } else if (step.atMs === undefined) {
      steps.push(step);
      entryIds.push(-1);
    }
  });
  for (const entry of content.entries) if (entry.origin === 'you') add(entry);
  let scenario: Scenario = content.base;
  for (const edit of content.edits) scenario = lateEdits.withEdit(scenario, edit);
  for (const { producer, text } of content.workloads) scenario = lateEdits.withText(scenario, producer, text);
  if (steps.length > 0 || scenario.steps !== undefined) scenario = { ...scenario, steps };
  return { scenario, entryIds };
}

/** Everything is checked here, by the same parser as a file: a content that does not run is refused with its problems. */
export function programOf(parts: EngineParts, content: BranchContent): Program | { problems: readonly ProblemLike[] } {
  const { scenario, entryIds } = scenarioOf(content);
  const resolution = parts.resolve(scenario);
  if (!resolution.ok) return { problems: resolution.problems };
  const { resolved } = resolution;
  const commands: TimedCommand[] = [];
  for (const { index, start, command } of resolved.steps) {
    if (start.kind === 'at') commands.push({ id: index, atUs: start.atUs, command });
  }
  commands.sort((a, b) => a.atUs - b.atUs || a.id - b.id);
  return { scenario, resolved, commands, entryIds };
}

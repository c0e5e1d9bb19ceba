import type {
  ResolvedScenario,
  ResolvedStep,
  ResolvedWhen,
  Scenario,
  ScenarioStep,
  ScenarioWhen,
} from '../scenario.ts';
import { msToUs } from '../time.ts';
import { commandOf } from './commands.ts';
import { partitionRef, resolveScenario } from './resolve.ts';

/** Fills in every default. The scenario has been checked: it comes from parseScenario or validateScenario. */
export function applyDefaults(scenario: Scenario): ResolvedScenario {
  return resolveScenario(scenario, resolveStep);
}

function resolveStep(step: ScenarioStep, index: number, brokers: number): ResolvedStep {
  const command = commandOf(step, brokers);
  if (step.when === undefined) return { index, start: { kind: 'at', atUs: msToUs(step.atMs ?? 0) }, command };
  const afterUs = msToUs(step.when.afterMs ?? 0);
  return { index, start: { kind: 'when', when: resolveWhen(step.when), afterUs }, command };
}

function resolveWhen(when: ScenarioWhen): ResolvedWhen {
  if ('acked' in when) return { event: 'acked', ...when.acked };
  if ('sent' in when) return { event: 'sent', ...when.sent };
  if ('processed' in when) return { event: 'processed', ...when.processed };
  if ('leader' in when) return { event: 'leader', partition: partitionRef(when.leader.partition), is: when.leader.is };
  if ('isr' in when) {
    return { event: 'isr', partition: partitionRef(when.isr.partition), is: [...when.isr.is].sort((a, b) => a - b) };
  }
  if ('groupState' in when) {
    const { group, is, members } = when.groupState;
    return { event: 'groupState', group, is, members: members ?? null };
  }
  return { event: 'previous' };
}

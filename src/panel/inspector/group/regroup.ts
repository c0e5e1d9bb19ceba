/** The same consumers as one group (a queue) or as a group each (publish-subscribe). Pure. */
import type { Scenario, ScenarioConsumer } from '../../../protocol/scenario.ts';

const groupOf = (c: ScenarioConsumer): string | undefined => c.config?.['group.id'];

function regrouped(scenario: Scenario, groups: readonly string[], name: (c: ScenarioConsumer) => string): Scenario {
  const consumers = (scenario.consumers ?? []).map((c) => {
    const group = groupOf(c);
    if (group === undefined || !groups.includes(group) || c.assign !== undefined) return c;
    return { ...c, config: { ...c.config, 'group.id': name(c) } };
  });
  // What is expected of the file holds of its own groups.
  const { expect: _, ...rest } = scenario;
  return { ...rest, consumers };
}

/** All consumers of these groups become members of the first. */
export function asQueue(scenario: Scenario, groups: readonly string[]): Scenario {
  return regrouped(scenario, groups, () => groups[0] ?? '');
}

/** Each consumer of these groups gets a group of its own; the first keeps the name of its group. */
export function asPublishSubscribe(scenario: Scenario, groups: readonly string[]): Scenario {
  const taken = new Set<string>();
  return regrouped(scenario, groups, (c) => {
    const group = groupOf(c) ?? '';
    const own = taken.has(group) ? `${group}-${c.id}` : group;
    taken.add(own);
    return own;
  });
}

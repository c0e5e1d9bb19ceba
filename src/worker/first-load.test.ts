/** The worker starts a shipped scenario without its parser: what the parser would have said must be the same. */
import { expect, test } from 'vitest';
import { applyDefaults } from '../protocol/parse/defaults.ts';
import { validateScenario } from '../protocol/parse-scenario.ts';
import { loadScenario } from '../scenario/index.ts';

test.each(['en', 'zh'] as const)('the default scenario, %s', async (language) => {
  const scenario = await loadScenario('default', language);
  const parsed = validateScenario(scenario, 'default');
  expect(parsed.ok).toBe(true);
  expect(parsed.ok && parsed.resolved).toEqual(applyDefaults(scenario));
});

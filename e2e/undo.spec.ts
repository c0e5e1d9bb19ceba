/** Undo and redo: by key and by button, of every kind of change, with what they did in words; links and files hold the result. */
import { expect, type Scope, test, words } from './page.ts';

const undo = (scope: Scope) => scope.time.getByRole('button', { name: /^Undo:/ });
const redo = (scope: Scope) => scope.time.getByRole('button', { name: /^Do again:/ });

test('a command is undone and done again by keys, and the moment stays', async ({ scope }) => {
  await scope.openPaused();
  const atUs = await scope.atUs();
  const before = await scope.hash();
  await expect(undo(scope)).toHaveCount(0);
  await scope.thing(/^Broker 1, /).click();
  await scope.page.keyboard.press('k');
  await scope.until((state) => state.frame!.brokers[0]!.state === 'down');
  await expect(undo(scope)).toHaveAccessibleName(/kill broker 1/i);
  const after = await scope.hash();

  await scope.page.keyboard.press('Control+z');
  await scope.until((state) => state.edits.undo === null && state.pending === 0);
  expect(await scope.read((state) => state.frame!.brokers[0]!.state)).toBe('up');
  expect(Math.abs((await scope.atUs()) - atUs)).toBeLessThanOrEqual(1);
  await expect(scope.page.getByText(/Undone: kill broker 1/i)).toBeVisible();
  await expect(scope.time.getByRole('button', { name: /^kill broker 1 at/i })).toHaveCount(0);
  expect(await scope.ask({ ask: 'scenario' })).not.toHaveProperty('steps.0');
  await scope.seek(atUs);
  expect((await scope.hash()).hash).toBe(before.hash);

  await scope.page.keyboard.press('Control+Shift+Z');
  await scope.until((state) => state.edits.redo === null && state.pending === 0);
  expect(await scope.read((state) => state.frame!.brokers[0]!.state)).toBe('down');
  await scope.seek(after.atUs);
  expect((await scope.hash()).hash).toBe(after.hash);
  await scope.page.keyboard.press('Control+z');
  await scope.until((state) => state.edits.undo === null && state.pending === 0);
  await scope.page.keyboard.press('Control+y');
  await scope.until((state) => state.edits.redo === null && state.pending === 0);
  expect(await scope.read((state) => state.frame!.brokers[0]!.state)).toBe('down');
});

test('values, texts and commands on the lane are undone one by one with the button, and a new edit ends the redo', async ({
  scope,
}) => {
  await scope.openPaused();
  await scope.seek(10_000_000);
  const scenarios = [JSON.stringify(await scope.ask({ ask: 'scenario' }))];
  const done = async (what: string): Promise<void> => {
    await scope.page.evaluate(`(${what})(window.kafkascope.state().actions)`);
    await scope.settled();
    scenarios.push(JSON.stringify(await scope.ask({ ask: 'scenario' })));
  };
  await done(`(a) => a.configure([{ scope: 'producer', entity: 'checkout', key: 'acks', value: 'all' }], 'start')`);
  await done(`(a) => a.configure([
    { scope: 'producer', entity: 'checkout', key: 'linger.ms', value: '20' },
    { scope: 'topic', entity: 'orders', key: 'min.insync.replicas', value: '2' }], 'now')`);
  await done(`(a) => a.workload('checkout', 'one\\ntwo', 'start')`);
  await done(`(a) => a.command({ do: 'broker.pause', broker: 3 })`);
  expect(new Set(scenarios).size).toBe(5);

  for (const expected of scenarios.slice(0, -1).reverse()) {
    await undo(scope).click();
    await scope.settled();
    expect(JSON.stringify(await scope.ask({ ask: 'scenario' }))).toBe(expected);
    expect(Math.abs((await scope.atUs()) - 10_000_000)).toBeLessThan(10);
  }
  await expect(scope.time.getByRole('button', { name: words('time.undo.do.nothing') })).toBeDisabled();
  for (const expected of scenarios.slice(1)) {
    await redo(scope).click();
    await scope.settled();
    expect(JSON.stringify(await scope.ask({ ask: 'scenario' }))).toBe(expected);
  }
  await scope.page.keyboard.press('Control+z');
  await scope.settled();
  await done(`(a) => a.command({ do: 'broker.pause', broker: 2 })`);
  await expect(redo(scope)).toHaveCount(0);
  expect(await scope.read((state) => state.edits.redo)).toBeNull();
});

test('Ctrl+Z in a field belongs to the field', async ({ scope }) => {
  await scope.openPaused();
  await scope.thing(/^Producer checkout/).click();
  await scope.page.evaluate(() =>
    window
      .kafkascope!.state()
      .actions.configure([{ scope: 'producer', entity: 'checkout', key: 'acks', value: 'all' }], 'start'),
  );
  await scope.settled();
  const find = scope.inspector
    .getByRole('searchbox')
    .or(scope.inspector.getByPlaceholder(/Find among/))
    .first();
  await find.fill('linger');
  await find.press('Control+z');
  expect(await scope.read((state) => state.edits.undo)).not.toBeNull();
});

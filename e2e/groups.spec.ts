/** A consumer group on the stage: who reads what, a member that goes, cells that empty and fill, forward and back; and sixty partitions. */
import { expect, type Scope, shipped, test, words } from './page.ts';

const cell = (scope: Scope, partition: string) => scope.thing(new RegExp(`^billing, ${partition}: `));

/** The member that holds a partition, as the cell is read out. */
async function owner(scope: Scope, partition: string): Promise<string> {
  const name = (await cell(scope, partition).getAttribute('aria-label')) ?? '';
  return /: (\w+) reads it/.exec(name)?.[1] ?? 'nobody';
}

async function owners(scope: Scope): Promise<string[]> {
  return [await owner(scope, 'orders-0'), await owner(scope, 'orders-1'), await owner(scope, 'orders-2')];
}

test('a member dies: its cell empties when the coordinator gives it up, fills again, and stepping back undoes it', async ({
  scope,
}) => {
  await scope.openPaused();
  await expect(scope.thing(/^Group billing, stable.*4 members/)).toBeVisible();
  const before = await owners(scope);
  expect(new Set(before).size).toBe(3);
  expect(before).not.toContain('nobody');
  const idle = ['c1', 'c2', 'c3', 'c4'].find((id) => !before.includes(id)) as string;
  await expect(scope.thing(new RegExp(`^Member ${idle} of billing: `))).toContainText(words('stage.member.idle'));

  // By the menu of the member that reads orders-0.
  const doomed = before[0] as string;
  await scope.thing(new RegExp(`^Member ${doomed} of billing: `)).click();
  const started = await scope.atUs();
  await scope.page.evaluate((consumer) => {
    window.kafkascope!.state().actions.command({ do: 'consumer.crash', consumer });
  }, doomed);
  await scope.settled();
  await expect(cell(scope, 'orders-0')).toHaveAttribute('aria-label', /nobody reads it/);

  // Its session is 45 s; the rest is the engine's affair.
  await scope.seek(started + 60_000_000);
  const after = await owners(scope);
  expect(after).not.toContain('nobody');
  expect(after).not.toContain(doomed);
  expect(after).toContain(idle);
  const group = await scope.read((state) => state.frame!.groups[0]!);
  expect(group).toMatchObject({ state: 'Stable', generation: 2 });

  await scope.seek(started - 1000);
  expect(await owners(scope)).toEqual(before);
  await expect(scope.thing(/^Group billing, stable.*4 members/)).toBeVisible();
});

test('the group in the inspector: its coordinator, members, and its own log decoded', async ({ scope }) => {
  await scope.openPaused();
  // The first automatic commit comes five seconds after the group has formed.
  await scope.seek(14_000_000);
  await scope.thing(/^Group billing, /).click();
  await scope.tab('State').click();
  await expect(scope.inspector).toContainText('Stable');
  await expect(scope.inspector).toContainText(/__consumer_offsets-\d+/);
  const partition = await scope.read((state) => state.frame!.groups[0]!.coordinatorPartition);
  await scope.page.evaluate(
    (thing) => window.kafkascope!.state().actions.select(thing as never),
    `partition:${partition}`,
  );
  await scope.tab('Log').click();
  await expect(scope.inspector).toContainText('billing');
  await expect(scope.inspector).toContainText('orders');
});

test('sixty partitions: stripes, a near view, find, and only what hurts', async ({ scope }) => {
  await scope.openPaused();
  await scope.play({ ...shipped('big-9x60'), untilMs: 9000 }, 1_000_000);
  const find = scope.page.getByRole('searchbox', { name: words('stage.find.label') });
  await expect(find).toBeVisible();
  await scope.page.keyboard.press('/');
  await expect(find).toBeFocused();
  await find.fill('payments-7');
  await expect(
    scope.page.getByRole('status').filter({ hasText: words('stage.find.count', { n: 1, of: 60 }) }),
  ).toBeVisible();
  await expect(scope.stage.locator('[data-thing="partition:payments-7"]').first()).toBeVisible();
  await expect(scope.stage.locator('[data-thing="partition:orders-0"]')).toHaveCount(0);
  await find.fill('');
  await expect(scope.stage.locator('[data-thing="partition:orders-0"]').first()).toBeAttached();
});

/**
 * Groups in the inspector and on the stage: a member that is kicked out cannot commit, a topic that a pattern matches, a static member
 * that comes back, what stands in __consumer_offsets, one group or three.
 */
import type { Scenario } from '../src/protocol/scenario.ts';
import { expect, type Scope, shipped, test, words } from './page.ts';

/** Opens a scenario at a moment with a group selected. */
async function withGroup(scope: Scope, scenario: Scenario | string, atUs: number, group: string): Promise<void> {
  await scope.openPaused();
  await scope.play(typeof scenario === 'string' ? shipped(scenario) : scenario, atUs);
  await scope.page.evaluate((id) => window.kafkascope!.state().actions.select(`group:${id}`, 'state'), group);
  await scope.settled();
  await expect(scope.inspector.getByRole('heading', { name: words('panel.grp.triggers') })).toBeVisible();
}

const button = (scope: Scope, key: string, on = '') =>
  scope.inspector.getByRole('button', { name: words(`panel.grp.trigger.${key}`, { on }), exact: true });

const group = (scope: Scope, id: string) =>
  scope.page.evaluate((name) => window.kafkascope!.state().frame!.groups.find((g) => g.id === name)!, id);

test('a member that is too slow is kicked out; its commit fails, and what was processed twice is listed with its cause', async ({
  scope,
}) => {
  await withGroup(scope, 'g7-commit-refused-processed-twice', 24_000_000, 'g');
  await scope.seek(40_000_000);
  const g = await group(scope, 'g');
  expect(g.reprocessed).toBeGreaterThan(0);
  await expect(
    scope.inspector.getByText(words('panel.grp.again', { n: g.reprocessed }), { exact: true }),
  ).toBeVisible();
  const heads = scope.inspector.locator('.ks-grp-fault-head');
  const count = await heads.count();
  expect(count).toBeGreaterThan(0);
  for (let i = 0; i < count; i++)
    if ((await heads.nth(i).getAttribute('aria-expanded')) !== 'true') await heads.nth(i).click();
  const faults = scope.inspector.locator('.ks-grp-faults');
  await expect(faults).toContainText('CommitFailedException');
  await expect(faults).toContainText('max.poll.interval.ms');
  // The story of one of the records tells the same.
  await faults
    .getByRole('button', { name: words('panel.grp.fault.story') })
    .first()
    .click();
  await expect(scope.dialog).toContainText('again');
  await scope.page.keyboard.press('Escape');
  // A link of the chain is a moment that one can go to.
  await faults.locator('.ks-time').first().click();
  await scope.settled();
  expect(await scope.atUs()).toBeLessThan(40_000_000);
});

test('one click makes a member too slow; it is out, and one step back it is in again', async ({ scope }) => {
  await withGroup(scope, 'queue-one-group', 12_000_000, 'packing');
  const before = await group(scope, 'packing');
  await button(scope, 'slow').click();
  await scope.settled();
  await scope.seek(39_000_000);
  await scope.page.keyboard.press('Control+z');
  await scope.settled();
  await scope.seek(12_000_000);
  expect((await group(scope, 'packing')).members.map((m) => m.owned)).toEqual(before.members.map((m) => m.owned));
  expect(await scope.read((s) => s.timeline.commands.length)).toBe(0);
});

test('a new topic that the pattern matches is one click, and the group rebalances to read it', async ({ scope }) => {
  const scenario: Scenario = {
    ...shipped('queue-one-group'),
    consumers: [1, 2].map((n) => ({
      id: `c${n}`,
      joinMs: 1000,
      config: { 'group.id': 'g', 'auto.offset.reset': 'earliest', 'metadata.max.age.ms': '3000' },
      subscribePattern: 'orders.*',
    })),
  };
  const { expect: _, ...rest } = scenario;
  await withGroup(scope, rest, 9_000_000, 'g');
  const before = await group(scope, 'g');
  await button(scope, 'topic', 'ordersnew').click();
  await scope.settled();
  await scope.seek(20_000_000);
  const after = await group(scope, 'g');
  expect(after.topics).toContain('ordersnew');
  expect(after.generation).toBeGreaterThan(before.generation);
  expect(after.partitions.filter((p) => p.owner === null)).toEqual([]);
  await expect(scope.stage.locator('[data-thing="partition:ordersnew-0"]').first()).toBeVisible();
});

test('a static member restarts without a rebalance, a dynamic one with one', async ({ scope }) => {
  const { expect: _, ...base } = shipped('queue-one-group');
  const consumers = (isStatic: boolean) =>
    [1, 2, 3].map((n) => ({
      id: `c${n}`,
      joinMs: 1000,
      config: {
        'group.id': 'g',
        'auto.offset.reset': 'earliest',
        'session.timeout.ms': '6000',
        ...(isStatic ? { 'group.instance.id': `i${n}` } : {}),
      },
      subscribe: ['orders'],
    }));
  for (const isStatic of [true, false]) {
    await withGroup(scope, { ...base, consumers: consumers(isStatic) }, 9_000_000, 'g');
    const before = await group(scope, 'g');
    await button(scope, 'restart').click();
    await scope.settled();
    await scope.seek(39_000_000);
    const after = await group(scope, 'g');
    if (isStatic) {
      expect(after.generation).toBe(before.generation);
      expect(after.members.map((m) => m.owned)).toEqual(before.members.map((m) => m.owned));
      await expect(scope.inspector).toContainText('group.instance.id');
    } else expect(after.generation).toBeGreaterThan(before.generation);
  }
});

test('its records in __consumer_offsets, field by field; where they lie, with the sum; and in ZooKeeper’s time', async ({
  scope,
}) => {
  await withGroup(scope, 'queue-one-group', 12_000_000, 'packing');
  await scope.tab('Log').click();
  await expect(scope.inspector).toContainText('"packing".hashCode()');
  await expect(scope.inspector).toContainText('-807054551');
  const record = scope.inspector.locator('.ks-decoded', { hasText: 'OffsetCommit' }).first();
  await record.getByRole('button').click();
  await expect(record).toContainText('OffsetCommitKey');
  await expect(record).toContainText('commitTimestamp');
  const metadata = scope.inspector.locator('.ks-decoded', { hasText: 'GroupMetadata' }).first();
  await metadata.getByRole('button').click();
  await expect(metadata).toContainText('assignedPartitions');
  await scope.inspector.getByText(words('panel.grp.where.then')).click();
  await expect(scope.inspector).toContainText('/consumers');
  const g = await group(scope, 'packing');
  const committed = g.partitions.find((p) => p.partition === 'orders-0')?.committed;
  await expect(scope.inspector).toContainText(`/0 = "${committed}"`);
  await scope.inspector.getByText(words('panel.grp.where.now')).click();
  await scope.inspector.getByRole('button', { name: /^Open the log of __consumer_offsets-1$/ }).click();
  await scope.settled();
  expect(await scope.read((s) => s.selection)).toBe('partition:__consumer_offsets-1');
  await expect(scope.inspector.locator('.ks-decoded').first()).toBeVisible();
});

test('the coordinator moves by one click; the inspector says who led before', async ({ scope }) => {
  await withGroup(scope, 'queue-one-group', 12_000_000, 'packing');
  const before = await group(scope, 'packing');
  await button(scope, 'move').click();
  await scope.settled();
  await scope.seek(25_000_000);
  const after = await group(scope, 'packing');
  expect(after.coordinator).not.toBe(before.coordinator);
  expect(after.generation).toBe(before.generation);
  const terms = scope.inspector.locator('.ks-grp-terms li');
  await expect(terms).toHaveCount(2);
  await expect(terms.first()).toContainText(`broker ${before.coordinator}`);
});

test('as a queue each record is processed once, as publish-subscribe once in every group', async ({ scope }) => {
  await withGroup(scope, 'queue-one-group', 38_000_000, 'packing');
  expect((await scope.read((s) => s.frame!.groups)).map((g) => g.processed)).toEqual([240]);
  await expect(scope.inspector).toContainText(/240 different records, processed 240 times in all/);
  await scope.inspector.getByText(words('panel.grp.model.pubsub'), { exact: true }).click();
  await scope.until((s) => s.pending === 0 && s.frame?.groups.length === 3 && s.frame.atUs === 38_000_000);
  expect((await scope.read((s) => s.frame!.groups)).map((g) => g.processed)).toEqual([240, 240, 240]);
  await expect(scope.inspector).toContainText(/240 different records, 720 times in all/);
  await expect(scope.thing(/^Group packing-packer-2, /)).toBeVisible();
  await scope.inspector.getByText(words('panel.grp.model.queue'), { exact: true }).click();
  await scope.until((s) => s.pending === 0 && s.frame?.groups.length === 1 && s.frame.atUs === 38_000_000);
  expect((await scope.read((s) => s.frame!.groups)).map((g) => g.processed)).toEqual([240]);
});

test('the chooser tells what to look at, and opens the story beside its group', async ({ scope }) => {
  await scope.openPaused();
  await scope.page.getByRole('button', { name: words('app.open'), exact: true }).click();
  await expect(scope.dialog.getByRole('heading', { name: words('panel.stories.consumer-side') })).toBeVisible();
  await expect(scope.dialog).toContainText(words('panel.stories.c1-commit-before-processing.look'));
  await scope.dialog
    .getByRole('button', { name: words('panel.stories.c1-commit-before-processing'), exact: true })
    .click();
  await scope.until((s) => s.info?.title === 'C1-commit-before-processing' && s.selection === 'group:g');
  await scope.pause();
  await scope.seek(30_000_000);
  await expect(scope.inspector).toContainText(words('panel.grp.fault.skipped', { n: 13 }));
});

/** The lesson *An acknowledged message, lost*, with the mouse, from its first step to its last card. */
import type { Locator } from '@playwright/test';
import type { Memory } from '../src/lesson/acknowledged-and-lost/memory.ts';
import type { BranchSummary } from '../src/protocol/frame.ts';
import { expect, type Scope, test, words } from './page.ts';

const LINES = [
  'Dear Anna, the kettle is yours',
  'Dear Ines, thank you for waiting',
  'Dear Mei, we found your umbrella',
];
const ATTEMPTS = 6;

const title = (scope: Scope): Locator => scope.lesson.getByRole('heading', { level: 2 });
const press = (scope: Scope, name: string): Promise<void> =>
  scope.lesson.getByRole('button', { name, exact: true }).click();
/** The step is there, and the lesson has done what it does on entering it. */
async function stepIs(scope: Scope, step: number): Promise<void> {
  await expect(scope.lesson.getByText(`Step ${step} of 12`)).toBeVisible();
  await expect(scope.lesson.getByText(words('lesson.busy'))).toHaveCount(0);
}

/** Presses 'Skip the wait' until `over` can be seen: a skip ends at the next decision, which need not be the last one. */
async function skipUntil(scope: Scope, over: Locator): Promise<void> {
  const skip = scope.lesson.getByRole('button', { name: words('lesson.skip-wait') });
  await expect(async () => {
    if (!(await over.isVisible())) await skip.click({ timeout: 500 });
    await expect(over).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 60_000, intervals: [50] });
}

/** Kills broker 1 with the lesson's button and waits for what came of it; true: something was lost. */
async function killAndReveal(scope: Scope): Promise<boolean> {
  await stepIs(scope, 4);
  // At risk rises and falls before anything breaks; here it is caught above zero.
  await expect(scope.lesson.locator('.ks-lesson-figure')).toHaveAttribute('data-tone', 'risk');
  await scope.until((state) => (state.frame?.totals.atRisk ?? 0) > 0);
  const kill = scope.lesson.getByRole('button', { name: 'Kill broker 1' });
  await kill.click();
  await expect(title(scope)).toHaveText(/Nobody knows yet|acknowledged|nothing was lost/);
  await skipUntil(scope, scope.lesson.getByText('Step 6 of 12'));
  await expect(title(scope)).toHaveText(/Where (is it|are they) now|nothing was lost/);
  return scope.read((state) => state.frame!.totals.lost > 0);
}

/** A row of one of the lesson's cards: before and after as they can be read. */
async function row(card: Locator, label: string): Promise<readonly string[]> {
  return card.getByRole('row').filter({ hasText: label }).getByRole('cell').allTextContents();
}

const duration = (us: number): string => words('lesson.card.time', { us });
const leaderless = (summary: BranchSummary): number =>
  summary.leaderless.find(({ partition }) => partition === 'orders-0')?.totalUs ?? 0;

/** Both branches as the engine counts them, against the lesson's card. */
async function compareCard(scope: Scope, card: Locator, from: number, to: number, atUs: number): Promise<void> {
  const [before, after] = [
    await scope.ask({ ask: 'summary', branch: from, atUs }),
    await scope.ask({ ask: 'summary', branch: to, atUs }),
  ];
  expect(await row(card, words('lesson.card.lost'))).toEqual([String(before.totals.lost), String(after.totals.lost)]);
  expect(await row(card, words('lesson.card.ack'))).toEqual([
    duration(before.ack.p50WhileHealthy),
    duration(after.ack.p50WhileHealthy),
  ]);
  expect(await row(card, words('lesson.card.leaderless'))).toEqual([
    duration(leaderless(before)),
    duration(leaderless(after)),
  ]);
}

test('the whole lesson with the mouse', async ({ scope }) => {
  await scope.open();
  await stepIs(scope, 1);
  await press(scope, 'Follow one order');

  await stepIs(scope, 2);
  await press(scope, words('lesson.skip'));
  const moments = scope.lesson.locator('.ks-lesson-moments li');
  await expect(moments.last()).toHaveAttribute('data-reached', 'true');
  expect(await moments.count()).toBeGreaterThan(3);
  await press(scope, 'Next');

  await stepIs(scope, 3);
  for (const [i, line] of LINES.entries())
    await scope.lesson.getByRole('textbox', { name: `line ${i + 1}` }).fill(line);
  await press(scope, 'Let them flow');

  await stepIs(scope, 4);
  await expect(scope.inspector.getByRole('heading', { name: /orders-0/ })).toBeVisible();
  await scope.tab('Log').click();
  for (const line of LINES) await expect(scope.inspector.getByRole('tabpanel').getByText(line).first()).toBeVisible();

  const kill = scope.lesson.getByRole('button', { name: 'Kill broker 1' });
  await expect(kill).toBeDisabled();
  await scope.lesson.getByRole('radio', { name: /They are lost/ }).check();
  let lost = await killAndReveal(scope);
  for (let i = 1; !lost && i < ATTEMPTS; i++) {
    // Lucky: the page says why, and offers to try once more.
    await expect(scope.lesson.locator('.ks-lesson-reveal')).not.toBeEmpty();
    await press(scope, words('lesson.lost.reveal.again'));
    lost = await killAndReveal(scope);
  }
  expect(lost, `something is lost in ${ATTEMPTS} attempts`).toBe(true);

  // The reveal by value: one of the learner's own lines, and a door to its story.
  const reveal = scope.lesson.locator('.ks-lesson-reveal');
  const gone = reveal.getByRole('button').first();
  const said = /‘(.*)’/.exec((await gone.textContent()) ?? '')?.[1] ?? '';
  expect(LINES).toContain(said);
  expect(await scope.value('lost')).toBe((await scope.ask({ ask: 'records', which: 'lost', limit: 1, from: 0 })).total);
  await gone.click();
  await expect(scope.dialog.getByRole('blockquote')).toHaveText(said);
  await expect(scope.dialog.getByText(words('panel.fate.lost.why'))).toBeVisible();
  await scope.dialog.getByRole('button', { name: 'Close' }).click();
  await expect(scope.lesson.getByText(/A real .* cluster did this/)).toBeVisible();

  // Between the answer and the copy: broker 1 lives, the record is acknowledged and nowhere else.
  await press(scope, words('lesson.lost.reveal.button'));
  await stepIs(scope, 7);
  await scope.settled();
  expect(await scope.read((state) => state.frame!.brokers[0]!.state)).toBe('up');
  expect(await scope.value('lost')).toBe(0);
  await expect(scope.lesson.locator('.ks-lesson-moments')).not.toContainText('-');
  const { killUs, gapRow } = (await scope.read((state) => state.lesson!.data)) as Memory;
  if (gapRow!.ackedUs < killUs!) expect(await scope.value('at risk')).toBeGreaterThan(0);
  await expect(scope.inspector.getByRole('heading', { name: /record \d+/ })).toBeVisible();
  await press(scope, words('lesson.lost.back.button'));

  // acks=all alone: the same seconds.
  await stepIs(scope, 8);
  await scope.lesson.getByRole('radio', { name: 'None' }).check();
  await press(scope, 'Replay with acks=all');
  await expect(title(scope)).toHaveText('None lost, and the price');
  const { branched, atUs } = await scope.read((state) => ({ branched: state.branched, atUs: state.frame!.atUs }));
  const card = scope.lesson.getByRole('table', { name: 'Broker 1 killed' });
  await compareCard(scope, card, branched!.from, branched!.to, atUs);
  expect(await row(card, 'enable.idempotence')).toEqual(['off', 'on']);
  expect(Number((await row(card, words('lesson.card.lost')))[0])).toBeGreaterThan(0);
  expect(await scope.value('lost')).toBe(0);
  await press(scope, words('lesson.all-changes'));
  await expect(scope.dialog.getByRole('row', { name: /^Lost/ })).toContainText(/[1-9]\d*\s*→\s*0/);
  await expect(scope.dialog.getByRole('listitem').filter({ hasText: /acks\s*1 → all/ })).toBeVisible();
  await scope.page.keyboard.press('Escape');
  await press(scope, words('lesson.lost.all.next'));

  // One copy in sync and a power cut: acknowledged with acks=all, and lost.
  await stepIs(scope, 9);
  await expect(scope.lesson.locator('.ks-lesson-figure strong')).toHaveText('1');
  await scope.lesson.getByRole('radio', { name: 'Acknowledged records too' }).check();
  await scope.until((state) => state.frame!.brokers[0]!.unflushedBytes > 0);
  await press(scope, 'Cut broker 1’s power');
  await stepIs(scope, 10);
  await press(scope, words('lesson.lost.power.start'));
  const next = scope.lesson.getByRole('button', { name: words('lesson.lost.power.next') });
  await skipUntil(scope, next);
  await expect(title(scope)).toHaveText(/acknowledged records? lost, with acks=all/);
  expect(await scope.value('lost')).toBeGreaterThan(0);
  await expect(scope.lesson.locator('.ks-lesson-reveal').getByRole('button').first()).toHaveText(/was acknowledged/);
  await next.click();

  // min.insync.replicas=2: refused instead of lost.
  await stepIs(scope, 11);
  await expect(title(scope)).toHaveText('Refused instead of lost');
  expect(await scope.value('lost')).toBe(0);
  const second = await scope.read((state) => ({ branched: state.branched, atUs: state.frame!.atUs }));
  const power = scope.lesson.getByRole('table', { name: /min\.insync\.replicas/ });
  await compareCard(scope, power, second.branched!.from, second.branched!.to, second.atUs);
  expect(Number((await row(power, words('lesson.card.refused')))[1])).toBe(
    (await scope.ask({ ask: 'result' })).requestErrors.NOT_ENOUGH_REPLICAS,
  );
  await press(scope, words('lesson.lost.refuse.button'));

  // The last card, with both tables, what a real cluster did, and three doors.
  await stepIs(scope, 12);
  await expect(scope.lesson.getByRole('table')).toHaveCount(2);
  await expect(scope.lesson.getByText(/A real .* cluster did this/)).toBeVisible();
  for (const door of ['next', 'labs', 'free']) {
    await expect(scope.lesson.getByRole('button', { name: words(`lesson.lost.door.${door}`) })).toBeVisible();
  }
  await scope.lesson.getByRole('button', { name: /^Free play/ }).click();
  await expect(scope.page.getByRole('button', { name: words('app.lesson.unfold') })).toBeVisible();
});

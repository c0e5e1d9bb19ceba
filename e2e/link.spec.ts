/** Moments as links and scenarios as files: what is shared is the same elsewhere, and what is broken harms nothing. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { encodeMoment, MAX_LINK_LENGTH } from '../src/protocol/link.ts';
import type { Scenario } from '../src/protocol/scenario.ts';
import { DEFAULT, expect, type Scope, stranger, test, words } from './page.ts';

const root = join(import.meta.dirname, '..');

/** The link of the dialog Share. */
async function shareLink(scope: Scope): Promise<string> {
  await scope.page.getByRole('button', { name: 'Share', exact: true }).click();
  const field = scope.dialog.getByRole('textbox');
  await expect(field).toHaveValue(/#k1\./);
  const link = await field.inputValue();
  await scope.dialog.getByRole('button', { name: 'Close' }).click();
  return link;
}

function momentOf(scenario: unknown, change: object = {}): string {
  const made = encodeMoment({
    version: 1,
    scenario: scenario as Scenario,
    atUs: 0,
    selection: null,
    off: [],
    ...change,
  });
  if (!made.ok) throw new Error(made.fault.message);
  return made.text;
}

test('a link opens the same moment in a browser that has never been here', async ({ scope, browser, baseURL }) => {
  await scope.openPaused();
  await scope.thing(/^Broker 1, /).click();
  await scope.page.keyboard.press('k');
  await scope.until((state) => state.frame!.brokers[0]!.state === 'down');
  await scope.page.keyboard.press('s');
  await scope.settled();
  await scope.thing(/^Partition orders-0/).click();
  const here = await scope.hash();
  const link = await shareLink(scope);

  const other = await stranger(browser, baseURL);
  await other.open(link);
  await other.settled();
  expect(await other.hash()).toEqual(here);
  await expect(other.clock).toHaveText((await scope.clock.textContent()) ?? '');
  await expect(other.inspector.getByRole('heading', { name: /orders-0/ })).toBeVisible();
  expect(await other.read((state) => state.player.playing)).toBe(false);
  await expect(other.time.getByRole('button', { name: /^kill broker 1 at/i })).toBeVisible();
  // The moment is the stranger's from here on: the link is no longer in the address.
  expect(other.page.url()).not.toContain('#');
  expect(other.complaints).toEqual([]);
  await other.page.context().close();
});

test('a command that is off stays off in a link', async ({ scope, browser, baseURL }) => {
  await scope.openPaused();
  await scope.play({ ...DEFAULT, steps: [{ atMs: 8_000, do: 'broker.kill', broker: 3 }] }, 9_000_000);
  await scope.time.getByRole('button', { name: /^kill broker 3 at/i }).click();
  await scope.time.getByRole('button', { name: words('panel.command.off') }).click();
  await scope.until((state) => state.frame!.brokers[2]!.state === 'up');
  await scope.settled();
  const here = await scope.hash();
  const link = await shareLink(scope);
  const other = await stranger(browser, baseURL);
  await other.open(link);
  await other.settled();
  expect((await other.hash()).hash).toBe(here.hash);
  await expect(other.time.getByRole('button', { name: /^kill broker 3 at .*switched off/i })).toBeVisible();
  await other.page.context().close();
});

test('a broken link says what is wrong, and the learner’s cluster stays', async ({ scope }) => {
  const good = momentOf(DEFAULT, { atUs: 5_000_000 });
  const broken: readonly (readonly [fragment: string, says: RegExp])[] = [
    [good.slice(0, -40), /cut off|damaged/],
    [good.slice(0, 30), /cut off|damaged/],
    [`k9.${good.slice(3)}`, /newer Kafkascope \(k9\)/],
    [`${good.slice(0, 60)}A${good.slice(61)}`, /damaged|cut off/],
    ['k1.<b>hello</b>', /holds .* which no link does/],
    ['hello', /no Kafkascope link/],
    [`k1.${'A'.repeat(MAX_LINK_LENGTH)}`, /characters; the most is/],
    [momentOf({ kafkascope: 1, topics: [{ name: 'orders', partitons: 3 }] }), /faults?; the first: .*partitons/],
  ];
  // The learner's own: a killed broker 2.
  await scope.openPaused();
  await scope.thing(/^Broker 2, /).click();
  await scope.page.keyboard.press('k');
  await scope.until((state) => state.frame!.brokers[1]!.state === 'down');
  const { hash } = await scope.hash();
  for (const [fragment, says] of broken) {
    await scope.page.evaluate((to) => location.assign(`#${to}`), fragment);
    await expect(scope.page.getByRole('heading', { name: words('app.error.open.link', { name: '' }) })).toBeVisible();
    await expect(scope.page.getByText(says)).toBeVisible();
    await expect(scope.page.getByText(words('app.error.kept'))).toBeVisible();
    await scope.page.getByRole('button', { name: words('app.error.back') }).click();
    await expect(scope.thing(/^Broker 2, down/)).toBeVisible();
    expect((await scope.hash()).hash).toBe(hash);
    expect(scope.page.url()).not.toContain('#');
  }
});

test('who comes with a broken link for the first time gets to a cluster', async ({ scope }) => {
  await scope.page.goto('./#k1.AAAA');
  await expect(scope.page.getByRole('heading', { name: words('app.error.open.link', { name: '' }) })).toBeVisible();
  await scope.page.getByRole('button', { name: /Back to my cluster|Open the first cluster/ }).click();
  await scope.firstPicture();
  await expect(scope.page.locator('.ks-chip').first()).toHaveText('A shop at work');
});

test('nothing from a link or a file becomes HTML', async ({ scope, browser, baseURL }) => {
  const evil = '<img src=x onerror="window.harmed=1"><script>window.harmed=1</script>';
  const scenario = {
    ...DEFAULT,
    title: evil,
    note: evil,
    producers: [
      {
        ...DEFAULT.producers![0],
        workload: {
          ...DEFAULT.producers![0]!.workload,
          keys: { kind: 'cycle', values: [evil] },
          values: { kind: 'lines', text: evil },
        },
      },
    ],
    steps: [{ atMs: 3_000, do: 'producer.send', producer: 'checkout', topic: 'orders', key: evil, value: evil }],
  };
  await scope.open(`./#${momentOf(scenario, { atUs: 4_000_000, selection: 'partition:orders-0' })}`);
  await scope.settled();
  await expect(scope.page.locator('.ks-chip').first()).toHaveText(evil);
  await scope.tab('Log').click();
  // One key only: everything is in one partition.
  const full = await scope.read((state) => state.frame!.partitions.find(({ leo }) => leo > 0)!.name);
  await scope.thing(new RegExp(`^Partition ${full}`)).click();
  await scope.inspector.getByRole('tabpanel').getByText(evil).first().click();
  await expect(scope.dialog.getByRole('blockquote')).toHaveText(evil);
  await scope.page.keyboard.press('Escape');
  await expect(scope.dialog).toHaveCount(0);
  await scope.number('sent').click();
  await expect(scope.dialog.getByRole('cell').getByText(evil).first()).toBeVisible();
  await scope.page.keyboard.press('Escape');
  await scope.tab('Events').click();
  const harmed = (of: Scope) =>
    of.page.evaluate(() => ({
      harmed: 'harmed' in window,
      foreign: document.querySelectorAll('#root img, #root script, #root iframe').length,
    }));
  expect(await harmed(scope)).toEqual({ harmed: false, foreign: 0 });

  // A selection that no cluster has is only text as well.
  const other = await stranger(browser, baseURL);
  await other.open(`./#${momentOf(DEFAULT, { selection: `broker:${evil}` })}`);
  await other.settled();
  expect(await harmed(other)).toEqual({ harmed: false, foreign: 0 });
  expect(other.complaints).toEqual([]);
  await other.page.context().close();
});

test('a saved file gives the same hash on the command line, and opens again', async ({ scope }, info) => {
  await scope.openPaused();
  await scope.thing(/^Broker 1, /).click();
  await scope.page.keyboard.press('k');
  await scope.until((state) => state.frame!.brokers[0]!.state === 'down');
  await scope.page.keyboard.press('s');
  await scope.settled();
  const atUs = await scope.atUs();
  const here = await scope.hash();
  const download = scope.page.waitForEvent('download');
  await scope.page.getByRole('button', { name: 'Save', exact: true }).click();
  const file = info.outputPath((await download).suggestedFilename());
  await (await download).saveAs(file);
  const scenario = JSON.parse(await readFile(file, 'utf8')) as Scenario;
  expect(scenario.kafkascope).toBe(1);

  const run = [join(root, 'src', 'cli', 'tools', 'run.mjs'), 'run', file, '--until', String(atUs / 1000)];
  const { stdout } = await promisify(execFile)(process.execPath, run, { cwd: root, maxBuffer: 1 << 26 });
  const result = JSON.parse(stdout) as { hash: string; seed: number; records: { lost: number } };
  const there = await scope.ask({ ask: 'result' });
  // A run to a moment has done all that is due at it; a skip stops behind its event. Both are the same then.
  await scope.seek(atUs);
  expect(result.hash).toBe((await scope.hash()).hash);
  expect(result.seed).toBe(scenario.seed);
  expect(result.records.lost).toBe(there.records.lost);
  expect(here.atUs).toBe(atUs);

  await scope.page.getByRole('button', { name: 'Open', exact: true }).click();
  await scope.dialog.locator('input[type=file]').setInputFiles(file);
  await expect(scope.dialog).toHaveCount(0);
  await scope.pause();
  await scope.seek(atUs);
  expect((await scope.hash()).hash).toBe(result.hash);
});

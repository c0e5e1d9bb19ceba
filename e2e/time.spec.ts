/** Time: steps, seeks, commands on the lane, branches, and a page that is opened again. */
import type { Locator } from '@playwright/test';
import { expect, type Scope, test, words } from './page.ts';

/** A kill in the past of the opening moment, and a restart in its future. */
async function withKill(scope: Scope): Promise<void> {
  const scenario = await scope.ask({ ask: 'scenario' });
  const steps = [
    { atMs: 8_500, do: 'broker.kill', broker: 1 },
    { atMs: 27_000, do: 'broker.start', broker: 1 },
  ];
  await scope.play({ ...scenario, steps }, 8_400_000);
}

interface Moment {
  readonly hash: string;
  readonly events: number;
  readonly drawing: string;
}

async function moment(scope: Scope): Promise<Moment> {
  await scope.settled();
  const { hash, events } = await scope.hash();
  return { hash, events, drawing: await scope.drawing() };
}

/** Where two drawings part, with a little of what stands around it: readable in a report, which a whole stage is not. */
function firstDifference(before: string, now: string): string {
  if (before === now) return '';
  let at = 0;
  while (before[at] === now[at]) at += 1;
  return `${before.slice(Math.max(0, at - 200), at)} [${before.slice(at, at + 60)}] is now [${now.slice(at, at + 60)}]`;
}

/** Slides and transitions take a moment of real time: the same picture in the end. */
async function expectMoment(scope: Scope, before: Moment): Promise<void> {
  await scope.settled();
  expect(await scope.hash()).toMatchObject({ hash: before.hash, events: before.events });
  await expect.poll(async () => firstDifference(before.drawing, await scope.drawing())).toBe('');
}

const flag = (scope: Scope, name: RegExp): Locator => scope.time.getByRole('button', { name });

test('steps back show what was there before, by event, by request and by thing', async ({ scope }) => {
  await scope.openPaused();
  await withKill(scope);
  await scope.seek(8_495_000);
  for (const [forward, back, count] of [
    ['Shift+ArrowRight', 'Shift+ArrowLeft', 8],
    ['ArrowRight', 'ArrowLeft', 6],
  ] as const) {
    const passed: Moment[] = [];
    await scope.page.keyboard.press(forward);
    for (let i = 0; i < count; i++) {
      passed.push(await moment(scope));
      await scope.page.keyboard.press(forward);
      await scope.settled();
      expect((await scope.hash()).events).toBeGreaterThan(passed.at(-1)!.events);
    }
    for (const before of passed.reverse()) {
      await scope.page.keyboard.press(back);
      await expectMoment(scope, before);
    }
  }

  // N and Shift+B: the next and the last event of the selected thing.
  await scope.thing(/^Broker 3, /).click();
  const passed: Moment[] = [];
  await scope.page.keyboard.press('n');
  for (let i = 0; i < 4; i++) {
    passed.push(await moment(scope));
    await scope.page.keyboard.press('n');
    await scope.settled();
  }
  for (const before of passed.reverse()) {
    await scope.page.keyboard.press('Shift+B');
    await expectMoment(scope, before);
  }
});

test('a moment that is sought has the picture of the first pass', async ({ scope }) => {
  await scope.openPaused();
  await withKill(scope);
  // The first pass is played, not sought: at a fixed speed until the clock has passed three marks.
  const passed: { atUs: number; moment: Moment }[] = [];
  await scope.time.getByRole('combobox', { name: words('panel.speed.label') }).selectOption('5');
  for (const mark of [9_000_000, 14_000_000, 19_000_000]) {
    await scope.time.getByRole('button', { name: words('panel.play'), exact: true }).click();
    await scope.page.waitForFunction((to) => window.kafkascope!.state().frame!.atUs >= to, mark);
    await scope.pause();
    // A step by an event: the moment is then one that an event made, and can be named exactly.
    await scope.page.keyboard.press('Shift+ArrowRight');
    passed.push({ moment: await moment(scope), atUs: await scope.atUs() });
  }
  expect(passed.at(-1)!.moment.drawing.includes('Broker 1, down')).toBe(true);
  await scope.seek(1_000_000);
  for (const { atUs, moment: before } of [passed[1]!, passed[0]!, passed[2]!]) {
    await scope.seek(atUs);
    // Several events may share a microsecond: a seek goes to its last.
    const { events } = await scope.hash();
    for (let extra = events - before.events; extra > 0; extra--) await scope.page.keyboard.press('Shift+ArrowLeft');
    await expectMoment(scope, before);
  }
});

test('the playhead is dragged and moved by keys', async ({ scope }) => {
  await scope.openPaused();
  const playhead = scope.time.getByRole('slider', { name: words('panel.playhead') });
  const atUs = await scope.atUs();
  await playhead.focus();
  await scope.page.keyboard.press('PageDown');
  await scope.settled();
  expect(await scope.atUs()).toBe(atUs - 1_000_000);
  await expect(scope.clock).toHaveText(`${((atUs - 1_000_000) / 1e6).toFixed(3)} s`);
  await scope.page.keyboard.press('Home');
  await scope.settled();
  expect(await scope.atUs()).toBe(0);
  await expect(scope.number('sent').locator('b')).toHaveText('0');

  const lanes = (await scope.time.getByRole('group', { name: words('panel.lanes') }).boundingBox())!;
  await scope.page.mouse.move(lanes.x + lanes.width * 0.3, lanes.y + 40);
  await scope.page.mouse.down();
  await scope.page.mouse.move(lanes.x + lanes.width * 0.4, lanes.y + 40, { steps: 4 });
  await scope.page.mouse.up();
  await scope.settled();
  await scope.until((state) => state.frame!.atUs > 0);
  expect(await scope.value('sent')).toBeGreaterThan(0);
});

test('a command is switched off, moved and deleted on the lane', async ({ scope }) => {
  await scope.openPaused();
  await withKill(scope);
  await scope.seek(10_000_000);
  const isDown = () => scope.read((state) => state.frame!.brokers[0]!.state);
  expect(await isDown()).toBe('down');

  await flag(scope, /^kill broker 1 at 8\.500 s, on/i).click();
  const card = scope.time.getByRole('region', { name: /kill broker 1/i });
  await card.getByRole('button', { name: words('panel.command.off') }).click();
  await expect(flag(scope, /^kill broker 1 at 8\.500 s, switched off/i)).toBeVisible();
  await scope.settled();
  expect(await isDown()).toBe('up');
  expect(await scope.atUs()).toBe(10_000_000);
  await card.getByRole('button', { name: words('panel.command.on') }).click();
  await scope.until((state) => state.frame!.brokers[0]!.state === 'down');

  await card.getByRole('textbox').fill('9.250');
  await card.getByRole('textbox').press('Enter');
  await expect(flag(scope, /^kill broker 1 at 9\.250 s, on/i)).toBeVisible();
  await scope.settled();
  expect(await scope.read((state) => state.frame!.brokers[0]!.sinceUs)).toBe(9_250_000);

  // The same by dragging the flag.
  const box = (await flag(scope, /^kill broker 1 at 9\.250 s/i).boundingBox())!;
  await scope.page.mouse.move(box.x + box.width / 2, box.y + 30);
  await scope.page.mouse.down();
  await scope.page.mouse.move(box.x + box.width / 2 - 40, box.y + 30, { steps: 5 });
  await scope.page.mouse.up();
  await expect(flag(scope, /^kill broker 1 at 9\.250 s/i)).toHaveCount(0);
  await scope.settled();
  const moved = await scope.read((state) => state.timeline.commands[0]!.atUs);
  expect(moved).toBeLessThan(9_250_000);
  expect(await scope.read((state) => state.frame!.brokers[0]!.sinceUs)).toBe(moved);

  await flag(scope, /^kill broker 1/i).focus();
  await scope.page.keyboard.press('Delete');
  await expect(flag(scope, /^kill broker 1/i)).toHaveCount(0);
  await scope.settled();
  expect(await isDown()).toBe('up');
  await expect(flag(scope, /^start broker 1/i)).toBeVisible();
});

test('branches are kept and can be gone back to', async ({ scope }) => {
  await scope.openPaused();
  await withKill(scope);
  await scope.seek(18_500_000);
  const first = await moment(scope);
  const lost = await scope.value('lost');

  await scope.inspector.getByRole('button', { name: 'checkout', exact: true }).click();
  await scope.inspector.locator('label').filter({ hasText: /^all$/ }).click();
  await scope.until((state) => state.branched !== null && state.pending === 0);
  expect(await scope.atUs()).toBe(18_500_000);
  expect(await scope.value('lost')).toBe(0);
  const second = await scope.hash();
  expect(second.hash).not.toBe(first.hash);

  const goTo = async (name: string): Promise<void> => {
    await scope.time.getByRole('button', { name: words('panel.branches.open', { count: 2 }) }).click();
    await scope.dialog.getByRole('button', { name, exact: true }).click();
    await scope.page.keyboard.press('Escape');
  };
  await goTo('as opened');
  await scope.until((state) => state.frame!.branch === 0 && state.pending === 0);
  await scope.inspector.getByRole('button', { name: words('panel.deselect') }).click();
  await scope.page.mouse.move(0, 0);
  await expectMoment(scope, first);
  expect(await scope.value('lost')).toBe(lost);
  await goTo('acks 1 → all');
  await scope.until((state) => state.frame!.branch === 1 && state.pending === 0);
  expect((await scope.hash()).hash).toBe(second.hash);
});

test('the state survives a reload', async ({ scope }) => {
  await scope.openPaused();
  await withKill(scope);
  await scope.seek(10_000_000);
  await flag(scope, /^kill broker 1/i).click();
  await scope.time.getByRole('button', { name: words('panel.command.off') }).click();
  await scope.settled();
  await scope.thing(/^Producer checkout/).click();
  await scope.inspector.locator('label').filter({ hasText: /^all$/ }).click();
  await scope.until((state) => state.branched !== null && state.pending === 0);
  await scope.page.getByRole('button', { name: words('app.theme.system') }).click();
  await scope.page.getByRole('button', { name: words('app.theme.light') }).click();
  const before = await scope.hash();
  await stored(scope, before.hash);

  await scope.page.reload();
  await scope.firstPicture();
  await scope.settled();
  expect(await scope.hash()).toEqual(before);
  expect(await scope.read((state) => state.player.playing)).toBe(false);
  await expect(scope.inspector.getByRole('heading', { name: 'checkout' })).toBeVisible();
  await expect(flag(scope, /^kill broker 1 at 8\.500 s, switched off/i)).toBeVisible();
  expect(await scope.read((state) => state.frame!.producers[0]!.acks)).toBe('all');
  await expect(scope.page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

/** Until the scenario in the browser's storage is the one on the stage. */
async function stored(scope: Scope, hash: string): Promise<void> {
  const untilUs = await scope.atUs();
  await expect(async () => {
    const saved = await scope.page.evaluate(async () => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const open = indexedDB.open('kafkascope');
        open.onsuccess = () => resolve(open.result);
        open.onerror = () => reject(open.error);
      });
      const row = await new Promise<{ scenario: { steps?: unknown[] }; off: number[] } | undefined>((resolve) => {
        const get = database.transaction('state').objectStore('state').get('scenario');
        get.onsuccess = () => resolve(get.result);
        get.onerror = () => resolve(undefined);
      });
      database.close();
      return row ?? null;
    });
    expect(saved).not.toBeNull();
    const { scenario, off } = saved!;
    const steps = (scenario.steps ?? []).filter((_, i) => !off.includes(i));
    const ran = await scope.ask({ ask: 'run', scenario: { ...scenario, steps } as never, untilUs });
    expect(ran.hash).toBe(hash);
  }).toPass();
}

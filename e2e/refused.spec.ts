/** What Kafka, the engine or the page refuses: the reason is read, and nothing has changed. */
import { writeFile } from 'node:fs/promises';
import type { Locator } from '@playwright/test';
import { DEFAULT, expect, type Scope, test, words } from './page.ts';

/** Finds a parameter of the selected thing by its name. */
async function parameter(scope: Scope, key: string) {
  await scope.tab('Parameters').click();
  await scope.inspector.getByRole('searchbox').fill(key);
  const row = scope.inspector.locator('.ks-parameter').filter({ has: scope.page.getByText(key, { exact: true }) });
  await expect(row).toHaveCount(1);
  return row;
}

/** A click shows the value as Kafka writes it; then it is replaced and sent. */
async function typeInto(field: Locator, value: string): Promise<void> {
  await field.click();
  await expect(field).toHaveValue(/^-?\d+$/);
  await field.press('ControlOrMeta+a');
  await field.pressSequentially(value);
  await field.press('Enter');
}

/** The moment, the branch and the number of branches: what a refusal must not touch. */
async function untouched(scope: Scope, act: () => Promise<void>): Promise<void> {
  await scope.settled();
  const look = async () => ({
    ...(await scope.hash()),
    ...(await scope.read((state) => ({ branch: state.frame!.branch, branches: state.timeline.branches.length }))),
    commands: await scope.read((state) => state.timeline.commands.length),
  });
  const before = await look();
  await act();
  await scope.settled();
  expect(await look()).toEqual(before);
}

test('idempotence cannot be had with acks=1 set by hand', async ({ scope }) => {
  await scope.openPaused();
  await scope.thing(/^Producer checkout/).click();
  await untouched(scope, async () => {
    const row = await parameter(scope, 'enable.idempotence');
    await row.locator('label').filter({ hasText: /^on$/ }).click();
    const refused = scope.inspector.getByRole('alert');
    await expect(refused).toContainText(/^Not set: .*Kafka answers ConfigException/);
    await expect(refused).toContainText(/the idempotent producer needs acks = all/);
    await expect(row.getByRole('radio', { name: 'off' })).toBeChecked();
  });
});

test('a delivery time-out that is shorter than linger and one request is refused', async ({ scope }) => {
  await scope.openPaused();
  await scope.thing(/^Producer checkout/).click();
  await untouched(scope, async () => {
    const row = await parameter(scope, 'delivery.timeout.ms');
    await typeInto(row.getByRole('textbox'), '100');
    await expect(scope.inspector.getByRole('alert')).toContainText(
      /shorter than linger\.ms \+ request\.timeout\.ms = 30005/,
    );
    await expect(scope.inspector.getByRole('alert')).toContainText(/ConfigException/);
  });
});

test('a value out of a topic’s range is refused where it was typed', async ({ scope }) => {
  await scope.openPaused();
  await scope.inspector.getByRole('button', { name: 'orders', exact: true }).click();
  await untouched(scope, async () => {
    const row = await parameter(scope, 'min.insync.replicas');
    const field = row.getByRole('textbox');
    const shown = await field.inputValue();
    await typeInto(field, '0');
    const wrong = row.getByRole('alert');
    await expect(wrong).toContainText(/is too small: the least is 1\. Kafka answers InvalidConfigurationException/);
    await expect(wrong).toContainText(`It stays at ${shown}.`);
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await field.press('Escape');
    await expect(wrong).toHaveCount(0);
    await expect(field).toHaveValue(shown);
  });
});

test('acks=2 is refused by the engine too, for whoever asks it past the page', async ({ scope }) => {
  await scope.openPaused();
  await untouched(scope, async () => {
    await scope.page.evaluate(() => {
      const edits = [{ scope: 'producer', entity: 'checkout', key: 'acks', value: '2' }] as const;
      window.kafkascope!.state().actions.configure(edits, 'start');
    });
    const refused = scope.page.getByRole('alert');
    await expect(refused).toContainText('acks = 2');
    await expect(refused).toContainText(/it is one of all, -1, 0, 1/);
  });
});

test('your text: a megabyte is taken, more is not', async ({ scope }) => {
  await scope.openPaused();
  await scope.stage.getByRole('button', { name: /^Put your own text into checkout/ }).click();
  const field = scope.dialog.getByRole('textbox');
  const send = scope.dialog.getByRole('button', { name: words('panel.text.send') });
  await untouched(scope, async () => {
    await field.evaluate((element: HTMLTextAreaElement) => {
      // As a paste does it: React hears the native event.
      const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')!.set!;
      set.call(element, 'One line more than fits.\n'.repeat(42_000));
      element.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await expect(scope.dialog.getByText(/^Too long: 1 MiB\./)).toBeVisible();
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(send).toBeDisabled();
  });
  const line = 'Nearly a megabyte of these lines.';
  await field.evaluate((element: HTMLTextAreaElement, text) => {
    const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')!.set!;
    set.call(element, text);
    element.dispatchEvent(new Event('input', { bubbles: true }));
  }, `${line}\n`.repeat(29_000));
  await expect(send).toBeEnabled();
  await send.click();
  await scope.until((state) => state.branched !== null && state.pending === 0);
  await scope.number('sent').click();
  await expect(scope.dialog.getByRole('cell').getByText(line).first()).toBeVisible();
});

test('a scenario file with faults: each has its place, and the cluster stays', async ({ scope }, info) => {
  const file = info.outputPath('broken.json');
  const broken = {
    ...DEFAULT,
    topics: [{ name: 'orders', partitons: 3, config: { 'segment.bytes': '20000' } }],
    producers: [{ id: 'checkout', config: { acks: '2' }, workload: { topic: 'order' } }],
    steps: [{ atMs: 10, do: 'broker.kil', broker: 1 }],
  };
  await writeFile(file, JSON.stringify(broken, null, 2));
  await scope.openPaused();
  await untouched(scope, async () => {
    await scope.page.getByRole('button', { name: 'Open', exact: true }).click();
    await scope.dialog.locator('input[type=file]').setInputFiles(file);
    await expect(scope.page.getByRole('heading', { name: /This file cannot be played: broken\.json/ })).toBeVisible();
    const problems = scope.page.getByRole('listitem');
    for (const [place, message] of [
      [/topics/, /partitons.*partitions/],
      [/topics.*segment\.bytes/, /20000.*1048576/],
      [/producers.*acks/, /acks|must be one of/i],
      [/producers.*topic/, /order.*orders/],
      [/steps/, /broker\.kil.*broker\.kill/],
    ] as const) {
      await expect(
        problems.filter({ has: scope.page.locator('code', { hasText: place }) }).filter({ hasText: message }),
      ).not.toHaveCount(0);
    }
    await scope.page.getByRole('button', { name: words('app.error.back') }).click();
    await expect(scope.thing(/^Broker 1, /)).toBeVisible();
  });
});

test('a file that is no scenario at all is refused in words', async ({ scope }, info) => {
  await scope.openPaused();
  for (const [name, content, says] of [
    ['picture.json', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0xff, 0xfe]), /is not text in UTF-8/],
    ['half.json', Buffer.from('{ "kafkascope": 1, "topics": ['), /./],
    ['list.json', Buffer.from('[1, 2]'), /./],
  ] as const) {
    const file = info.outputPath(name);
    await writeFile(file, content);
    await untouched(scope, async () => {
      await scope.page.getByRole('button', { name: 'Open', exact: true }).click();
      await scope.dialog.locator('input[type=file]').setInputFiles(file);
      await expect(scope.page.getByRole('heading', { name: new RegExp(`cannot be played: ${name}`) })).toBeVisible();
      await expect(scope.page.locator('.ks-error p, .ks-error li').filter({ hasText: says }).first()).toBeVisible();
      await scope.page.getByRole('button', { name: words('app.error.back') }).click();
      await expect(scope.thing(/^Broker 1, /)).toBeVisible();
    });
  }
});

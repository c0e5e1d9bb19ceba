/** Everybody can use it: axe finds nothing, the focus is seen wherever it is, and who wants no motion gets none. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Dialog } from '../src/store/model.ts';
import { expect, type Scope, test, words } from './page.ts';

type Language = 'en' | 'zh';

/** What axe finds in a part of the page, as lines that one can read in a report. */
async function findings(scope: Scope, part: string, rules?: string[]): Promise<string[]> {
  // The page has no frames of others: without them axe can do it all in one go.
  const axe = new AxeBuilder({ page: scope.page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .include(part);
  if (rules !== undefined) axe.withRules(rules);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 5).map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary ?? ''}`),
  );
}

type Scheme = 'light' | 'dark';

/** A part of the page: all rules in the first scheme, then, where there is a second, those that depend on colours. */
async function fine(scope: Scope, schemes: readonly Scheme[], view: string, part: string): Promise<void> {
  for (const [i, colorScheme] of schemes.entries()) {
    await scope.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(scope.page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    const rules = i === 0 ? undefined : ['color-contrast', 'link-in-text-block'];
    expect(await findings(scope, part, rules), `${view}, ${colorScheme}`).toEqual([]);
  }
}

/** A cluster in which something was lost, so that lists, alarms and red words are there. */
async function afterLoss(scope: Scope, language: Language): Promise<void> {
  await scope.page.emulateMedia({ reducedMotion: 'reduce' });
  await scope.openPaused();
  if (language === 'zh') {
    await scope.page.evaluate(() => window.kafkascope!.state().actions.setLanguage('zh'));
    await expect(scope.page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  }
  await scope.page.evaluate(() => {
    const { actions } = window.kafkascope!.state();
    actions.command({ do: 'broker.kill', broker: 1 });
    actions.skip();
  });
  for (let i = 0; i < 6 && (await scope.totals()).lost === 0; i++) {
    await scope.page.evaluate(() => window.kafkascope!.state().actions.skip());
    await scope.settled();
  }
}

/** Narrow pages show the inspector and the lesson as sheets. */
async function sheet(scope: Scope, which: 'lesson' | 'inspector' | null): Promise<void> {
  await scope.page.evaluate((name) => window.kafkascope!.state().actions.setSheet(name), which);
}

async function select(scope: Scope, thing: string | null, tab?: string): Promise<void> {
  await scope.page.evaluate(
    ([id, at]) => window.kafkascope!.state().actions.select(id as string | null, at as never),
    [thing, tab],
  );
  await scope.settled();
}

async function showDialog(scope: Scope, dialog: Dialog): Promise<void> {
  await scope.page.evaluate((what) => window.kafkascope!.state().actions.openDialog(what), dialog);
  await expect(scope.dialog).toBeVisible();
}

const TABS: readonly (readonly [thing: string, tabs: readonly string[]])[] = [
  ['broker:1', ['parameters', 'state', 'log', 'requests', 'events']],
  ['partition:orders-0', ['state', 'log']],
  ['producer:checkout', ['parameters', 'requests']],
  ['record:3', ['events']],
];

/** Dialogs that are looked at in every language, width and scheme. */
const FEW: readonly Dialog['kind'][] = ['story', 'your-text', 'help', 'link'];

async function panels(scope: Scope, schemes: readonly Scheme[], few: boolean): Promise<void> {
  await sheet(scope, 'inspector');
  await fine(scope, schemes, 'nothing selected', '.ks-side');
  for (const [thing, tabs] of TABS) {
    for (const tab of few ? tabs.slice(-1) : tabs) {
      await select(scope, thing, tab);
      const panel = scope.page.getByRole('tabpanel');
      await expect(panel).not.toBeEmpty();
      await fine(scope, schemes, `${thing} ${tab}`, '.ks-side');
    }
  }
  await select(scope, null);
  await sheet(scope, null);
}

async function dialogs(scope: Scope, schemes: readonly Scheme[], few: boolean): Promise<void> {
  const { rows } = await scope.ask({ ask: 'records', which: 'lost', limit: 1, from: 0 });
  const branched = { from: 0, to: 0, atUs: await scope.atUs() };
  const all: readonly Dialog[] = [
    { kind: 'ledger', which: 'lost' },
    { kind: 'ledger', which: 'failed' },
    { kind: 'story', id: rows[0]?.id ?? 3 },
    { kind: 'changed', ...branched },
    { kind: 'your-text', producer: 'checkout' },
    { kind: 'share' },
    { kind: 'open' },
    { kind: 'help' },
    { kind: 'add', what: 'broker' },
    { kind: 'add', what: 'topic' },
    { kind: 'add', what: 'producer' },
    { kind: 'link', verb: 'network.set', from: 'broker:2', to: null },
    { kind: 'ask', verb: 'producer.send', thing: 'producer:checkout' },
    { kind: 'glossary', term: 'isr' },
    { kind: 'glossary', term: '' },
    { kind: 'inout', tab: 'records' },
    { kind: 'inout', tab: 'properties' },
    { kind: 'inout', tab: 'commands' },
    { kind: 'inout', tab: 'pictures' },
    { kind: 'branches' },
    { kind: 'bookmarks', added: null },
    { kind: 'invariants' },
  ];
  for (const dialog of few ? all.filter(({ kind }) => FEW.includes(kind)) : all) {
    await showDialog(scope, dialog);
    await expect(scope.dialog.getByRole('heading').first()).not.toBeEmpty();
    await fine(scope, schemes, `dialog ${dialog.kind}`, 'dialog');
    await scope.page.keyboard.press('Escape');
    await expect(scope.dialog).toHaveCount(0);
  }
}

/** The lesson's steps by its own filled button and first option; the engine decides when one is over. */
async function lesson(scope: Scope, schemes: readonly Scheme[]): Promise<void> {
  await sheet(scope, 'lesson');
  const panel = scope.page.locator('.ks-lesson-panel');
  const go = panel.locator('.ks-lesson-go');
  for (let step = 0; step < 12; step++) {
    await scope.page.waitForFunction((at) => window.kafkascope!.state().lesson?.step === at, step);
    const option = panel.getByRole('radio').first();
    if ((await option.count()) > 0 && (await option.isEnabled())) await option.check({ force: true });
    await fine(scope, schemes, `lesson, step ${step + 1}`, '.ks-lesson');
    if (step === 11) break;
    // Some steps take several presses: to begin, to skip a wait, to go on.
    await expect(async () => {
      const now = await scope.read((state) => state.lesson?.step ?? -1);
      if (now > step) return;
      await go.click({ timeout: 500 }).catch(() => undefined);
      expect(await scope.read((state) => state.lesson?.step ?? -1)).toBeGreaterThan(step);
    }).toPass({ timeout: 60_000, intervals: [200] });
  }
}

// axe takes its time on a page of a thousand elements; a busy machine takes more.
test.describe.configure({ timeout: 240_000 });

const BOTH: readonly Scheme[] = ['light', 'dark'];
const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };

// Everything where the looks differ most; the other pairs of language, width and scheme with a view of each sort.
for (const [language, viewport, schemes] of [
  ['en', WIDE, BOTH],
  ['zh', NARROW, BOTH],
  ['en', NARROW, ['light']],
  ['zh', WIDE, ['dark']],
] as const) {
  test.describe(`axe finds nothing, ${language}, ${viewport.width} wide, ${schemes.join(' and ')}`, () => {
    test.use({ viewport });
    const few = schemes.length === 1;
    test('stage and panels', async ({ scope }) => {
      await afterLoss(scope, language);
      await fine(scope, schemes, 'the whole page', 'html');
      await panels(scope, schemes, few);
    });
    test('dialogs and the menu', async ({ scope }) => {
      await afterLoss(scope, language);
      await dialogs(scope, schemes, few);
      await scope.page.evaluate(() =>
        window.kafkascope!.state().actions.openMenu({ thing: 'broker:2', x: 40, y: 300, width: 60, height: 20 }),
      );
      await expect(scope.page.getByRole('menu')).toBeVisible();
      await fine(scope, schemes, 'menu', '.ks-menu');
    });
  });
}

test('axe finds nothing on the pages for what goes wrong', async ({ scope }) => {
  const schemes = BOTH;
  await scope.openPaused();
  for (const language of ['en', 'zh'] as const) {
    await scope.page.evaluate((to) => window.kafkascope!.state().actions.setLanguage(to), language);
    await expect(scope.page.locator('html')).toHaveAttribute('lang', language === 'en' ? 'en' : 'zh-CN');
    await scope.page.evaluate(() =>
      window.kafkascope!.state().actions.setOpenFailure({
        source: 'file',
        name: 'mine.json',
        phrase: null,
        problems: [{ place: 'topics[0].partitons', message: 'is not known; did you mean partitions?' }],
      }),
    );
    // Pages for what goes wrong load when something does.
    await expect(scope.page.getByRole('heading', { level: 1 })).toBeVisible();
    await fine(scope, schemes, `a file that cannot be opened, ${language}`, 'html');
    await scope.page.evaluate(() => window.kafkascope!.state().actions.setOpenFailure(null));
  }
  await scope.ask({ ask: 'crash' });
  await expect(scope.page.locator('pre')).toBeVisible();
  await fine(scope, schemes, 'an engine that stands still', 'html');
});

test('axe finds nothing in any step of the lesson', async ({ scope }) => {
  await scope.page.emulateMedia({ reducedMotion: 'reduce' });
  await scope.open();
  await lesson(scope, BOTH);
});

test('the focus is seen wherever the Tab key leads', async ({ scope }) => {
  await scope.page.emulateMedia({ reducedMotion: 'reduce' });
  await scope.openPaused();
  await select(scope, 'producer:checkout', 'parameters');
  await expect(scope.inspector.getByRole('searchbox')).toBeVisible();
  const unseen: string[] = [];
  let stops = 0;
  for (let i = 0; i < 120; i++) {
    await scope.page.keyboard.press('Tab');
    const stop = await scope.page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return null;
      // What may show it: the element, what stands around it (a label), what it is drawn with (shapes).
      const shown = [element, element.closest('label'), element.parentElement, ...element.querySelectorAll('*')];
      const look = (): string =>
        shown
          .map((each) => {
            if (each === null) return '';
            const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, backgroundColor, stroke } =
              getComputedStyle(each);
            return [outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor, backgroundColor, stroke].join();
          })
          .join('\n');
      const focused = look();
      (element as HTMLElement).blur();
      const plain = look();
      (element as HTMLElement).focus();
      const name = element.getAttribute('aria-label') ?? element.textContent ?? '';
      return { seen: focused !== plain, name: `<${element.tagName}> ${name.slice(0, 60)}` };
    });
    if (stop === null) break;
    stops += 1;
    if (!stop.seen) unseen.push(stop.name);
  }
  expect(unseen).toEqual([]);
  expect(stops).toBeGreaterThan(30);
});

test('who wants no motion gets none', async ({ scope }) => {
  await scope.page.emulateMedia({ reducedMotion: 'reduce' });
  await scope.open();
  await expect(scope.stage).toHaveClass(/ks-still/);
  // The clock goes on: the cluster plays, only the page's own flourishes are gone.
  const before = await scope.atUs();
  await scope.page.waitForFunction((from) => window.kafkascope!.state().frame!.atUs > from, before);
  const moving = await scope.page.evaluate(() => {
    const long: string[] = [];
    for (const element of document.querySelectorAll('*')) {
      const { transitionDuration, animationDuration, animationName } = getComputedStyle(element);
      const seconds = (list: string) => Math.max(...list.split(',').map((each) => Number.parseFloat(each) || 0));
      if (seconds(transitionDuration) > 0.02 || (animationName !== 'none' && seconds(animationDuration) > 0.02)) {
        long.push(`${element.tagName}.${element.getAttribute('class') ?? ''}`);
      }
    }
    return [...new Set(long)];
  });
  expect(moving).toEqual([]);
  await scope.page.emulateMedia({ reducedMotion: 'no-preference' });
  await expect(scope.stage).not.toHaveClass(/ks-still/);
});

test('axe finds nothing on the page of all keys', async ({ scope }) => {
  await scope.openPaused();
  await showDialog(scope, { kind: 'all-keys', scope: 'producer' });
  // A thousand rows are one row a thousand times: those that a search leaves are looked at.
  await scope.dialog.getByRole('searchbox').fill('acks');
  await expect(scope.dialog.getByText('acks', { exact: true }).first()).toBeVisible();
  await fine(scope, BOTH, 'all keys', 'dialog');
});

test('axe finds nothing on an embedded page, in presenter size and on a first hint', async ({ scope }) => {
  const { page } = scope;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 640, height: 360 });
  await page.goto('./?embed');
  await scope.firstPicture();
  await fine(scope, BOTH, 'embedded', 'html');

  await page.setViewportSize({ width: 1280, height: 720 });
  await scope.openPaused();
  await page.keyboard.press('d');
  await page.keyboard.press('?');
  await scope.dialog.getByRole('button', { name: words('device.hints.again') }).click();
  await expect(page.locator('.ks-hint')).toBeVisible();
  await fine(scope, BOTH, 'presenter size with a hint', 'html');
});

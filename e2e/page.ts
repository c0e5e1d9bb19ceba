/** What every journey uses: the page opened, its moment, its numbers, and waits for states (never for milliseconds). */
import { readFileSync } from 'node:fs';
import { type Browser, test as base, expect, type Locator, type Page } from '@playwright/test';
import type {} from '../src/app/boot.ts';
import type { Answers, Question } from '../src/protocol/engine-client.ts';
import type { Frame } from '../src/protocol/frame.ts';
import type { Scenario } from '../src/protocol/scenario.ts';
import type { AppState } from '../src/store/app-store.ts';
import { text } from '../src/text/index.ts';
import { hinted } from './browser.mjs';
import '../src/text/whole.ts';

export { expect };

/** A scenario that ships, read as a file: in Node there is no bundler's glob. */
export const shipped = (name: string): Scenario =>
  JSON.parse(readFileSync(new URL(`../src/scenario/${name}.json`, import.meta.url), 'utf8')) as Scenario;

export const DEFAULT = shipped('default');

type Name = 'sent' | 'acked' | 'lost' | 'at risk' | 'delivered' | 'behind' | 'twice' | 'failed';

/** One page with Kafkascope in it. */
export class Scope {
  readonly page: Page;
  readonly lesson: Locator;
  readonly inspector: Locator;
  readonly stage: Locator;
  readonly time: Locator;
  readonly clock: Locator;
  readonly dialog: Locator;
  /** What the console or the page complained about; the fixture wants none. */
  readonly complaints: string[] = [];

  constructor(page: Page) {
    this.page = page;
    this.lesson = page.getByRole('complementary', { name: 'Lesson' });
    this.inspector = page.getByRole('complementary', { name: 'Inspector' });
    this.stage = page.locator('.ks');
    this.time = page.getByRole('region', { name: 'Time and numbers' });
    this.clock = page.locator('.ks-clock');
    this.dialog = page.getByRole('dialog');
    page.on('console', (message) => {
      if (/Service Worker registration blocked/.test(message.text())) return;
      if (['error', 'warning'].includes(message.type())) this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.stack ?? error.message));
  }

  /** Opens the page and waits for the first picture. */
  async open(address = './'): Promise<void> {
    await this.page.goto(address);
    await this.firstPicture();
  }

  async firstPicture(): Promise<void> {
    await this.page.waitForFunction(() => (window.kafkascope?.state().frame ?? null) !== null);
    await expect(this.stage.getByRole('button', { name: /^Broker 1, / })).toBeVisible();
  }

  /** Opens the page and stops its clock. */
  async openPaused(address = './'): Promise<void> {
    await this.open(address);
    await this.pause();
  }

  /** Reads from the page's state; `pick` runs in the browser. */
  read<T>(pick: (state: AppState) => T): Promise<T> {
    return this.page.evaluate(`(${pick.toString()})(window.kafkascope.state())`) as Promise<T>;
  }

  /** Waits until something holds of the page's state. */
  async until(holds: (state: AppState) => boolean, timeout = 30_000): Promise<void> {
    const test = await this.page.evaluateHandle<(state: AppState) => boolean>(`(${holds.toString()})`);
    await this.page.waitForFunction((passes) => passes(window.kafkascope!.state()), test, { timeout });
    await test.dispose();
  }

  /** The engine's own answer. */
  async ask<Q extends Question>(question: Q): Promise<Answers[Q['ask']]> {
    const answer = await this.page.evaluate(
      (asked: string): Promise<unknown> => window.kafkascope!.ask(JSON.parse(asked)),
      JSON.stringify(question),
    );
    return answer as Answers[Q['ask']];
  }

  hash(): Promise<Answers['hash']> {
    return this.ask({ ask: 'hash' });
  }

  /** Until the engine has answered everything and the clock stands. */
  async settled(): Promise<void> {
    await this.until((state) => state.frame !== null && state.pending === 0 && state.progress === null);
  }

  async pause(): Promise<void> {
    if (await this.read((state) => state.player.playing)) {
      // A dialog that closed gave the focus back to its button, which Space would press.
      await this.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await this.page.keyboard.press('Space');
    }
    await this.until((state) => !state.player.playing);
    await this.settled();
  }

  /** Virtual microseconds. */
  atUs(): Promise<number> {
    return this.read((state) => state.frame?.atUs ?? -1);
  }

  totals(): Promise<Frame['totals']> {
    return this.read((state) => state.frame!.totals);
  }

  /** One of the eight numbers, as it can be read on the page. */
  number(name: Name): Locator {
    return this.time.getByRole('button', { name: new RegExp(`^[\\d,]+ ${name}: open the list$`) });
  }

  async value(name: Name): Promise<number> {
    return Number(((await this.number(name).locator('b').textContent()) ?? '').replaceAll(',', ''));
  }

  /** Goes to a moment (for setting a scene; journeys use what the page offers). */
  async seek(atUs: number): Promise<void> {
    await this.page.evaluate((to) => window.kafkascope!.state().actions.seek(to), atUs);
    await this.settled();
  }

  /** Plays another scenario, paused (for setting a scene). */
  async play(scenario: unknown, atUs: number): Promise<void> {
    await this.page.evaluate(
      ([what, at]) => window.kafkascope!.state().actions.open(what as never, { atUs: at as number }),
      [scenario, atUs] as const,
    );
    await this.settled();
  }

  thing(name: RegExp | string): Locator {
    return this.stage.getByRole('button', { name });
  }

  tab(name: string): Locator {
    return this.inspector.getByRole('tab', { name });
  }

  /** Moves the focus with the Tab key until it is there. */
  async tabTo(target: Locator, key = 'Tab', most = 500): Promise<void> {
    await expect(target).toBeVisible();
    const passed: string[] = [];
    for (let i = 0; i < most; i++) {
      const focus = await target.evaluate((element) => {
        const now = document.activeElement;
        if (element === now) return true;
        return `<${now?.tagName}> ${(now?.getAttribute('aria-label') ?? now?.textContent ?? '').slice(0, 40)}`;
      });
      if (focus === true) return;
      passed.push(String(focus));
      await this.page.keyboard.press(key);
    }
    throw new Error(`The Tab key does not reach ${target}. It passed:\n${passed.slice(-40).join('\n')}`);
  }

  /** The stage as text: what stands on it, without what only tells how it came there, and what flies over it. */
  async drawing(): Promise<string> {
    return this.stage.evaluate(async (root) => {
      // Flights are painted in the frame after the one that drew the rest.
      for (let i = 0; i < 2; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
      const copy = root.cloneNode(true) as Element;
      for (const element of copy.querySelectorAll('[tabindex]')) element.removeAttribute('tabindex');
      for (const element of copy.querySelectorAll('.ks-slide')) element.classList.remove('ks-slide');
      for (const element of copy.querySelectorAll('[class]')) {
        const names = [...element.classList].join(' ');
        if (names === '') element.removeAttribute('class');
        else element.setAttribute('class', names);
      }
      return `${copy.outerHTML}\n${root.querySelector('canvas')?.toDataURL()}`;
    });
  }
}

interface Fixtures {
  readonly scope: Scope;
}

export const test = base.extend<Fixtures>({
  scope: async ({ page }, use) => {
    const scope = new Scope(page);
    await use(scope);
    expect(scope.complaints, 'the console is silent').toEqual([]);
  },
});

/** Another learner: a browser without any history. */
export async function stranger(browser: Browser, baseURL: string | undefined): Promise<Scope> {
  const context = await browser.newContext({
    baseURL,
    viewport: { width: 1440, height: 900 },
    storageState: baseURL === undefined ? undefined : hinted(new URL(baseURL).origin),
    serviceWorkers: 'block',
  });
  return new Scope(await context.newPage());
}

/** The page's own words. */
export const words = (key: string, params: Parameters<typeof text>[2] = {}): string => text('en', key, params);

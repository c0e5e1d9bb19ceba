/** Every key of the page in one list: the handler and the help dialog both read it. */

import { openLabByKey } from '../panel/lab/open-in-lab.tsx';
import { RESERVED_LETTERS, sendVerb, verbsFor } from '../panel/menu/verbs-for.ts';
import type { DetailTab } from '../protocol/frame.ts';
import type { AppStore } from '../store/app-store.ts';
import { SPEEDS } from '../store/pace.ts';
import { pageMode } from '../store/page-mode.ts';

export type ShortcutGroup = 'time' | 'look' | 'page';

export interface Shortcut {
  /** As shown. */
  readonly keys: readonly string[];
  readonly group: ShortcutGroup;
  readonly text: string;
  matches(event: KeyboardEvent): boolean;
  run(store: AppStore): void;
}

const plain = (event: KeyboardEvent): boolean => !event.ctrlKey && !event.metaKey && !event.altKey;
const key =
  (...names: string[]) =>
  (event: KeyboardEvent): boolean =>
    plain(event) &&
    names.includes(event.key) &&
    !(event.shiftKey && (event.key.length > 1 || /[a-z]/i.test(event.key)));
const shifted =
  (name: string) =>
  (event: KeyboardEvent): boolean =>
    plain(event) && event.shiftKey && event.key === name;

/** With Ctrl, or with Cmd as Macs have it; a capital letter is one with Shift. */
const control =
  (letter: string) =>
  (event: KeyboardEvent): boolean =>
    (event.ctrlKey || event.metaKey) &&
    !event.altKey &&
    event.shiftKey === /[A-Z]/.test(letter) &&
    event.key.toLowerCase() === letter.toLowerCase();

const TABS: readonly DetailTab[] = ['parameters', 'state', 'log', 'requests', 'events'];

function changeSpeed(store: AppStore, by: 1 | -1): void {
  const { player, actions } = store.getState();
  const now = player.speed === 'auto' ? player.rate : player.speed;
  const faster = SPEEDS.find((speed) => speed > now * 1.01);
  const slower = SPEEDS.findLast((speed) => speed < now * 0.99);
  const next = by === 1 ? faster : slower;
  if (next !== undefined) actions.setSpeed(next);
}

/** Does to the selected thing what the letter stands for in the verbs' specs. */
function verbByKey(store: AppStore, letter: string, shift: boolean): boolean {
  if (RESERVED_LETTERS.includes(letter.toLowerCase()) !== shift) return false;
  const { selection, frame } = store.getState();
  if (selection === null || frame === null) return false;
  const found = verbsFor(selection, frame).find(({ spec, possible }) => possible && spec.key === letter.toLowerCase());
  if (found === undefined) return false;
  sendVerb(store, found.spec, selection);
  return true;
}

export const SHORTCUTS: readonly Shortcut[] = [
  {
    keys: ['Space'],
    group: 'time',
    text: 'app.key.play',
    matches: key(' '),
    run: (store) => store.getState().actions.togglePlay(),
  },
  {
    keys: ['→'],
    group: 'time',
    text: 'app.key.step',
    matches: key('ArrowRight'),
    run: (store) => store.getState().actions.step(1, 'request'),
  },
  {
    keys: ['←'],
    group: 'time',
    text: 'app.key.back',
    matches: key('ArrowLeft'),
    run: (store) => store.getState().actions.step(-1, 'request'),
  },
  {
    keys: ['Shift →'],
    group: 'time',
    text: 'app.key.step-event',
    matches: shifted('ArrowRight'),
    run: (store) => store.getState().actions.step(1, 'event'),
  },
  {
    keys: ['Shift ←'],
    group: 'time',
    text: 'app.key.back-event',
    matches: shifted('ArrowLeft'),
    run: (store) => store.getState().actions.step(-1, 'event'),
  },
  {
    keys: ['S'],
    group: 'time',
    text: 'app.key.skip',
    matches: key('s', 'S'),
    run: (store) => store.getState().actions.skip(),
  },
  {
    keys: ['N'],
    group: 'time',
    text: 'app.key.next',
    matches: key('n', 'N'),
    run: (store) => {
      const { selection, actions } = store.getState();
      actions.step(1, 'next', selection);
    },
  },
  {
    keys: ['Shift B'],
    group: 'time',
    text: 'app.key.previous',
    matches: shifted('B'),
    run: (store) => {
      const { selection, actions } = store.getState();
      actions.step(-1, 'next', selection);
    },
  },
  {
    keys: ['B'],
    group: 'time',
    text: 'app.key.bookmark',
    matches: key('b', 'B'),
    run: (store) => store.getState().actions.addBookmark(),
  },
  {
    keys: ['Ctrl Z'],
    group: 'time',
    text: 'app.key.undo',
    matches: control('z'),
    run: (store) => store.getState().actions.undo(),
  },
  {
    keys: ['Ctrl Shift Z', 'Ctrl Y'],
    group: 'time',
    text: 'app.key.redo',
    matches: (event) => control('Z')(event) || control('y')(event),
    run: (store) => store.getState().actions.redo(),
  },
  { keys: ['+'], group: 'time', text: 'app.key.faster', matches: key('+', '='), run: (store) => changeSpeed(store, 1) },
  { keys: ['−'], group: 'time', text: 'app.key.slower', matches: key('-'), run: (store) => changeSpeed(store, -1) },
  {
    keys: ['0'],
    group: 'time',
    text: 'app.key.auto',
    matches: key('0'),
    run: (store) => store.getState().actions.setSpeed('auto'),
  },
  // The stage hears these itself, for the thing that has the focus.
  { keys: ['← ↑ ↓ →'], group: 'look', text: 'app.key.stage-move', matches: () => false, run: () => undefined },
  { keys: ['/'], group: 'look', text: 'app.key.stage-find', matches: () => false, run: () => undefined },
  { keys: ['Enter'], group: 'look', text: 'app.key.stage-select', matches: () => false, run: () => undefined },
  { keys: ['O'], group: 'look', text: 'app.key.stage-menu', matches: () => false, run: () => undefined },
  {
    keys: ['1', '…', '5'],
    group: 'look',
    text: 'app.key.tabs',
    matches: key('1', '2', '3', '4', '5'),
    run: () => undefined,
  },
  {
    keys: ['Esc'],
    group: 'look',
    text: 'app.key.close',
    matches: key('Escape'),
    run: (store) => {
      const { actions, menu, refusal, selection, selectedCommand, sheet } = store.getState();
      if (menu !== null) actions.openMenu(null);
      else if (sheet !== null) actions.setSheet(null);
      else if (refusal !== null) actions.dismissRefusal();
      else if (selectedCommand !== null) actions.selectCommand(null);
      else if (selection !== null) actions.select(null);
    },
  },
  {
    keys: ['W'],
    group: 'page',
    text: 'app.key.words',
    matches: key('w', 'W'),
    run: (store) => {
      const { words, actions } = store.getState();
      actions.setWords(words === 'first' ? 'kafka' : 'first');
    },
  },
  {
    keys: ['G'],
    group: 'page',
    text: 'app.key.glossary',
    matches: key('g', 'G'),
    run: (store) => store.getState().actions.openDialog({ kind: 'glossary', term: '' }),
  },
  {
    keys: ['Shift L'],
    group: 'page',
    text: 'app.key.lab',
    matches: shifted('L'),
    run: openLabByKey,
  },
  {
    keys: ['D'],
    group: 'page',
    text: 'app.key.presenter',
    matches: key('d', 'D'),
    run: () => pageMode.setState(({ presenter }) => ({ presenter: !presenter })),
  },
  {
    keys: ['A'],
    group: 'page',
    text: 'app.key.announce',
    matches: key('a', 'A'),
    run: (store) => {
      const announce = !pageMode.getState().announce;
      pageMode.setState({ announce });
      store.getState().actions.notice({ key: announce ? 'device.announce.on' : 'device.announce.off', params: {} });
    },
  },
  {
    keys: ['?'],
    group: 'page',
    text: 'app.key.help',
    matches: (event) => plain(event) && event.key === '?',
    run: (store) => store.getState().actions.openDialog({ kind: 'help' }),
  },
];

/** Whether the key belongs to what has the focus: a field, a list of options, a slider. */
function belongsElsewhere(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement || target instanceof SVGElement)) return false;
  if (target.closest('dialog, [role="menu"]') !== null) return true;
  const role = target.getAttribute('role');
  const typing = target.matches('input, textarea, select, [contenteditable="true"]');
  if (typing && event.key === 'Escape') {
    (target as HTMLElement).blur();
    return true;
  }
  if (typing) return true;
  if (event.key === ' ' || event.key === 'Enter')
    return target.matches('button, a, summary, [role="button"], [role="tab"]');
  return role === 'slider' && /^(Arrow|Page|Home|End)/.test(event.key);
}

/** Does what a key stands for. */
export function shortcutsOf(store: AppStore): (event: KeyboardEvent) => void {
  return (event) => {
    const { dialog, crash, openFailure, actions } = store.getState();
    if (event.defaultPrevented || pageMode.getState().lab || dialog !== null || crash !== null || openFailure !== null)
      return;
    if (belongsElsewhere(event)) return;
    const tab = plain(event) && !event.shiftKey ? TABS[Number(event.key) - 1] : undefined;
    if (tab !== undefined) {
      actions.setTab(tab);
      event.preventDefault();
      return;
    }
    const letter = plain(event) && /^[a-z]$/i.test(event.key);
    if (letter && verbByKey(store, event.key, event.shiftKey)) {
      event.preventDefault();
      return;
    }
    const shortcut = SHORTCUTS.find((entry) => entry.matches(event));
    if (shortcut === undefined) return;
    event.preventDefault();
    shortcut.run(store);
  };
}

/** The menu of a thing on the stage: what can break, what can be repaired, what can be changed. */
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { parseThing, thingPhrase } from '../../store/thing.ts';
import { useActions, useApp, useAppStore, useSay } from '../../store/use-app.tsx';
import { groupOfThing, openLab } from '../lab/open-in-lab.tsx';
import { letterOf, sendVerb, verbsFor } from './verbs-for.ts';

const MARGIN = 8;

export default function ThingMenu() {
  const say = useSay();
  const store = useAppStore();
  const actions = useActions();
  const menu = useApp((state) => state.menu);
  const box = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null);

  useLayoutEffect(() => {
    if (menu === null || box.current === null) return;
    const before = document.activeElement;
    const { offsetWidth: width, offsetHeight: height } = box.current;
    const below = menu.y + menu.height + 4;
    const top = below + height + MARGIN <= innerHeight ? below : Math.max(MARGIN, menu.y - height - 4);
    setPlace({ left: Math.max(MARGIN, Math.min(menu.x, innerWidth - width - MARGIN)), top });
    box.current.querySelector<HTMLElement>('[role="menuitem"]:not([aria-disabled])')?.focus();
    const away = (event: PointerEvent): void => {
      if (!box.current?.contains(event.target as Node)) actions.openMenu(null);
    };
    addEventListener('pointerdown', away);
    return () => {
      removeEventListener('pointerdown', away);
      if (before instanceof HTMLElement || before instanceof SVGElement) before.focus();
    };
  }, [menu, actions]);

  const frame = store.getState().frame;
  if (menu === null || frame === null) return null;
  const options = verbsFor(menu.thing, frame);
  const { kind, name } = parseThing(menu.thing);
  const group = groupOfThing(menu.thing, frame);

  const onKey = (event: KeyboardEvent<HTMLDivElement>): void => {
    const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="menuitem"]')];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (event.key === 'Escape' || event.key === 'Tab') actions.openMenu(null);
    else if (to !== undefined) items[(to + items.length) % items.length]?.focus();
    else if (/^[a-z]$/i.test(event.key)) {
      const option = options.find(({ spec, possible }) => possible && spec.key === event.key.toLowerCase());
      if (option === undefined) return;
      actions.openMenu(null);
      sendVerb(store, option.spec, menu.thing);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      ref={box}
      className="ks-menu"
      role="menu"
      tabIndex={-1}
      aria-label={say.phrase(thingPhrase(menu.thing))}
      style={place === null ? { visibility: 'hidden' } : place}
      onKeyDown={onKey}
    >
      <p className="ks-menu-title" aria-hidden="true">
        {say.phrase(thingPhrase(menu.thing))}
      </p>
      {options.map(({ spec, possible }, i) => (
        <button
          key={spec.verb}
          type="button"
          role="menuitem"
          tabIndex={-1}
          aria-disabled={possible ? undefined : true}
          data-harm={spec.harm}
          data-first={(i > 0 && options[i - 1]!.spec.appliesTo !== spec.appliesTo) || undefined}
          title={say(`verb.${spec.verb}.hint`)}
          onClick={() => {
            if (!possible) return;
            actions.openMenu(null);
            sendVerb(store, spec, menu.thing);
          }}
        >
          <span>{say(`verb.${spec.verb}`)}</span>
          {letterOf(spec) !== null && <kbd>{letterOf(spec)}</kbd>}
        </button>
      ))}
      {kind === 'producer' && (
        <button
          type="button"
          role="menuitem"
          tabIndex={-1}
          data-first
          onClick={() => actions.openDialog({ kind: 'your-text', producer: name })}
        >
          <span>{say('panel.menu.your-text')}</span>
        </button>
      )}
      {(kind === 'partition' || kind === 'replica') && (
        <button
          type="button"
          role="menuitem"
          tabIndex={-1}
          data-first
          onClick={() => {
            actions.openMenu(null);
            actions.openDialog({ kind: 'bytes', thing: menu.thing, offset: null });
          }}
        >
          <span>{say('bytes.menu')}</span>
        </button>
      )}
      {group !== null && (
        <button
          type="button"
          role="menuitem"
          tabIndex={-1}
          data-first
          title={say('lab.open.says')}
          onClick={() => {
            actions.openMenu(null);
            void openLab(store, group);
          }}
        >
          <span>{say('lab.open')}</span>
        </button>
      )}
      <button
        type="button"
        role="menuitem"
        tabIndex={-1}
        data-first
        onClick={() => {
          actions.select(menu.thing);
          actions.openMenu(null);
          actions.setSheet('inspector');
        }}
      >
        <span>{say('panel.menu.inspect')}</span>
      </button>
    </div>
  );
}

/** Name, what is played, and the tools; on a narrow page the tools go into a menu. */

import { useEffect, useRef, useState } from 'react';
import { Contrast, Menu as MenuIcon, Moon, Sun } from '../panel/kit/icons.tsx';
import type { ThemeChoice } from '../store/model.ts';
import { useActions, useApp, useAppStore, useSay } from '../store/use-app.tsx';
import { NARROW, useMedia } from './use-media.ts';

const NEXT_THEME: Readonly<Record<ThemeChoice, ThemeChoice>> = { system: 'light', light: 'dark', dark: 'system' };
const THEME_ICON = { system: Contrast, light: Sun, dark: Moon };

function ThemeButton() {
  const say = useSay();
  const theme = useApp((state) => state.theme);
  const actions = useActions();
  const Icon = THEME_ICON[theme];
  const label = say(`app.theme.${theme}`);
  return (
    <button
      type="button"
      className="ks-icon"
      onClick={() => actions.setTheme(NEXT_THEME[theme])}
      aria-label={label}
      title={label}
    >
      <Icon size={15} aria-hidden="true" />
    </button>
  );
}

/** Language, theme and help: the same over the cluster and over the lab. */
export function PageTools() {
  const say = useSay();
  const actions = useActions();
  const language = useApp((state) => state.language);
  return (
    <>
      <button
        type="button"
        className="ks-btn"
        lang={language === 'en' ? 'zh-CN' : 'en'}
        aria-label={say('app.language.switch')}
        onClick={() => actions.setLanguage(language === 'en' ? 'zh' : 'en')}
      >
        EN · 中文
      </button>
      <ThemeButton />
      <button
        type="button"
        className="ks-icon"
        onClick={() => actions.openDialog({ kind: 'help' })}
        aria-label={say('app.help')}
        title={say('app.help')}
      >
        ?
      </button>
    </>
  );
}

function Tools() {
  const say = useSay();
  const store = useAppStore();
  const actions = useActions();
  const folded = useApp((state) => state.lessonFolded);
  const narrow = useMedia(NARROW);
  const save = async (): Promise<void> => {
    try {
      const { presentScenario, saveScenario } = await import('../store/present.ts');
      const { scenario } = await presentScenario(store);
      await saveScenario(scenario);
    } catch {
      actions.notice({ key: 'app.notice.not-saved', params: {} }, 'refusal');
    }
  };
  const lessons = (): void => {
    if (narrow) actions.setSheet('lesson');
    else actions.foldLesson(!folded);
  };
  return (
    <>
      <button type="button" className="ks-btn" aria-pressed={narrow ? undefined : !folded} onClick={lessons}>
        {say('app.lessons')}
      </button>
      <a className="ks-btn" href="#lab">
        {say('app.labs')}
      </a>
      <button type="button" className="ks-btn" onClick={() => actions.openDialog({ kind: 'open' })}>
        {say('app.open')}
      </button>
      <button type="button" className="ks-btn" onClick={() => void save()}>
        {say('app.save')}
      </button>
      <button type="button" className="ks-btn" onClick={() => actions.openDialog({ kind: 'inout', tab: 'records' })}>
        {say('app.inout')}
      </button>
      <button type="button" className="ks-btn" onClick={() => actions.openDialog({ kind: 'share' })}>
        {say('app.share')}
      </button>
      <PageTools />
    </>
  );
}

function ToolsMenu() {
  const say = useSay();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    const close = (event: Event): void => {
      if (event instanceof KeyboardEvent && event.key !== 'Escape') return;
      if (event instanceof PointerEvent && box.current?.contains(event.target as Node)) return;
      setOpen(false);
    };
    addEventListener('pointerdown', close);
    addEventListener('keydown', close);
    return () => {
      removeEventListener('pointerdown', close);
      removeEventListener('keydown', close);
    };
  }, [open]);
  return (
    <div ref={box} className="ks-tools-menu">
      <button
        type="button"
        className="ks-icon"
        aria-expanded={open}
        aria-label={say('app.menu')}
        onClick={() => setOpen(!open)}
      >
        <MenuIcon size={16} aria-hidden="true" />
      </button>
      {open && (
        // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: any button in it closes it
        <div className="ks-tools-list" onClick={() => setOpen(false)}>
          <Tools />
        </div>
      )}
    </div>
  );
}

export function TopBar() {
  const say = useSay();
  const title = useApp((state) => state.info?.title ?? state.scenario?.title ?? '');
  const version = useApp((state) => state.info?.version ?? '');
  const narrow = useMedia(NARROW);
  return (
    <header className="ks-top">
      <h1 className="ks-brand">Kafkascope</h1>
      {title !== '' && !narrow && <span className="ks-chip">{title}</span>}
      {version !== '' && <span className="ks-chip kp-mono ks-chip-version">{say('app.version', { version })}</span>}
      <span className="ks-space" />
      {narrow ? (
        <ToolsMenu />
      ) : (
        <nav className="ks-tools" aria-label={say('app.tools')}>
          <Tools />
        </nav>
      )}
    </header>
  );
}

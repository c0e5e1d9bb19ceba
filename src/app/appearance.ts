/** Theme, language and motion as the document shows them; follows the system until the learner chooses. */
import type { AppStore } from '../store/app-store.ts';
import { pageMode } from '../store/page-mode.ts';

export function followAppearance(store: AppStore): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  const { actions } = store.getState();

  const apply = (): void => {
    const { theme, resolvedTheme, language } = store.getState();
    const wanted = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
    if (wanted !== resolvedTheme) actions.setResolvedTheme(wanted);
    const { dataset } = document.documentElement;
    if (dataset.theme !== wanted) dataset.theme = wanted;
    const lang = language === 'zh' ? 'zh-CN' : 'en';
    if (document.documentElement.lang !== lang) document.documentElement.lang = lang;
  };
  const motion = (): void => actions.setReducedMotion(still.matches);

  const presenter = (): void => {
    document.documentElement.toggleAttribute('data-presenter', pageMode.getState().presenter);
  };

  apply();
  motion();
  presenter();
  const stopMode = pageMode.subscribe(presenter);
  dark.addEventListener('change', apply);
  still.addEventListener('change', motion);
  const stop = store.subscribe((state, before) => {
    if (state.theme !== before.theme || state.language !== before.language) apply();
  });
  return () => {
    dark.removeEventListener('change', apply);
    still.removeEventListener('change', motion);
    stop();
    stopMode();
  };
}

/** The hues: eight for record keys, six for readers. Colour is never the only sign; a key also has its letter. */
export const KEY_HUES = 8;
export const READER_HUES = 6;

/** The CSS variable of a key's index (-1: a record without a key). */
export const keyVariable = (key: number): string => (key < 0 ? '--k-none' : `--k${key % KEY_HUES}`);
export const keyColour = (key: number): string => `var(${keyVariable(key)})`;
export const readerColour = (index: number): string => `var(--c${(index % READER_HUES) + 1})`;

/** The letter of a key: its first character that is a letter or a digit, as a capital. */
export function keyLetter(key: string | undefined): string {
  const found = key === undefined ? null : /[\p{L}\p{N}]/u.exec(key);
  return found === null ? '' : (found[0] as string).toUpperCase();
}

/** Colours for the canvas, which knows no CSS variables. */
export interface Palette {
  readonly keys: readonly string[];
  readonly none: string;
  readonly ink: string;
  readonly mute: string;
  readonly faint: string;
  readonly panel: string;
  readonly lost: string;
  readonly warn: string;
  readonly accent: string;
}

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(name).trim() || '#888';
  return {
    keys: Array.from({ length: KEY_HUES }, (_, k) => read(`--k${k}`)),
    none: read('--k-none'),
    ink: read('--ink'),
    mute: read('--mute'),
    faint: read('--faint'),
    panel: read('--panel'),
    lost: read('--lost'),
    warn: read('--warn'),
    accent: read('--accent'),
  };
}

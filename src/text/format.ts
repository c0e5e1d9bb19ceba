/**
 * Templates of the two languages. A template holds `{name}` or `{name|formatter|args}`; parameters are raw numbers
 * (microseconds, bytes, counts) or strings, so that a phrase made by the engine serves both languages.
 *
 * Formatters: `s` microseconds as seconds, three decimals ("3.291 s"); `s1` one decimal; `ms` microseconds as
 * milliseconds ("41 ms", "0.4 ms"); `dur` whichever reads best; `bytes`; `n` thousands separated; `plural|one|many`
 * picks a word by the number (English); `list` a comma-separated list as it is.
 */
export type Params = Readonly<Record<string, string | number>>;

const group = (n: number): string => {
  const [whole, rest] = String(n).split('.') as [string, string?];
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return rest === undefined ? grouped : `${grouped}.${rest}`;
};

/** Chinese writes its units in words, after a space as the numbers around it have (voice.md). */
type UnitLanguage = 'en' | 'zh';

export function formatMs(us: number, language: UnitLanguage = 'en'): string {
  const unit = language === 'zh' ? '毫秒' : 'ms';
  const ms = us / 1000;
  if (ms !== 0 && Math.abs(ms) < 10) return `${group(Number(ms.toFixed(1)))} ${unit}`;
  return `${group(Math.round(ms))} ${unit}`;
}

export function formatSeconds(us: number, decimals = 3, language: UnitLanguage = 'en'): string {
  return `${(us / 1e6).toFixed(decimals)} ${language === 'zh' ? '秒' : 's'}`;
}

export function formatBytes(bytes: number): string {
  if (bytes >= 1 << 30 && bytes % (1 << 20) === 0) return `${group(Number((bytes / (1 << 30)).toFixed(2)))} GiB`;
  if (bytes >= 1 << 20) return `${group(Number((bytes / (1 << 20)).toFixed(1)))} MiB`;
  if (bytes >= 10_000) return `${group(Number((bytes / 1024).toFixed(1)))} KiB`;
  return `${group(bytes)} B`;
}

export function formatDuration(us: number, language: UnitLanguage = 'en'): string {
  const abs = Math.abs(us);
  if (abs < 1_000_000) return formatMs(us, language);
  if (abs < 120_000_000) return `${Number((us / 1e6).toFixed(1))} ${language === 'zh' ? '秒' : 's'}`;
  return `${Number((us / 60e6).toFixed(1))} ${language === 'zh' ? '分钟' : 'min'}`;
}

function apply(value: string | number, formatter: string, args: readonly string[], language: UnitLanguage): string {
  const n = Number(value);
  switch (formatter) {
    case 's':
      return formatSeconds(n, 3, language);
    case 's1':
      return formatSeconds(n, 1, language);
    case 'ms':
      return formatMs(n, language);
    case 'dur':
      return formatDuration(n, language);
    case 'bytes':
      return formatBytes(n);
    case 'n':
      return group(n);
    case 'plural':
      return n === 1 ? (args[0] ?? '') : (args[1] ?? args[0] ?? '');
    default:
      return String(value);
  }
}

/** Fills a template. A parameter that is missing shows as its name in braces, so that a fault is seen, not hidden. */
export function fill(template: string, params: Params, language: UnitLanguage = 'en'): string {
  return template.replace(/\{([A-Za-z0-9_]+)((?:\|[^{}|]*)*)\}/g, (whole, name: string, tail: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    if (tail === '') return typeof value === 'number' ? group(value) : value;
    const [formatter, ...args] = tail.slice(1).split('|') as [string, ...string[]];
    return apply(value, formatter, args, language);
  });
}

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

export function formatMs(us: number): string {
  const ms = us / 1000;
  if (ms !== 0 && Math.abs(ms) < 10) return `${group(Number(ms.toFixed(1)))} ms`;
  return `${group(Math.round(ms))} ms`;
}

export function formatSeconds(us: number, decimals = 3): string {
  return `${(us / 1e6).toFixed(decimals)} s`;
}

export function formatBytes(bytes: number): string {
  if (bytes >= 1 << 30 && bytes % (1 << 20) === 0) return `${group(Number((bytes / (1 << 30)).toFixed(2)))} GiB`;
  if (bytes >= 1 << 20) return `${group(Number((bytes / (1 << 20)).toFixed(1)))} MiB`;
  if (bytes >= 10_000) return `${group(Number((bytes / 1024).toFixed(1)))} KiB`;
  return `${group(bytes)} B`;
}

export function formatDuration(us: number): string {
  const abs = Math.abs(us);
  if (abs < 1_000_000) return formatMs(us);
  if (abs < 120_000_000) return `${Number((us / 1e6).toFixed(1))} s`;
  return `${Number((us / 60e6).toFixed(1))} min`;
}

function apply(value: string | number, formatter: string, args: readonly string[]): string {
  const n = Number(value);
  switch (formatter) {
    case 's':
      return formatSeconds(n);
    case 's1':
      return formatSeconds(n, 1);
    case 'ms':
      return formatMs(n);
    case 'dur':
      return formatDuration(n);
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
export function fill(template: string, params: Params): string {
  return template.replace(/\{([A-Za-z0-9_]+)((?:\|[^{}|]*)*)\}/g, (whole, name: string, tail: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    if (tail === '') return typeof value === 'number' ? group(value) : value;
    const [formatter, ...args] = tail.slice(1).split('|') as [string, ...string[]];
    return apply(value, formatter, args);
  });
}

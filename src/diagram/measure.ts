/** Widths of text without a browser: a little generous, so that what is placed by them does not overlap. */
const WIDE = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/;

export function textWidth(text: string, size: number, style: 'plain' | 'bold' | 'mono' = 'plain'): number {
  const narrow = style === 'mono' ? 0.61 : style === 'bold' ? 0.68 : 0.6;
  let em = 0;
  for (const c of text) em += WIDE.test(c) ? 1 : /[ilj.,:;'’ ·|]/.test(c) && style !== 'mono' ? 0.33 : narrow;
  return Math.ceil(em * size);
}

/** The width of a record's letter, 11 px and bold. */
export function letterWidth(letter: string): number {
  if (WIDE.test(letter) || /[MW@%]/.test(letter)) return 11;
  if (/[IJ1il|]/.test(letter)) return 5;
  return 8.4;
}

/** Cuts a text to a width, with an ellipsis. */
export function fitText(text: string, width: number, size: number, style: 'plain' | 'bold' | 'mono' = 'plain'): string {
  if (textWidth(text, size, style) <= width) return text;
  let end = text.length - 1;
  while (end > 0 && textWidth(`${text.slice(0, end)}…`, size, style) > width) end--;
  return end <= 0 ? '…' : `${text.slice(0, end).trimEnd()}…`;
}

/** A partition's name in a narrow header: the number at its end is what tells it from the others, so it is kept. */
export function fitPartition(title: string, index: number, width: number, size: number): string {
  if (textWidth(title, size, 'bold') <= width) return title;
  const end = `…-${index}`;
  for (let keep = title.length - String(index).length - 2; keep >= 2; keep--) {
    const short = title.slice(0, keep) + end;
    if (textWidth(short, size, 'bold') <= width) return short;
  }
  return String(index);
}

/** Figures of the lab as one reads them. Pure. */
import { formatDuration } from '../../text/format.ts';
import type { Language } from '../../text/index.ts';

/** A size as one types it: '32 KiB', '1 MiB', '10,000 B'; whole steps of 1,024 in their unit. */
export function sizeText(bytes: number): string {
  if (bytes >= 1_048_576 && bytes % 1_048_576 === 0) return `${bytes / 1_048_576} MiB`;
  if (bytes >= 1024 && bytes % 1024 === 0) return `${bytes / 1024} KiB`;
  if (bytes >= 100_000) return `${Math.round(bytes / 1024)} KiB`;
  return `${String(bytes).replace(/\B(?=(\d{3})+(?!\d))/g, ',')} B`;
}

/** A size as it is typed: '32768', '32 KiB', '32k'; null: it is none. */
export function sizeOfText(text: string): number | null {
  const match = /^\s*(\d+(?:\.\d+)?)\s*(b|k|kib|kb|m|mib|mb)?\s*$/i.exec(text.replaceAll(',', ''));
  if (match === null) return null;
  const unit = (match[2] ?? 'b').toLowerCase();
  const factor = unit.startsWith('k') ? 1024 : unit.startsWith('m') ? 1_048_576 : 1;
  return Number(match[1]) * factor;
}

/** Microseconds below a millisecond as such: one batch is packed in less. */
export function workTime(us: number, language: Language): string {
  if (us > 0 && us < 1000)
    return `${us < 10 ? Number(us.toFixed(1)) : Math.round(us)} ${language === 'zh' ? '微秒' : 'µs'}`;
  return formatDuration(us, language);
}

/** A part of the whole in per cent, finer where it is small. */
export function percent(part: number): string {
  const value = part * 100;
  if (value !== 0 && Math.abs(value) < 10) return `${Number(value.toFixed(1))} %`;
  return `${Math.round(value)} %`;
}

/** What happened, as text to send or to keep. */
import type { LogLine } from '../../../protocol/frame.ts';
import type { Say } from '../../../store/use-app.tsx';

const seconds = (us: number): string => (us / 1e6).toFixed(3);

/** One line an event up to the moment, oldest first, times in seconds and right-aligned. */
export function eventsText(say: Say, title: string, lines: readonly LogLine[], atUs: number): string {
  const past = lines.filter((line) => line.atUs <= atUs);
  const width = Math.max(0, ...past.map((line) => seconds(line.atUs).length));
  const rows = past.map((line) => `${seconds(line.atUs).padStart(width)}  ${say.phrase(line.phrase)}`);
  return `${[say('inout.events.head', { title, at: atUs }), '', ...rows].join('\n')}\n`;
}

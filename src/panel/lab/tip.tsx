/** What is under the pointer, in words, beside it. */
import type { LabRun } from '../../protocol/lab.ts';
import { spanAt } from '../../store/lab-cursor.ts';
import type { Say } from '../../store/use-app.tsx';
import type { LaneRow } from './geometry.ts';
import type { Arrow } from './sequence-geometry.ts';
import { seconds, spanWords, stateName, stepName } from './words.ts';

export interface Tip {
  readonly x: number;
  readonly y: number;
  readonly title: string;
  readonly lines: readonly string[];
}

export function rowTip(say: Say, row: LaneRow, atUs: number): Omit<Tip, 'x' | 'y'> | null {
  const { partition, spans } = row.partitions[row.partitions.length >> 1]!;
  const span = spanAt(spans, atUs);
  if (span === null) return null;
  const more = row.partitions.length - 1;
  return {
    title: more === 0 ? partition : say('lab.tip.partitions', { partition, count: more }),
    lines: [
      spanWords(say, span),
      say('lab.tip.time', { from: seconds(span.fromUs), until: seconds(span.untilUs), us: span.untilUs - span.fromUs }),
    ],
  };
}

export function coordinatorTip(say: Say, run: LabRun, atUs: number): Omit<Tip, 'x' | 'y'> | null {
  const span = spanAt(run.coordinator, atUs);
  if (span === null) return null;
  const lines = [
    say('lab.tip.time', { from: seconds(span.fromUs), until: seconds(span.untilUs), us: span.untilUs - span.fromUs }),
  ];
  if (span.waitsFor.length > 0)
    lines.unshift(say('lab.coordinator.waits', { members: span.waitsFor.slice(0, 12).join(', ') }));
  if (span.broker >= 0) lines.push(say('lab.coordinator.broker', { broker: span.broker }));
  const name = span.state === '' ? say('lab.coordinator.none') : stateName(say, span.state);
  return { title: span.epoch < 0 ? name : `${name} · ${span.epoch}`, lines };
}

export function arrowTip(say: Say, { step, lost }: Arrow): Omit<Tip, 'x' | 'y'> {
  const time = lost
    ? say('lab.tip.lost', { sent: seconds(step.sentUs) })
    : say('lab.tip.sent', { sent: seconds(step.sentUs), arrived: seconds(step.arrivedUs) });
  return { title: stepName(say, step), lines: [step.consumer, time] };
}

export function TipBox({ tip, width }: { tip: Tip; width: number }) {
  const left = tip.x > width - 250;
  return (
    <div
      className="kl-tip"
      aria-hidden="true"
      style={left ? { right: width - tip.x + 12, top: tip.y + 14 } : { left: tip.x + 12, top: tip.y + 14 }}
    >
      <b>{tip.title}</b>
      {tip.lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </div>
  );
}

/** A lane a member: what it is in, and every request an arrow between it and the coordinator. A sequence diagram on the same axis. */
import { memo, useMemo } from 'react';
import { fitText, textWidth } from '../../diagram/measure.ts';
import { readerColour } from '../../diagram/palette.ts';
import type { LabMember, LabRun, LabStep } from '../../protocol/lab.ts';
import { useSay } from '../../store/use-app.tsx';
import type { Domain, LaneBox } from '../time-strip/lane-math.ts';
import { CoordinatorLane } from './head-lanes.tsx';
import { type Arrow, type Lines, linesOf } from './sequence-geometry.ts';
import { hueOf } from './use-lab.tsx';
import { stateName } from './words.ts';

/** Where lines stand closer than names need, every few lines one is named. */
const NAME_ROOM = 16;

const r = (n: number): number => Math.round(n * 10) / 10;

/** A small head at the end of an arrow. */
function head({ x1, y1, x2, y2 }: Arrow): string {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const ux = (x2 - x1) / length;
  const uy = (y2 - y1) / length;
  const bx = x2 - ux * 6;
  const by = y2 - uy * 6;
  return `M${r(x2)} ${r(y2)}L${r(bx - uy * 3)} ${r(by + ux * 3)}L${r(bx + uy * 3)} ${r(by - ux * 3)}Z`;
}

const line = ({ x1, y1, x2, y2 }: Arrow): string => `M${r(x1)} ${r(y1)}L${r(x2)} ${r(y2)}`;

/** What a member owns and is in, as a bar on its line. */
function MemberLine(props: {
  member: LabMember;
  y: number;
  pitch: number;
  named: boolean;
  domain: Domain;
  box: LaneBox;
}) {
  const { member, y, pitch, named, domain, box } = props;
  const say = useSay();
  const perUs = (box.right - box.left) / (domain.toUs - domain.fromUs);
  const tall = pitch >= 26 ? 14 : Math.max(2, pitch - 2);
  return (
    // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a part of a drawing is no control
    <g role="img" aria-label={say('lab.member.line', { consumer: member.consumer })}>
      {named && (
        <text x={0} y={y + 4} className="kl-lane-name kl-strong" style={{ fill: readerColour(member.hue) }}>
          {fitText(member.consumer, box.left - 8, 11.5, 'mono')}
        </text>
      )}
      {member.spans.map((span) => {
        if (span.untilUs <= domain.fromUs || span.fromUs >= domain.toUs) return null;
        const x = box.left + (Math.max(span.fromUs, domain.fromUs) - domain.fromUs) * perUs;
        const right = box.left + (Math.min(span.untilUs, domain.toUs) - domain.fromUs) * perUs;
        const gone = span.state === 'gone';
        const owns = span.owned.length > 0;
        const width = Math.max(0.8, right - x - (right - x > 3 ? 1 : 0));
        const text = say('lab.member.bar', { state: stateName(say, span.state), count: span.owned.length });
        return (
          <g key={span.fromUs} className="kl-member" data-gone={gone || undefined} data-owns={owns || undefined}>
            <rect
              x={r(x)}
              y={y - tall / 2}
              width={r(width)}
              height={tall}
              rx={Math.min(4, width / 3)}
              style={{ color: readerColour(member.hue) }}
            />
            {tall >= 14 && width > 40 && (
              <text x={r(x + 6)} y={y + 4}>
                {textWidth(text, 11) < width - 8 ? text : fitText(stateName(say, span.state), width - 12, 11)}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

export const sequenceHeight = (run: LabRun): number => linesOf(run.members).height;

/** What does not change with the cursor: the lines, all arrows, their names. */
const Sequence = memo(function Sequence(props: {
  run: LabRun;
  arrows: readonly Arrow[];
  lines: Lines;
  domain: Domain;
  box: LaneBox;
}) {
  const { run, arrows, lines, domain, box } = props;
  const hues = new Map<string, Arrow[]>();
  for (const arrow of arrows) {
    const hue = `${hueOf(run, arrow.step.consumer)} ${arrow.lost ? 'lost' : arrow.step.what}`;
    const list = hues.get(hue);
    if (list === undefined) hues.set(hue, [arrow]);
    else list.push(arrow);
  }
  return (
    <>
      <CoordinatorLane run={run} y={2} domain={domain} box={box} named />
      {run.members.map((member, i) => (
        <MemberLine
          key={member.consumer}
          member={member}
          y={lines.memberY.get(member.consumer) ?? 0}
          pitch={lines.pitch}
          named={i % Math.ceil(NAME_ROOM / lines.pitch) === 0}
          domain={domain}
          box={box}
        />
      ))}
      {[...hues].map(([key, list]) => {
        const [colour, kind] = [key.slice(0, key.lastIndexOf(' ')), key.slice(key.lastIndexOf(' ') + 1)];
        return (
          <g key={key} className="kl-arrows" data-kind={kind} style={{ color: colour }}>
            <path d={list.map(line).join('')} />
            <path className="kl-arrow-heads" d={list.map(head).join('')} />
          </g>
        );
      })}
      {arrows.map(
        ({ step, label }) =>
          label !== null && (
            <text
              key={step.index}
              className="kl-arrow-name"
              data-error={step.errors.length > 0 || undefined}
              x={r(label.x)}
              y={label.y}
            >
              {label.text}
            </text>
          ),
      )}
    </>
  );
});

export const MemberLanes = memo(function MemberLanes(props: {
  run: LabRun;
  arrows: readonly Arrow[];
  domain: Domain;
  box: LaneBox;
  current: LabStep | null;
}) {
  const { run, arrows, domain, box, current } = props;
  const lines: Lines = useMemo(() => linesOf(run.members), [run]);
  const shown = arrows.find(({ step }) => step.index === current?.index);
  const partner = arrows.find(({ step }) => step.index === current?.pair);
  return (
    <g className="kl-sequence">
      <Sequence run={run} arrows={arrows} lines={lines} domain={domain} box={box} />
      {partner !== undefined && <path className="kl-arrow-partner" d={line(partner)} />}
      {shown !== undefined && (
        <g className="kl-arrow-current" data-step={shown.step.index}>
          <path d={line(shown)} />
          <path className="kl-arrow-heads" d={head(shown)} />
          <circle cx={r(shown.x2)} cy={r(shown.y2)} r={4.5} />
        </g>
      )}
    </g>
  );
});

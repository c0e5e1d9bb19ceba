import { memo, type ReactElement } from 'react';
import { text } from '../../text/index.ts';
import { fitPartition, fitText, textWidth } from '../measure.ts';
import { type ColumnProps, riskTitle, sameColumn } from './column.tsx';
import { Thing } from './thing.tsx';

export function leaderWords(p: Pick<ColumnProps, 'partition' | 'language' | 'words' | 'silent'>): {
  text: string;
  tone: 'mute' | 'lost' | 'warn';
} {
  const { partition, language } = p;
  const epoch = partition.leaderEpoch;
  if (partition.leader === -1)
    return {
      text: text(language, p.words === 'kafka' ? 'stage.partition.none.epoch' : 'stage.partition.none', { epoch }),
      tone: 'lost',
    };
  if (p.silent) return { text: text(language, 'stage.partition.silent', { id: partition.leader }), tone: 'lost' };
  return {
    text: text(language, p.words === 'kafka' ? 'stage.partition.leader.epoch' : 'stage.partition.leader', {
      id: partition.leader,
      epoch,
    }),
    tone: 'mute',
  };
}

/** The header of a column; it stands for its partition. */
export const ColumnHead = memo(function ColumnHead(p: ColumnProps): ReactElement {
  const { layout, partition, language } = p;
  const bars = layout.mode === 'bars';
  const size = layout.text;
  const leader = leaderWords(p);
  const width = layout.columnWidth;
  const badges = badgePlan(p);
  const label = text(language, 'stage.partition.aria', {
    name: partition.name,
    leader: leader.text,
    isr: partition.isr.join(', '),
    hw: String(partition.hw),
    risk: partition.atRisk,
  });
  const nameSize = bars ? 12.5 : 13;
  const room = width - 2 * layout.pad;
  const hwWidth = bars ? String(partition.hw).length * 6.7 + 6 : 0;
  const name =
    bars && p.topics === 1 && textWidth(partition.name, nameSize, 'bold') > room - hwWidth
      ? String(partition.index)
      : fitPartition(partition.name, partition.index, bars ? room - hwWidth : room - badges.width - 6, nameSize);
  const risk = partition.atRisk > 0 ? text(language, 'stage.risk', { n: partition.atRisk }) : null;
  const riskWidth = risk === null ? 0 : textWidth(risk, size, 'bold') + 10;
  const second = layout.columnY + (bars ? 33 : 38) + (size - 11);
  return (
    <Thing id={`partition:${partition.name}`} label={label} selected={p.selected}>
      <rect
        className="ks-hit"
        x={(layout.columnX[p.column] as number) + 3}
        y={layout.columnY + 3}
        width={width - 6}
        height={layout.headerHeight - 5}
        rx={8}
      />
      <g transform={`translate(${layout.columnX[p.column]} 0)`}>
        <text className="ks-bold" x={layout.pad} y={layout.columnY + (bars ? 17 : 20)} style={{ fontSize: nameSize }}>
          {name}
          {bars || layout.twoLines ? null : (
            <tspan className={`ks-${leader.tone} ks-aside`} dx={12}>
              {leader.text}
            </tspan>
          )}
          <title>{partition.name}</title>
        </text>
        {bars ? (
          <text
            className="ks-term ks-mono ks-hw"
            data-term="hw"
            x={width - layout.pad}
            y={layout.columnY + 17}
            textAnchor="end"
            style={{ fontSize: 11 }}
          >
            {textWidth(name, nameSize, 'bold') + String(partition.hw).length * 6.7 + 2 < room
              ? String(partition.hw)
              : ''}
            <title>{text(language, 'stage.hw.first', { hw: String(partition.hw) })}</title>
          </text>
        ) : layout.twoLines ? (
          <>
            <text className={`ks-term ks-${leader.tone}`} data-term="leader" x={layout.pad} y={second}>
              {fitText(
                p.silent && partition.leader !== -1 && textWidth(leader.text, size) > room - riskWidth
                  ? text(language, 'stage.partition.silent.short', { id: partition.leader })
                  : leader.text,
                room - riskWidth,
                size,
              )}
            </text>
            <RiskText p={p} risk={risk} x={width - layout.pad} y={second} />
          </>
        ) : (
          <RiskText p={p} risk={risk} x={width - layout.pad - badges.width - 12} y={layout.columnY + 20} />
        )}
        <Badges p={p} plan={badges} y={bars ? second - 4 : layout.columnY + 16} />
      </g>
    </Thing>
  );
}, sameColumn);

function RiskText(props: {
  readonly p: ColumnProps;
  readonly risk: string | null;
  readonly x: number;
  readonly y: number;
}): ReactElement | null {
  if (props.risk === null) return null;
  return (
    <text className="ks-term ks-warn ks-bold" data-term="at-risk" x={props.x} y={props.y} textAnchor="end">
      {props.risk}
      <title>{riskTitle(props.p)}</title>
    </text>
  );
}

interface BadgePlan {
  readonly radius: number;
  readonly step: number;
  readonly width: number;
}

function badgePlan(p: ColumnProps): BadgePlan {
  const n = p.partition.replicas.length;
  if (p.layout.mode === 'cells')
    return p.layout.columnWidth < 190
      ? { radius: 7, step: 15.5, width: n * 15.5 - 1.5 }
      : { radius: 8, step: 19, width: n * 19 - 3 };
  const step = Math.min(16, (p.layout.columnWidth - 2 * p.layout.pad) / Math.max(1, n));
  return { radius: step >= 13.2 ? Math.min(7, step / 2 - 0.4) : 0, step, width: n * step };
}

/** Which copies are in sync: filled; not in sync: a dashed ring. Too narrow for rings: bold figures, the others struck. */
function Badges({
  p,
  plan,
  y,
}: {
  readonly p: ColumnProps;
  readonly plan: BadgePlan;
  readonly y: number;
}): ReactElement {
  const { partition, layout, language } = p;
  const bars = layout.mode === 'bars';
  const ids = partition.replicas.map((r) => r.broker).sort((a, b) => a - b);
  const from = bars ? layout.pad : layout.columnWidth - layout.pad - plan.width + plan.radius;
  return (
    <>
      {ids.map((broker, k) => {
        const inIsr = partition.isr.includes(broker);
        const off = partition.replicas.find((r) => r.broker === broker)?.role === 'offline';
        const tone = inIsr ? 'ks-on-ink' : off ? 'ks-mute' : 'ks-warn';
        const cx =
          plan.radius === 0
            ? from + plan.step * (k + 0.5)
            : bars
              ? from + plan.radius + k * plan.step
              : from + k * plan.step;
        const title = text(
          language,
          inIsr
            ? 'stage.partition.isr.in'
            : partition.elr.includes(broker)
              ? 'stage.partition.elr'
              : 'stage.partition.isr.out',
          { id: broker },
        );
        return (
          <g key={broker} className="ks-term" data-term={partition.elr.includes(broker) ? 'elr' : 'isr'}>
            <title>{title}</title>
            {plan.radius === 0 ? null : (
              <circle
                cx={cx}
                cy={y}
                r={plan.radius}
                fill={inIsr ? 'var(--ink)' : 'none'}
                stroke={inIsr ? 'var(--ink)' : off ? 'var(--mute)' : 'var(--warn)'}
                strokeDasharray={inIsr ? undefined : '2.2 2'}
              />
            )}
            <text
              className={`ks-bold ${plan.radius === 0 && inIsr ? '' : tone}`}
              style={{ fontSize: 11 }}
              x={cx}
              y={y + 4}
              textAnchor="middle"
              textDecoration={plan.radius === 0 && !inIsr ? 'line-through' : undefined}
            >
              {broker}
            </text>
          </g>
        );
      })}
    </>
  );
}

/** How many consumers? 1 to N members read the same partitions, each number a run of its own; three charts and what they show. */
import { useEffect, useRef } from 'react';
import { type HowManyPoint, type HowManySpec, LAB_VARIANTS } from '../../protocol/lab.ts';

import { useSay } from '../../store/use-app.tsx';
import { useSize } from '../time-strip/use-size.ts';
import { NumberField } from './controls.tsx';
import { bars, chartTicks, kneeOf } from './how-many-geometry.ts';
import { useLab, useLabActions } from './use-lab.tsx';

const HEIGHT = 140;
const LEFT = 62;
const RIGHT = 12;
const TOP = 22;
const BOTTOM = 24;

function Chart(props: {
  name: 'throughput' | 'idle' | 'cost';
  points: readonly HowManyPoint[];
  spec: HowManySpec;
  width: number;
  value: (point: HowManyPoint) => number;
}) {
  const { name, points, spec, width, value } = props;
  const say = useSay();
  const box = { left: LEFT, right: width - RIGHT, top: TOP, bottom: HEIGHT - BOTTOM };
  const { shapes, top, knee } = bars(points, value, box, spec.partitions);
  const step = Math.max(1, Math.ceil(points.length / Math.max(4, Math.floor(width / 34))));
  return (
    <figure className="kl-chart">
      <figcaption>
        <b>{say(`lab.many.${name}`)}</b> <span className="kp-mute">{say(`lab.many.${name}.says`)}</span>
      </figcaption>
      <svg
        width={width}
        height={HEIGHT}
        role="img"
        aria-label={say('lab.many.chart', {
          name: say(`lab.many.${name}`),
          values: points.map((point) => `${point.members}: ${Math.round(value(point) * 10) / 10}`).join('; '),
        })}
      >
        {chartTicks(top, name === 'idle').map((tick) => {
          const y = box.bottom - (tick / top) * (box.bottom - box.top);
          return (
            <g key={tick} className="kl-grid">
              <line x1={box.left} x2={box.right} y1={y} y2={y} />
              <text x={box.left - 8} y={y + 4} textAnchor="end">
                {say('panel.number', { value: tick })}
              </text>
            </g>
          );
        })}
        <text x={box.left - 8} y={HEIGHT - 8} textAnchor="end">
          {say('lab.members')}
        </text>
        {shapes.map(({ members, x, y, width: w, height }, i) => (
          <g key={members}>
            <rect
              x={x}
              y={y}
              width={w}
              height={Math.max(0, height)}
              rx={Math.min(3, w / 3)}
              className="kl-bar"
              data-beyond={members > spec.partitions || undefined}
            />
            {i % step === 0 && (
              <text x={x + w / 2} y={HEIGHT - 8} textAnchor="middle" className="kl-bar-name">
                {members}
              </text>
            )}
          </g>
        ))}
        {knee !== null && (
          <g className="kl-knee">
            <line x1={knee} x2={knee} y1={box.top - 14} y2={box.bottom} />
            <text
              x={knee + (knee > box.right - 120 ? -6 : 6)}
              y={box.top - 6}
              textAnchor={knee > box.right - 120 ? 'end' : 'start'}
            >
              {say('lab.many.knee', { partitions: spec.partitions })}
            </text>
          </g>
        )}
      </svg>
    </figure>
  );
}

/** The measured knee, in words. */
function Says({ points, spec }: { points: readonly HowManyPoint[]; spec: HowManySpec }) {
  const say = useSay();
  const knee = kneeOf(points);
  const last = points.at(-1);
  if (knee === null || last === undefined) return null;
  const enough = knee.members < Math.min(spec.partitions, last.members);
  const key =
    last.members <= spec.partitions && !enough
      ? 'lab.many.says.below'
      : enough
        ? 'lab.many.says.enough'
        : 'lab.many.says.knee';
  return (
    <p className="kl-many-says" data-many-says>
      {say(key, {
        members: knee.members,
        rate: Math.round(knee.processedPerSecond),
        partitions: spec.partitions,
        last: last.members,
        lastRate: Math.round(last.processedPerSecond),
        idle: last.idle,
        produced: spec.ratePerSecond,
      })}
    </p>
  );
}

export function HowMany() {
  const say = useSay();
  const actions = useLabActions();
  const root = useRef<HTMLDivElement>(null);
  const { width } = useSize(root);
  const { spec, points, shown, running, failure } = useLab((state) => state.howMany);
  // The first look shows something: a small run by itself.
  useEffect(() => {
    if (shown === null && !running && failure === null) actions.runHowMany();
  }, [shown, running, failure, actions]);
  const field = (key: 'partitions' | 'upTo' | 'ratePerSecond' | 'processMs', least: number, most: number) => (
    <NumberField
      label={say(`lab.many.${key}`)}
      value={spec[key]}
      least={least}
      most={most}
      onChange={(value) => actions.askHowMany({ [key]: value })}
    />
  );
  const part = useLab((state) => state.howMany.part);
  return (
    <section className="kl-many" aria-label={say('lab.view.how-many')}>
      <p className="kl-many-intro">{say('lab.many.intro')}</p>
      <div className="kl-row kl-many-form">
        {field('partitions', 1, 60)}
        {field('upTo', 2, 40)}
        {field('ratePerSecond', 1, 5000)}
        {field('processMs', 0, 1000)}
        <label className="kl-number">
          <span>{say('lab.many.variant')}</span>
          <select
            className="ks-select"
            value={spec.variant}
            onChange={(event) => actions.askHowMany({ variant: event.target.value as HowManySpec['variant'] })}
          >
            {LAB_VARIANTS.map((variant) => (
              <option key={variant} value={variant}>
                {say(`lab.variant.${variant}`)}
              </option>
            ))}
          </select>
        </label>
        <button type="button" className="ks-btn ks-btn-fill" disabled={running} onClick={actions.runHowMany}>
          {say(running ? 'lab.many.running' : 'lab.many.run')}
        </button>
      </div>
      <div
        className="kl-progress"
        data-on={running || undefined}
        role="progressbar"
        aria-label={say('lab.many.running')}
        aria-valuenow={Math.round(part * 100)}
      >
        <i style={{ width: `${Math.round(Math.max(0.03, part) * 100)}%` }} />
      </div>
      <div ref={root} className="kl-charts" data-stale={running || undefined}>
        {failure !== null && <p className="kl-failure">{say('lab.failed', { message: failure })}</p>}
        {shown !== null && points.length > 0 && width > 0 && (
          <>
            <Says points={points} spec={shown} />
            <Chart name="throughput" points={points} spec={shown} width={width} value={(p) => p.processedPerSecond} />
            <Chart name="idle" points={points} spec={shown} width={width} value={(p) => p.idle} />
            <Chart name="cost" points={points} spec={shown} width={width} value={(p) => p.rebalanceCost} />
          </>
        )}
        {shown === null && failure === null && <p className="kp-mute">{say('lab.many.none')}</p>}
      </div>
    </section>
  );
}

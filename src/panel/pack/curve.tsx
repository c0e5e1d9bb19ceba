/** The ratio against the size of a batch, a curve a codec. The line of batch.size is dragged, or moved by the keys. */
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import type { PackCurve } from '../../protocol/pack.ts';
import { type Say, useSay } from '../../store/use-app.tsx';
import { useSize } from '../time-strip/use-size.ts';
import {
  type Box,
  endLabels,
  LEAST_BATCH,
  MOST_BATCH,
  nearestSize,
  pathOf,
  pointNear,
  sizeTicks,
  stepSize,
  xScale,
  yScale,
} from './curve-geometry.ts';
import { codecColour, usePack, usePackActions, useShown } from './use-pack.tsx';
import { sizeText } from './words.ts';

const KEY = 'batch.size';
const HEIGHT = 236;
const LABEL_GAP = 15;
/** While the line moves only it moves; the records are packed anew when it rests. */
const REST_MS = 350;

const boxOf = (width: number): Box => ({ left: 44, right: Math.max(120, width - 92), top: 26, bottom: HEIGHT - 30 });

const figuresAt = (curves: readonly PackCurve[], size: number) =>
  curves.flatMap((curve) => {
    const point = pointNear(curve, size);
    return point === null ? [] : [{ codec: curve.codec, ...point }];
  });

const spokenAt = (say: Say, curves: readonly PackCurve[], size: number): string =>
  `${sizeText(size)}: ${figuresAt(curves, size)
    .map(({ codec, ratio }) => `${codec} ${ratio.toFixed(1)}×`)
    .join(say('pack.comma'))}`;

function Lines({ curves, box, width }: { curves: readonly PackCurve[]; box: Box; width: number }) {
  const say = useSay();
  const x = xScale(box);
  const y = yScale(curves, box);
  const chosen = usePack((state) => state.spec.codec);
  const ends = curves.map(({ points }) => points.at(-1));
  const places = endLabels(
    ends.map((end) => y(end?.ratio ?? 0)),
    LABEL_GAP,
    box.top + 4,
    box.bottom,
  );
  const ended = curves.find(({ endBytes }) => endBytes !== null)?.endBytes ?? null;
  const labelX = Math.max(...ends.map((end) => x(end?.batchBytes ?? LEAST_BATCH)), box.left) + 8;
  return (
    <svg width={width} height={HEIGHT} role="img" aria-label={say('pack.curve.label')} className="pk-curve-svg">
      {y.ticks(4).map((tick) => (
        <g key={tick} className="pk-grid">
          <line x1={box.left} x2={box.right} y1={y(tick)} y2={y(tick)} />
          <text x={box.left - 8} y={y(tick) + 4} textAnchor="end">{`${tick}×`}</text>
        </g>
      ))}
      {sizeTicks(width).map((size) => (
        <text key={size} className="pk-tick" x={x(size)} y={HEIGHT - 8} textAnchor="middle">
          {sizeText(size)}
        </text>
      ))}
      {ended !== null && ended < MOST_BATCH && (
        <text className="pk-tick" x={box.right} y={box.bottom - 6} textAnchor="end">
          {say('pack.curve.ended', { size: sizeText(ended) })}
        </text>
      )}
      {curves.map((curve, i) => (
        <g key={curve.codec} data-curve={curve.codec}>
          <path
            d={pathOf(curve, box, curves)}
            className="pk-path"
            stroke={codecColour(curve.codec)}
            data-on={chosen === curve.codec || undefined}
          />
          <line
            className="pk-leader"
            x1={x(ends[i]?.batchBytes ?? LEAST_BATCH) + 2}
            x2={labelX - 3}
            y1={y(ends[i]?.ratio ?? 0)}
            y2={places[i]}
            stroke={codecColour(curve.codec)}
          />
          <text className="pk-end" x={labelX} y={(places[i] ?? 0) + 4} data-on={chosen === curve.codec || undefined}>
            {`${curve.codec} ${(ends[i]?.ratio ?? 0).toFixed(1)}×`}
          </text>
        </g>
      ))}
    </svg>
  );
}

/** The figures at a size, beside the pointer or the line. */
function Tip({ curves, size, x, right }: { curves: readonly PackCurve[]; size: number; x: number; right: boolean }) {
  const figures = figuresAt(curves, size).sort((a, b) => b.ratio - a.ratio);
  const [first] = figures;
  if (first === undefined) return null;
  return (
    <div className="pk-tip" style={right ? { right: `calc(100% - ${x - 10}px)` } : { left: x + 10 }} aria-hidden="true">
      <b>{sizeText(first.batchBytes)}</b>
      {figures.map(({ codec, ratio }) => (
        <span key={codec}>
          <i style={{ background: codecColour(codec) }} /> {codec} <b>{`${ratio.toFixed(2)}×`}</b>
        </span>
      ))}
    </div>
  );
}

export function Curve() {
  const say = useSay();
  const actions = usePackActions();
  const root = useRef<HTMLDivElement>(null);
  const { width } = useSize(root);
  const { shown, stale } = useShown('curves');
  const set = usePack((state) => state.spec.batchSizeBytes);
  const [moving, setMoving] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const [held, setHeld] = useState(false);
  const curves = shown?.value ?? [];
  const box = boxOf(width);
  const size = moving ?? set;
  const at = xScale(box)(Math.max(LEAST_BATCH, size));

  useEffect(() => {
    if (moving === null || held) return;
    const timer = setTimeout(() => {
      setMoving(null);
      actions.ask({ batchSizeBytes: moving });
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [moving, held, actions]);

  const pointed = (event: PointerEvent): number =>
    nearestSize(event.clientX - (root.current as HTMLElement).getBoundingClientRect().left, box);
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 2, PageDown: -2 }[event.key];
    const next =
      event.key === 'Home'
        ? LEAST_BATCH
        : event.key === 'End'
          ? MOST_BATCH
          : by === undefined
            ? null
            : stepSize(size, by);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    setMoving(next);
  };
  const right = at > box.left + (box.right - box.left) * 0.6;
  return (
    <section className="pk-section" aria-labelledby="pk-curve">
      <header className="pk-head">
        <h2 id="pk-curve">{say('pack.curve')}</h2>
        <p className="kp-mute ks-small">{say('pack.curve.says')}</p>
      </header>
      <div
        ref={root}
        className="pk-curve"
        style={{ height: HEIGHT }}
        data-stale={stale || undefined}
        onPointerDown={(event) => {
          if (event.button !== 0 || curves.length === 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setHeld(true);
          setMoving(pointed(event));
        }}
        onPointerMove={(event) => {
          if (held) setMoving(pointed(event));
          else if (event.pointerType === 'mouse') setOver(pointed(event));
        }}
        onPointerUp={() => setHeld(false)}
        onPointerCancel={() => setHeld(false)}
        onPointerLeave={() => setOver(null)}
      >
        {width > 0 && curves.length > 0 && (
          <>
            <Lines curves={curves} box={box} width={width} />
            {over !== null && !held && (
              <>
                <i
                  className="pk-hover"
                  style={{ left: xScale(box)(over), top: box.top, height: box.bottom - box.top }}
                />
                <Tip curves={curves} size={over} x={xScale(box)(over)} right={xScale(box)(over) > width * 0.6} />
              </>
            )}
            <div
              className="pk-size"
              role="slider"
              tabIndex={0}
              aria-label={KEY}
              aria-valuemin={LEAST_BATCH}
              aria-valuemax={MOST_BATCH}
              aria-valuenow={size}
              aria-valuetext={spokenAt(say, curves, size)}
              style={{ left: at, height: box.bottom }}
              onKeyDown={onKeyDown}
            >
              <span className="kp-mono" data-right={right || undefined}>{`${KEY} ${sizeText(size)}`}</span>
            </div>
            {moving !== null && <Tip curves={curves} size={size} x={at} right={right} />}
          </>
        )}
        {curves.length === 0 && <p className="pk-empty kp-mute">{say('pack.curve.none')}</p>}
      </div>
    </section>
  );
}

import { type ReactElement, type Ref, useImperativeHandle, useState } from 'react';

export interface TipHandle {
  show(tip: Tip | null): void;
}

export interface Tip {
  readonly x: number;
  readonly y: number;
  readonly below: boolean;
  readonly lines: readonly string[];
}

/** What a record is, beside the pointer. It holds its own state, so that a moving pointer never redraws the stage. */
export function RecordTip(props: { readonly handle: Ref<TipHandle> }): ReactElement | null {
  const [tip, setTip] = useState<Tip | null>(null);
  useImperativeHandle(
    props.handle,
    () => ({
      show: (next) =>
        setTip((now) =>
          now === next ||
          (now !== null &&
            next !== null &&
            now.x === next.x &&
            now.y === next.y &&
            now.lines.join() === next.lines.join())
            ? now
            : next,
        ),
    }),
    [],
  );
  if (tip === null) return null;
  return (
    <div className={`ks-tip ${tip.below ? 'ks-tip-below' : ''}`} style={{ left: tip.x, top: tip.y }} role="tooltip">
      {tip.lines.map((line, i) => (
        <span key={line} className={i === 0 ? 'ks-tip-first' : undefined}>
          {line}
        </span>
      ))}
    </div>
  );
}

/** The present moment of all variants: dragged, or stepped from request to request by the arrow keys. */
import type { KeyboardEvent } from 'react';
import { useSay } from '../../store/use-app.tsx';
import type { Domain, LaneBox, XScale } from '../time-strip/lane-math.ts';
import { useLab, useLabActions } from './use-lab.tsx';

export function Cursor({ x, box, whole }: { x: XScale; box: LaneBox; whole: Domain }) {
  const say = useSay();
  const actions = useLabActions();
  const atUs = useLab((state) => state.atUs);
  if (atUs === null) return null;
  const at = Math.round(x(atUs) * 2) / 2;
  const inside = at >= box.left - 1 && at <= box.right + 1;
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowRight' || event.key === 'ArrowUp') actions.stepBy(1);
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowDown') actions.stepBy(-1);
    else if (event.key === 'PageUp') actions.stepBy(10);
    else if (event.key === 'PageDown') actions.stepBy(-10);
    else if (event.key === 'Home') actions.stepToEnd('first');
    else if (event.key === 'End') actions.stepToEnd('last');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      className="kl-cursor"
      role="slider"
      tabIndex={0}
      aria-label={say('lab.cursor')}
      aria-valuemin={whole.fromUs / 1e6}
      aria-valuemax={whole.toUs / 1e6}
      aria-valuenow={atUs / 1e6}
      aria-valuetext={say('lab.cursor.at', { at: atUs })}
      onKeyDown={onKey}
      style={{ left: Math.max(box.left, Math.min(box.right, at)), visibility: inside ? undefined : 'hidden' }}
    />
  );
}

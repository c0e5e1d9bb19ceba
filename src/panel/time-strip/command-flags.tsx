/** What was done and when: a flag across the lanes. A click selects it, a drag moves it to another moment. */
import { type PointerEvent as ReactPointerEvent, useRef, useState } from 'react';
import { useActions, useApp, useSay } from '../../store/use-app.tsx';
import type { FlagLabel, LaneBox, xScale } from './lane-math.ts';

type Scale = ReturnType<typeof xScale>;

export function CommandFlags(props: {
  x: Scale;
  box: LaneBox;
  top: number;
  bottom: number;
  baseline: number;
  endUs: number;
  labels: ReadonlyMap<number, FlagLabel>;
}) {
  const { x, box, top, bottom, baseline, endUs, labels } = props;
  const say = useSay();
  const actions = useActions();
  const commands = useApp((state) => state.timeline.commands);
  const selected = useApp((state) => state.selectedCommand);
  const [drag, setDrag] = useState<{ id: number; x: number } | null>(null);
  const start = useRef({ x: 0, moved: false });

  const clamp = (at: number): number => Math.max(box.left, Math.min(box.right, at));
  const down = (event: ReactPointerEvent<SVGGElement>): void => {
    event.stopPropagation();
    start.current = { x: event.clientX, moved: false };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const move = (event: ReactPointerEvent<SVGGElement>, id: number, atUs: number): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const by = event.clientX - start.current.x;
    if (Math.abs(by) > 4) start.current.moved = true;
    if (start.current.moved) setDrag({ id, x: clamp(x(atUs) + by) });
  };
  const up = (id: number): void => {
    if (drag !== null && start.current.moved) {
      const moveToUs = Math.max(0, Math.min(endUs, Math.round(x.invert(drag.x))));
      actions.editCommand(id, { moveToUs });
    } else actions.selectCommand(selected === id ? null : id);
    setDrag(null);
  };

  return (
    <g>
      {commands.map((command) => {
        const at = drag?.id === command.id ? drag.x : x(command.atUs);
        if (at < box.left - 1 || at > box.right + 1) return null;
        const dragged = drag?.id === command.id;
        const label = labels.get(command.id);
        const name = say.phrase(command.phrase);
        const state = say(command.off ? 'panel.command.is-off' : 'panel.command.is-on');
        return (
          // biome-ignore lint/a11y/useSemanticElements: a drawing has no button elements
          <g
            key={command.id}
            className="ks-flag"
            data-off={command.off || undefined}
            data-on={selected === command.id || undefined}
            role="button"
            tabIndex={0}
            aria-pressed={selected === command.id}
            aria-label={say('panel.command.label', { at: command.atUs, name, state })}
            onPointerDown={down}
            onPointerMove={(event) => move(event, command.id, command.atUs)}
            onPointerUp={() => up(command.id)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' || event.key === ' ') actions.selectCommand(command.id);
              else if (event.key === 'Delete') actions.editCommand(command.id, 'delete');
              else return;
              event.preventDefault();
              event.stopPropagation();
            }}
          >
            <rect x={at - 6} y={top} width={12} height={bottom - top + 18} fill="transparent" />
            <line x1={at} x2={at} y1={top} y2={bottom + 5} />
            <title>{name}</title>
            {(label !== undefined || dragged) && (
              <text x={dragged ? at : label?.x} y={baseline} textAnchor="middle">
                {label?.text ?? name}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

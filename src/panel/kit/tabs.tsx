/** Tabs as the ARIA pattern has them: one stop of the Tab key, arrows between them. */
import type { KeyboardEvent } from 'react';

export interface TabItem<T extends string> {
  readonly id: T;
  readonly label: string;
}

export function Tabs<T extends string>(props: {
  label: string;
  items: readonly TabItem<T>[];
  value: T;
  panelId: string;
  onChange: (id: T) => void;
}) {
  const move = (event: KeyboardEvent<HTMLDivElement>): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const at = props.items.findIndex((item) => item.id === props.value);
    const next = props.items[(at + step + props.items.length) % props.items.length]!;
    props.onChange(next.id);
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  };
  return (
    <div className="ks-tabs" role="tablist" aria-label={props.label} onKeyDown={move}>
      {props.items.map((item) => (
        <button
          key={item.id}
          type="button"
          role="tab"
          data-tab={item.id}
          aria-selected={item.id === props.value}
          aria-controls={props.panelId}
          tabIndex={item.id === props.value ? 0 : -1}
          onClick={() => props.onChange(item.id)}
        >
          {item.label}
        </button>
      ))}
    </div>
  );
}

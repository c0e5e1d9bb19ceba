/** One of a few values, side by side; a group of radio buttons for the keyboard and the screen reader. */
import { useId } from 'react';

export interface Option<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly hint?: string;
}

export function Segmented<T extends string>(props: {
  label: string;
  value: T | null;
  options: readonly Option<T>[];
  onChange: (value: T) => void;
  disabled?: boolean;
}) {
  const name = useId();
  return (
    <fieldset className="ks-seg" disabled={props.disabled}>
      <legend className="ks-hidden">{props.label}</legend>
      {props.options.map((option) => (
        <label key={option.value} title={option.hint} data-on={option.value === props.value || undefined}>
          <input
            type="radio"
            className="ks-hidden"
            name={name}
            value={option.value}
            checked={option.value === props.value}
            onChange={() => props.onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}

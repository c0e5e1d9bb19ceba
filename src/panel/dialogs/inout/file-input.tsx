/** A place to drop a file on, and a button that chooses one: mouse, keyboard and touch. */
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { useSay } from '../../../store/use-app.tsx';

export function FileInput(props: { says: string; accept: string; onFile: (file: File) => void; children?: ReactNode }) {
  const say = useSay();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent): void => {
    const file = event.dataTransfer.files[0];
    setOver(false);
    if (file === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    props.onFile(file);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same
    <div
      className="ks-drop ks-io-drop"
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p>{props.says}</p>
      <div className="ks-io-row ks-io-middle">
        <button type="button" className="ks-btn" onClick={() => input.current?.click()}>
          {say('panel.open.choose')}
        </button>
        {props.children}
      </div>
      <input
        ref={input}
        type="file"
        className="ks-hidden"
        tabIndex={-1}
        aria-hidden="true"
        accept={props.accept}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file !== undefined) props.onFile(file);
        }}
      />
    </div>
  );
}

/** A text that goes out: copied with one click, or saved as a file. */
import { useEffect, useRef, useState } from 'react';
import { saveFile } from '../../../store/present.ts';
import { useSay } from '../../../store/use-app.tsx';

/** For how long the button says that it is done. */
const SAID_MS = 2_000;

export function CopyButton({ text, label, fill = false }: { text: string; label?: string; fill?: boolean }) {
  const say = useSay();
  const [state, setState] = useState<'copied' | 'failed' | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
    } catch {
      setState('failed');
    }
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setState(null), SAID_MS);
  };
  const word = state === null ? 'inout.copy' : `inout.copy.${state}`;
  return (
    <button
      type="button"
      className={fill ? 'ks-btn ks-btn-fill' : 'ks-btn'}
      disabled={text === ''}
      aria-label={label === undefined ? undefined : `${say(word)}: ${label}`}
      onClick={() => void copy()}
    >
      <span aria-live="polite">{say(word)}</span>
    </button>
  );
}

/** A text to read, with its buttons; it can be selected by hand where the clipboard is not allowed. */
export function TextOut(props: { text: string; name: string; label: string; type?: string }) {
  const say = useSay();
  return (
    <>
      <textarea
        className="ks-input ks-link-text ks-io-out"
        aria-label={props.label}
        readOnly
        rows={9}
        value={props.text}
        spellCheck={false}
      />
      <div className="ks-io-row">
        <CopyButton text={props.text} />
        <button
          type="button"
          className="ks-btn"
          disabled={props.text === ''}
          onClick={() => saveFile(props.name, props.text, props.type ?? 'text/plain')}
        >
          {say('inout.save-as', { name: props.name })}
        </button>
      </div>
    </>
  );
}

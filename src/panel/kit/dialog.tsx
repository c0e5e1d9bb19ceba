/** A modal dialog on the browser's own: it keeps the focus inside, closes on Esc and gives the focus back. */
import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useLayoutEffect, useRef } from 'react';
import { useSay } from '../../store/use-app.tsx';

/** Where the focus was before the first dialog of a row: one dialog may open the next. */
let opener: HTMLElement | SVGElement | null = null;

/** Gives the focus back once no dialog is open any more. */
function useFocusBack(): void {
  useLayoutEffect(() => {
    const now = document.activeElement;
    const stands = now instanceof HTMLElement || now instanceof SVGElement;
    if (stands && now !== document.body && now.closest('dialog') === null) opener = now;
    return () => {
      queueMicrotask(() => {
        if (document.querySelector('dialog[open]') === null && opener?.isConnected === true) opener.focus();
      });
    };
  }, []);
}

export function Dialog(props: {
  title: string;
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
  wide?: boolean;
}) {
  const { title, onClose, children, footer, wide = false } = props;
  const say = useSay();
  const id = useId();
  const box = useRef<HTMLDialogElement>(null);
  const body = useRef<HTMLDivElement>(null);
  useFocusBack();
  useEffect(() => {
    const element = box.current;
    if (element !== null && !element.open) {
      element.showModal();
      // The browser would take the first button, which is the one that closes.
      const first = element.querySelector<HTMLElement>('[data-autofocus]') ?? element;
      first.focus();
    }
    return () => element?.close();
  }, []);
  // What is longer than the window and has nothing to tab to is scrolled by the keyboard itself.
  useEffect(() => {
    const element = body.current;
    if (element === null) return;
    const still = element.querySelector('a, button, input, select, textarea') === null;
    if (still && element.scrollHeight > element.clientHeight) element.tabIndex = 0;
    else element.removeAttribute('tabindex');
  });
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes it; the click outside is an addition for the mouse
    <dialog
      ref={box}
      tabIndex={-1}
      className={wide ? 'ks-dialog ks-dialog-wide' : 'ks-dialog'}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === box.current) onClose();
      }}
    >
      <div className="ks-dialog-box">
        <header>
          <h2 id={id}>{title}</h2>
          <button type="button" className="ks-icon ks-quiet" onClick={onClose} aria-label={say('panel.close')}>
            <X size={16} aria-hidden="true" />
          </button>
        </header>
        <div ref={body} className="ks-dialog-body">
          {children}
        </div>
        {footer !== undefined && <footer>{footer}</footer>}
      </div>
    </dialog>
  );
}

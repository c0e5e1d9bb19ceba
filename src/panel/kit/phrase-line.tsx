/** A moment in plain words: its time (a jump to it), its sentence, and what it is about, pointed at on hover and focus. */
import type { Phrase, ThingId } from '../../protocol/frame.ts';
import { useActions, useSay } from '../../store/use-app.tsx';

export function PhraseLine(props: {
  atUs: number;
  phrase: Phrase;
  about: readonly ThingId[];
  tone: 'plain' | 'harm' | 'risk' | 'good';
  now?: boolean;
  later?: boolean;
}) {
  const say = useSay();
  const actions = useActions();
  const point = (): void => actions.setHighlight(props.about);
  const leave = (): void => actions.setHighlight([]);
  const state = props.now === true ? 'now' : props.later === true ? 'later' : undefined;
  return (
    <li className="ks-line" data-tone={props.tone} data-when={state} onPointerEnter={point} onPointerLeave={leave}>
      <button
        type="button"
        className="ks-time"
        title={say('panel.line.jump')}
        aria-label={say('panel.line.jump-to', { at: props.atUs })}
        onFocus={point}
        onBlur={leave}
        onClick={() => {
          actions.pause();
          actions.seek(props.atUs);
        }}
      >
        {(props.atUs / 1e6).toFixed(3)}
      </button>
      <span>{say.phrase(props.phrase)}</span>
    </li>
  );
}

/** What stands above a batch: which one it is, its format, its neighbours. */
import { useSay } from '../../store/use-app.tsx';
import type { BatchViewProps } from './batch-view.tsx';
import type { Sheet } from './sheet.ts';

export function Head(props: BatchViewProps & { sheet: Sheet; comparing: boolean; onCompare: () => void }) {
  const { name, number, count, onPrevious, onNext, sheet, comparing, onCompare, tools, bare = false } = props;
  const say = useSay();
  return (
    <div className="kb-head">
      {/* The dialog has the title in its own head; what is beneath it hangs on this one. */}
      <h3 className={bare ? 'ks-hidden' : undefined}>
        {bare ? say(`bytes.format.${sheet.magic}`) : say('bytes.title', { number, name })}
      </h3>
      {tools}
      {count > 1 && (
        <span className="kb-steps">
          <button
            type="button"
            className="ks-btn"
            disabled={onPrevious === null}
            aria-label={say('bytes.previous')}
            onClick={() => onPrevious?.()}
          >
            ‹
          </button>
          <span className="kp-mute">{say('bytes.of', { number, count })}</span>
          <button
            type="button"
            className="ks-btn"
            disabled={onNext === null}
            aria-label={say('bytes.next')}
            onClick={() => onNext?.()}
          >
            ›
          </button>
        </span>
      )}
      <span className="kb-format kp-mute">{say(`bytes.format.${sheet.magic}`)}</span>
      <button type="button" className="ks-btn" aria-pressed={comparing} onClick={onCompare}>
        {say('bytes.compare')}
      </button>
    </div>
  );
}

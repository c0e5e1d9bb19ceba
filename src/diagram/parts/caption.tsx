import type { ReactElement } from 'react';
import type { Frame } from '../../protocol/frame.ts';
import { type Language, text } from '../../text/index.ts';
import { Ring, ringLeft } from './ring.tsx';

/** The one sentence that always says what the cluster waits for, and why; its ring drains when the end is known. */
export function Caption(props: {
  readonly waiting: Frame['waiting'];
  readonly atUs: number;
  readonly language: Language;
}): ReactElement {
  const { waiting, atUs, language } = props;
  const until = waiting.untilUs;
  return (
    <div className={`ks-caption ks-caption-${waiting.kind}`}>
      {until === null ? null : (
        <svg
          className="ks-caption-ring"
          width={22}
          height={22}
          role="img"
          aria-label={text(language, 'stage.left', { for: Math.max(0, until - atUs) })}
        >
          <Ring
            cx={11}
            cy={11}
            r={8.5}
            left={ringLeft(waiting.sinceUs, until, atUs)}
            colour={waiting.kind === 'timer' ? 'var(--warn)' : 'var(--mute)'}
            title={text(language, 'stage.left', { for: Math.max(0, until - atUs) })}
          />
        </svg>
      )}
      <p>{text(language, waiting.phrase.key, waiting.phrase.params)}</p>
    </div>
  );
}

/** The chosen codec's batches in the byte explorer, which comes late; its place is kept until it is there. */
import { useState } from 'react';
import { useSay } from '../../store/use-app.tsx';
import { part } from '../kit/part.tsx';
import { useShown } from './use-pack.tsx';

const Explorer = part(() => import('../bytes/explorer.tsx'));

export function BytesPart() {
  const say = useSay();
  const { shown, stale } = useShown('batches');
  const { shown: formats } = useShown('formats');
  const [at, setAt] = useState(0);
  const batches = shown?.value.batches ?? [];
  return (
    <section className="pk-section pk-bytes" aria-label={say('pack.bytes.name')} data-stale={stale || undefined}>
      {batches.length === 0 ? (
        <p className="pk-empty kp-mute">{say('pack.bytes.none')}</p>
      ) : (
        <Explorer
          batches={batches}
          name="lab-0"
          index={Math.min(at, batches.length - 1)}
          onBatch={setAt}
          formats={formats?.value ?? null}
        />
      )}
    </section>
  );
}

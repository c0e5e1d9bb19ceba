/** Who notices what was changed, in the order of the batch's way, with the answers that Kafka gives. */
import { useMemo } from 'react';
import type { Testimony } from '../../kafka/records/byte-field.ts';
import { type Say, useSay } from '../../store/use-app.tsx';
import type { Edits } from './edits.ts';
import { noticesOf } from './notices.ts';

/** Fields whose change goes unseen, said one by one; the rest is a number. */
const MOST_READ = 4;
const MOST_SIGNS = 40;

const short = (text: string | null): string =>
  text === null ? 'null' : text.length > MOST_SIGNS ? `${text.slice(0, MOST_SIGNS)}…` : text;

function Line({ say, testimony }: { say: Say; testimony: Testimony }) {
  const { witness, config, notices, error, exception, why, message } = testimony;
  return (
    <li data-notices={notices || undefined}>
      <span className="kb-mark" aria-hidden="true">
        {notices ? '!' : '–'}
      </span>
      <div>
        <p>
          <b>{say(`bytes.witness.${witness}`)}</b>
          {config !== null && <code>{config}</code>}
          <span className="kb-verdict">{say(notices ? 'bytes.notices.yes' : 'bytes.notices.no')}</span>
          {error !== null && <code>{error}</code>}
          {exception !== null && <code>{exception}</code>}
        </p>
        <p>{say.phrase(message)}</p>
        {why !== null && <p className="kp-mute">{say.phrase(why)}</p>}
      </div>
    </li>
  );
}

export interface WhoNoticesProps {
  readonly edits: Edits;
  readonly changed: boolean;
  readonly onFreshCrc: () => void;
  readonly onPutBack: () => void;
}

export function WhoNotices({ edits, changed, onFreshCrc, onPutBack }: WhoNoticesProps) {
  const say = useSay();
  const found = useMemo(
    () => (changed ? noticesOf(edits.original, edits.bytes) : null),
    [changed, edits.original, edits.bytes],
  );
  if (found === null) return <p className="kb-invite">{say('bytes.notices.invite')}</p>;
  const { judgement, entry, entries } = found;
  // The same for all who take it; the checksum itself nobody reads.
  const reads = (judgement.testimonies.find((each) => each.reads.length > 0)?.reads ?? []).filter(
    ({ name }) => name !== 'crc',
  );
  const { storedCrc, computedCrc, crcHolds, testimonies } = judgement;
  return (
    <section className="kb-notices" aria-labelledby="kb-notices">
      <div className="kb-verdicts">
        <h4 id="kb-notices">{say('bytes.notices')}</h4>
        <p role="status">{edits.last !== null && say.phrase(edits.last)}</p>
        <span className="kb-steps">
          <button type="button" className="ks-btn" disabled={crcHolds} onClick={onFreshCrc}>
            {say('bytes.notices.fresh')}
          </button>
          <button type="button" className="ks-btn" onClick={onPutBack}>
            {say('bytes.notices.back')}
          </button>
        </span>
      </div>
      <p className="kb-crc">
        {entries > 1 && `${say('bytes.notices.entry', { n: entry + 1, count: entries })} `}
        {say('bytes.notices.stored')} <code>{storedCrc}</code> {say('bytes.notices.computed')}{' '}
        <code>{computedCrc}</code> <b>{say(crcHolds ? 'bytes.notices.holds' : 'bytes.notices.broken')}</b>
      </p>
      <ol>
        {testimonies.map((testimony) => (
          <Line key={`${testimony.witness} ${testimony.config}`} say={say} testimony={testimony} />
        ))}
      </ol>
      {reads.length > 0 && (
        <div className="kb-reads">
          <p>{say('bytes.notices.reads')}</p>
          <ul>
            {reads.slice(0, MOST_READ).map(({ path, name, before, after }) => (
              <li key={path} className="kp-mono">
                {name}: {short(before)} → <b>{short(after)}</b>
              </li>
            ))}
            {reads.length > MOST_READ && <li>{say('bytes.notices.more', { count: reads.length - MOST_READ })}</li>}
          </ul>
        </div>
      )}
      <p className="kp-mute">{say('bytes.notices.cluster')}</p>
    </section>
  );
}

/** Who works on the chosen codec's batches, how long, and what it saves: figures of the run, by the engine's table of costs. */
import type { PackRow, PackWork } from '../../protocol/pack.ts';
import { chosenRow } from '../../store/pack.ts';
import { useSay } from '../../store/use-app.tsx';
import { usePack, useShown } from './use-pack.tsx';
import { percent, workTime } from './words.ts';

function Work({ work }: { work: PackWork }) {
  const say = useSay();
  const { who, what, batches, totalUs } = work;
  return (
    <div className="pk-work" data-work={`${who}.${what}`}>
      <dt>{say(`pack.work.${who}.${what}`)}</dt>
      <dd className="kp-mono">
        {totalUs === 0 || batches === 0
          ? say('pack.work.free')
          : say('pack.work.times', { batches, time: workTime(totalUs / batches, say.language) })}
      </dd>
    </div>
  );
}

function Sums({ row, none }: { row: PackRow; none: PackRow | undefined }) {
  const say = useSay();
  return (
    <>
      <div className="pk-work">
        <dt>
          {say('pack.work.share')}
          <small>{say('pack.work.share.says', { time: workTime(row.durationUs, say.language) })}</small>
        </dt>
        <dd className="kp-mono" data-share>
          {percent(row.processorShare)}
        </dd>
      </div>
      {none !== undefined && (
        <div className="pk-work">
          <dt>
            {say('pack.work.saved')}
            <small>{say('pack.work.saved.says', { of: none.wireBytes })}</small>
          </dt>
          <dd className="kp-mono" data-saved>
            {say('pack.work.saved.figure', {
              bytes: say('pack.bytes', { bytes: Math.abs(row.savedBytes) }),
              sign: row.savedBytes < 0 ? '−' : '',
              part: percent(row.savedBytes / Math.max(1, none.wireBytes)),
            })}
          </dd>
        </div>
      )}
    </>
  );
}

export function Works() {
  const say = useSay();
  const row = usePack(chosenRow);
  const { shown, stale } = useShown('rows');
  const none = shown?.value.find(({ codec }) => codec === 'none');
  return (
    <section aria-label={say('pack.works')}>
      <h3 className="pk-group">{say('pack.works')}</h3>
      <dl className="pk-works" data-stale={stale || undefined}>
        {row === null ? (
          <div className="pk-work">
            <dt className="kp-mute">{say('pack.works.none')}</dt>
            <dd />
          </div>
        ) : (
          <>
            {row.work.map((work) => (
              <Work key={`${work.who}.${work.what}`} work={work} />
            ))}
            <Sums row={row} none={none} />
          </>
        )}
      </dl>
      <p className="pk-source kp-mute ks-small">{say('pack.works.source')}</p>
    </section>
  );
}

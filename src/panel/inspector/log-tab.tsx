/** The log as batches with their records: what is really stored, with the learner's own words in it. */
import { memo } from 'react';
import type { BatchView, ThingId } from '../../protocol/frame.ts';
import { parseThing } from '../../store/thing.ts';
import { useActions, useApp, useSay } from '../../store/use-app.tsx';
import { Decoded } from './decoded-record.tsx';
import { useDetail } from './use-detail.ts';

const MAX_VALUE = 400;

const Batch = memo(function Batch({
  batch,
  kafka,
  thing,
}: {
  batch: BatchView;
  kafka: boolean;
  thing: ThingId | null;
}) {
  const say = useSay();
  const actions = useActions();
  return (
    <li className="ks-batch">
      <p className="ks-batch-head">
        <b className="kp-mono">
          {batch.baseOffset === batch.lastOffset ? batch.baseOffset : `${batch.baseOffset}–${batch.lastOffset}`}
        </b>
        <span>
          {say('panel.log.batch', { records: batch.records.length, size: batch.sizeBytes, epoch: batch.leaderEpoch })}
          {batch.codec !== 'none' &&
            say('compression.log.batch', { codec: batch.codec, plain: batch.plainSizeBytes ?? batch.sizeBytes })}
        </span>
        {thing !== null && (
          <button
            type="button"
            className="ks-link"
            title={say('bytes.open.says', { offset: batch.baseOffset })}
            aria-label={say('bytes.open.says', { offset: batch.baseOffset })}
            onClick={() => actions.openDialog({ kind: 'bytes', thing, offset: batch.baseOffset })}
          >
            {say('bytes.open')}
          </button>
        )}
      </p>
      {kafka && (
        <p className="kp-mono ks-batch-bytes">
          crc 0x{(batch.crc >>> 0).toString(16).padStart(8, '0')} · {batch.codec}
          {batch.producerId >= 0 && ` · pid ${batch.producerId}/${batch.producerEpoch} seq ${batch.baseSequence}`}
        </p>
      )}
      <ol>
        {batch.records.map((record) => (
          <li key={record.offset} className={record.decoded === undefined ? undefined : 'ks-decoded-row'}>
            <span className="kp-mono kp-mute">{record.offset}</span>
            {record.decoded === undefined ? (
              <>
                <button
                  type="button"
                  className="ks-record"
                  disabled={record.id < 0}
                  onPointerEnter={() => actions.setHighlight([`record:${record.id}`])}
                  onPointerLeave={() => actions.setHighlight([])}
                  onClick={() => actions.openDialog({ kind: 'story', id: record.id })}
                >
                  {record.key !== null && <i>{record.key}</i>}
                  <span>
                    {record.value === null || record.value === ''
                      ? say('panel.records.no-value')
                      : record.value.slice(0, MAX_VALUE)}
                  </span>
                </button>
                <em data-fate={record.fate}>{say(`fate.${record.fate}`)}</em>
              </>
            ) : (
              <Decoded record={record.decoded} />
            )}
          </li>
        ))}
      </ol>
    </li>
  );
});

export function LogTab() {
  const say = useSay();
  const detail = useDetail('log');
  if (detail === null) return null;
  if (detail.batches.length === 0) {
    const { kind } = parseThing(detail.thing);
    // These hold many logs: the stage is where one of them is chosen.
    const many = kind === 'broker' || kind === 'topic';
    return <p className="kp-empty">{say(many ? 'panel.log.choose' : 'panel.log.none')}</p>;
  }
  return <Batches batches={detail.batches} thing={detail.thing} />;
}

/** The newest first. `thing`: the log they are in. */
export function Batches({ batches, thing }: { batches: readonly BatchView[]; thing: ThingId | null }) {
  const words = useApp((state) => state.words);
  return (
    <ol className="ks-batches">
      {[...batches].reverse().map((batch) => (
        <Batch key={batch.baseOffset} batch={batch} kafka={words === 'kafka'} thing={thing} />
      ))}
    </ol>
  );
}

/** A share group's records in flight: one cell a record, with its state, its delivery count and who holds it. */

import { readerColour } from '../../../diagram/palette.ts';
import type { GroupView } from '../../../protocol/frame.ts';
import type {
  ShareGroupDetail,
  SharePartitionDetail,
  ShareRecordDetail,
  ShareRecordState,
} from '../../../protocol/share-detail.ts';
import { useActions, useApp, useSay } from '../../../store/use-app.tsx';
import './share.css';

const STATES: readonly ShareRecordState[] = ['available', 'acquired', 'acknowledged', 'archived'];

export function ShareRecords({ group, detail }: { group: GroupView; detail: ShareGroupDetail }) {
  const say = useSay();
  const { deliveryCountLimit: limit, recordLockUs, maxRecordLocks } = detail;
  return (
    <section className="ks-share">
      <h3>{say('panel.share.records')}</h3>
      <p className="ks-share-says">{say('panel.share.says', { limit, lockUs: recordLockUs, most: maxRecordLocks })}</p>
      <ul className="ks-share-legend">
        {STATES.map((state) => (
          <li key={state}>
            <span className="ks-share-cell" data-state={state} aria-hidden="true">
              {state === 'acknowledged' ? '✓' : ''}
            </span>
            {say(`panel.share.state.${state}`)}
          </li>
        ))}
      </ul>
      {detail.partitions.map((p) => (
        <Partition key={p.partition} group={group} p={p} limit={limit} />
      ))}
    </section>
  );
}

function Partition({ group, p, limit }: { group: GroupView; p: SharePartitionDetail; limit: number }) {
  const say = useSay();
  const actions = useActions();
  const view = group.partitions.find(({ partition }) => partition === p.partition)?.share;
  const readers = view?.members ?? [];
  return (
    <article>
      <h4>
        <button type="button" className="ks-link" onClick={() => actions.select(`partition:${p.partition}`)}>
          {p.partition}
        </button>
        <span>
          {readers.length === 0
            ? say('panel.share.nobody')
            : say('panel.share.readers', { count: readers.length, members: readers.join(', ') })}
        </span>
      </h4>
      <Where p={p} />
      <ol className="ks-share-row" aria-label={say('panel.share.row', { partition: p.partition })}>
        {p.records.map((record) => (
          <Cell key={record.offset} record={record} limit={limit} />
        ))}
        {p.more > 0 && <li className="ks-share-more">{say('panel.share.more', { count: p.more })}</li>}
      </ol>
      {p.records.length === 0 && p.startOffset >= 0 && <p className="ks-share-says">{say('panel.share.empty')}</p>}
      <dl className="ks-share-counts">
        {(['accepted', 'released', 'rejected', 'lockTimeouts', 'givenUp'] as const).map((name) => (
          <div key={name} data-name={name} data-none={p[name] === 0 || undefined}>
            <dt>{say(`panel.share.count.${name}`)}</dt>
            <dd>{say('panel.number', { value: p[name] })}</dd>
          </div>
        ))}
      </dl>
      <Completions p={p} />
    </article>
  );
}

/** Where the group stands in the partition, and who keeps what it knows. */
function Where({ p }: { p: SharePartitionDetail }) {
  const say = useSay();
  const from =
    p.startOffset < 0
      ? say('panel.share.not-read')
      : say('panel.share.from', { start: p.startOffset, next: p.nextOffset });
  const kept =
    p.shareCoordinator < 0
      ? say('panel.share.kept.nobody', { partition: p.statePartition })
      : say('panel.share.kept', { partition: p.statePartition, broker: p.shareCoordinator });
  return (
    <p className="ks-share-says">
      {from} {kept}
    </p>
  );
}

function Cell({ record, limit }: { record: ShareRecordDetail; limit: number }) {
  const say = useSay();
  const atUs = useApp((state) => state.frame?.atUs ?? 0);
  // The stage deals its colours out by the place among all consumers.
  const at = useApp((state) => state.frame?.consumers.findIndex((c) => c.id === record.consumer) ?? -1);
  const params = {
    offset: record.offset,
    count: record.deliveryCount,
    limit,
    consumer: record.consumer ?? '',
    leftUs: Math.max(0, (record.lockEndsUs ?? atUs) - atUs),
  };
  const words = [say(`panel.share.cell.${record.state}`, params)];
  if (record.writing) words.push(say('panel.share.cell.writing'));
  const colour = at < 0 ? undefined : readerColour(at);
  return (
    <li
      className="ks-share-cell"
      data-state={record.state}
      data-writing={record.writing || undefined}
      style={colour === undefined ? undefined : { borderColor: colour, color: colour }}
      title={words.join(' ')}
      aria-label={words.join(' ')}
    >
      <span aria-hidden="true">{record.offset}</span>
      <b aria-hidden="true">{record.deliveryCount === 0 ? '·' : `×${record.deliveryCount}`}</b>
    </li>
  );
}

function Completions({ p }: { p: SharePartitionDetail }) {
  const say = useSay();
  if (p.completions.length === 0) return null;
  return (
    <details className="ks-share-done">
      <summary>{say('panel.share.completions', { count: p.completions.length })}</summary>
      <ol>
        {p.completions.map(({ atUs, consumer, offset, deliveryCount, verdict }) => (
          <li key={`${atUs}:${offset}:${deliveryCount}`}>
            {say(`panel.share.completion.${verdict ?? 'none'}`, { atUs, consumer, offset, count: deliveryCount })}
          </li>
        ))}
      </ol>
    </details>
  );
}

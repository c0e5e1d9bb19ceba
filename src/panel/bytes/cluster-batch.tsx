/** Any batch of any log of the running cluster, byte by byte: as it stood when it was opened, and as it stands when one goes on. */
import { useEffect, useState } from 'react';
import type { BatchBytes } from '../../protocol/batch-bytes.ts';
import type { ThingId } from '../../protocol/frame.ts';
import { parseThing } from '../../store/thing.ts';
import { useApp, useAppStore, useSay } from '../../store/use-app.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { BatchView } from './batch-view.tsx';

/** A log and an offset in it; null: its last batch. */
interface Place {
  readonly partition: string;
  /** null: the leader's. */
  readonly broker: number | null;
  readonly offset: number | null;
}

type Answer =
  | { readonly state: 'loading' }
  | { readonly state: 'here'; readonly batch: BatchBytes }
  | { readonly state: 'gone' }
  | { readonly state: 'failed'; readonly message: string };

function placeOf(thing: ThingId, offset: number | null): Place {
  const { kind, name } = parseThing(thing);
  const at = name.lastIndexOf('@');
  if (kind === 'replica') return { partition: name.slice(0, at), broker: Number(name.slice(at + 1)), offset };
  return { partition: name, broker: null, offset };
}

const thingOf = ({ partition, broker }: Place): ThingId =>
  broker === null ? `partition:${partition}` : `replica:${partition}@${broker}`;

/** The batch of a place. The log's end is what the page's frame says; whoever asks for no offset gets the batch there. */
function useBatch(place: Place): Answer {
  const store = useAppStore();
  const [answer, setAnswer] = useState<Answer>({ state: 'loading' });
  useEffect(() => {
    let wanted = true;
    const { client, frame } = store.getState();
    const view = frame?.partitions.find(({ name }) => name === place.partition);
    const log = view?.replicas.find(({ broker }) => broker === (place.broker ?? view.lastLeader));
    const offset = place.offset ?? Math.max(0, (log?.leo ?? view?.leo ?? 0) - 1);
    if (client === null) return;
    client.ask({ ask: 'batch-bytes', thing: thingOf(place), offset }).then(
      (batch) => wanted && setAnswer(batch === null ? { state: 'gone' } : { state: 'here', batch }),
      (error: unknown) =>
        wanted && setAnswer({ state: 'failed', message: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      wanted = false;
    };
  }, [store, place]);
  return answer;
}

/** Whose log it is: the leader's or a follower's. */
function Brokers({ place, broker, onBroker }: { place: Place; broker: number; onBroker: (broker: number) => void }) {
  const say = useSay();
  const view = useApp((page) => page.frame?.partitions.find(({ name }) => name === place.partition));
  const brokers = view?.replicas.map((replica) => replica.broker) ?? [broker];
  return (
    <label className="kb-steps">
      <span className="kp-mute">{say('bytes.broker')}</span>
      <select className="ks-select" value={broker} onChange={(event) => onBroker(Number(event.target.value))}>
        {brokers.map((each) => (
          <option key={each} value={each}>
            {say(each === view?.leader ? 'bytes.broker.leader' : 'bytes.broker.follower', { broker: each })}
          </option>
        ))}
      </select>
    </label>
  );
}

export default function ClusterBatch(props: { thing: ThingId; offset: number | null; onClose: () => void }) {
  const say = useSay();
  const store = useAppStore();
  const [place, setPlace] = useState(() => placeOf(props.thing, props.offset));
  const answer = useBatch(place);
  // The batch before stays in sight until its neighbour has come.
  const [last, setLast] = useState<BatchBytes | null>(null);
  useEffect(() => {
    if (answer.state === 'here') setLast(answer.batch);
  }, [answer]);
  const shown = answer.state === 'here' ? answer.batch : last;
  const leader = useApp(
    (page) => page.frame?.partitions.find(({ name }) => name === place.partition)?.lastLeader ?? -1,
  );
  const broker = place.broker ?? shown?.broker ?? leader;
  const go = (offset: number): void => setPlace({ ...place, broker, offset });
  const tools = <Brokers place={place} broker={broker} onBroker={(to) => setPlace({ ...place, broker: to })} />;
  const segment = async (): Promise<Uint8Array | null> => {
    const { client } = store.getState();
    const offset = shown?.place.baseOffset ?? 0;
    const file = await client?.ask({ ask: 'segment-file', thing: thingOf({ ...place, broker }), offset });
    return file?.bytes ?? null;
  };
  const { previous = null, next = null } = shown ?? {};
  const title =
    shown === null ? say('bytes.menu') : say('bytes.title', { number: shown.index + 1, name: shown.partition });
  return (
    <Dialog title={title} onClose={props.onClose} wide>
      <div className="kb-dialog" aria-busy={answer.state === 'loading'}>
        {answer.state === 'gone' || answer.state === 'failed' || shown === null ? (
          <div className="kb-state">
            {answer.state !== 'loading' && tools}
            <p role="status">
              {answer.state === 'loading' && say('bytes.dialog.loading')}
              {answer.state === 'failed' && say('bytes.dialog.failed', { message: answer.message })}
              {answer.state === 'gone' &&
                say(place.offset === null ? 'bytes.dialog.empty' : 'bytes.dialog.gone', {
                  broker,
                  name: place.partition,
                  offset: place.offset ?? 0,
                })}
            </p>
            {answer.state === 'gone' && place.offset !== null && (
              <button type="button" className="ks-btn" onClick={() => setPlace({ ...place, offset: null })}>
                {say('bytes.dialog.nearest')}
              </button>
            )}
          </div>
        ) : (
          <BatchView
            bytes={shown.bytes}
            name={shown.partition}
            number={shown.index + 1}
            count={shown.count}
            onPrevious={previous === null ? null : () => go(previous.baseOffset)}
            onNext={next === null ? null : () => go(next.baseOffset)}
            formats={null}
            tools={tools}
            segment={{ name: shown.segment, load: segment }}
            bare
          />
        )}
      </div>
    </Dialog>
  );
}

/** When nothing is selected: everything there is, by name, and what can be added. */
import type { ThingId } from '../../protocol/frame.ts';
import { thingPhrase } from '../../store/thing.ts';
import { useActions, useApp, useSay } from '../../store/use-app.tsx';

type Addable = 'broker' | 'topic' | 'producer' | 'consumer';

function Group({ title, things, add }: { title: string; things: readonly ThingId[]; add: Addable | null }) {
  const say = useSay();
  const actions = useActions();
  return (
    <section className="ks-things">
      <h3>
        {title}
        {add !== null && (
          <button
            type="button"
            className="ks-link ks-small"
            onClick={() => actions.openDialog({ kind: 'add', what: add })}
          >
            {say(`panel.add.${add}`)}
          </button>
        )}
      </h3>
      <ul>
        {things.map((thing) => (
          <li key={thing}>
            <button
              type="button"
              className="ks-btn"
              onPointerEnter={() => actions.setHighlight([thing])}
              onPointerLeave={() => actions.setHighlight([])}
              onFocus={() => actions.setHighlight([thing])}
              onBlur={() => actions.setHighlight([])}
              onClick={() => actions.select(thing)}
            >
              {say.phrase(thingPhrase(thing))}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Names joined by a line feed: a string, so that a frame that names the same things redraws nothing. */
const useNames = (pick: (frame: NonNullable<Parameters<Parameters<typeof useApp>[0]>[0]['frame']>) => string[]) =>
  useApp((state) => (state.frame === null ? '' : pick(state.frame).join('\n')))
    .split('\n')
    .filter((name) => name !== '');

export default function Things() {
  const say = useSay();
  const actions = useActions();
  const brokers = useNames((frame) => frame.brokers.map(({ id }) => `broker:${id}`));
  const controllers = useNames((frame) => frame.controllers.map(({ id }) => `controller:${id}`));
  const topics = useNames((frame) => [...new Set(frame.partitions.map(({ topic }) => `topic:${topic}`))]);
  const producers = useNames((frame) => frame.producers.map(({ id }) => `producer:${id}`));
  const consumers = useNames((frame) => frame.consumers.map(({ id }) => `consumer:${id}`));
  return (
    <div className="ks-side-body">
      <Group title={say('panel.kind.brokers')} things={[...brokers, ...controllers]} add="broker" />
      <Group title={say('panel.kind.topics')} things={topics} add="topic" />
      <Group title={say('panel.kind.producers')} things={producers} add="producer" />
      <Group title={say('panel.kind.consumers')} things={consumers} add="consumer" />
      <section className="ks-things">
        <h3>{say('panel.rules')}</h3>
        <p className="kp-mute ks-small">{say('panel.rules.hint')}</p>
        <button type="button" className="ks-btn" onClick={() => actions.openDialog({ kind: 'invariants' })}>
          {say('panel.rules.open')}
        </button>
      </section>
    </div>
  );
}

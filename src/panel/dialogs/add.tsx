/** One broker, topic, producer or reader more. A topic is created now; the others have always been there: history is replayed with them. */
import { useState } from 'react';
import { topicNameFault } from '../../protocol/partition-name.ts';
import type { Scenario } from '../../protocol/scenario.ts';
import { alterScenario } from '../../store/present.ts';
import { useActions, useApp, useAppStore, useSay } from '../../store/use-app.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { withBroker, withConsumer, withProducer } from './add-to-scenario.ts';

type What = 'broker' | 'topic' | 'producer' | 'consumer';

const MAX_BROKERS = 9;

export default function AddDialog({ what, onClose }: { what: What; onClose: () => void }) {
  const say = useSay();
  const store = useAppStore();
  const actions = useActions();
  const topics = useApp((state) => state.info?.topics ?? []);
  const brokers = useApp((state) => state.frame?.brokers.length ?? 1);
  const [name, setName] = useState('');
  const [topic, setTopic] = useState(topics[0]?.name ?? '');
  const [partitions, setPartitions] = useState(3);
  const [copies, setCopies] = useState(Math.min(3, brokers));

  const { frame } = store.getState();
  const taken =
    what === 'producer' || what === 'consumer'
      ? [...(frame?.producers ?? []), ...(frame?.consumers ?? [])].some(({ id }) => id === name)
      : topics.some((entry) => entry.name === name);
  const fault = name === '' || what === 'broker' ? null : topicNameFault(name);
  const wrong = taken ? say('panel.add.taken', { name }) : fault === null ? null : say(`panel.add.name.${fault}`);
  const full = what === 'broker' && brokers >= MAX_BROKERS;
  const ready = what === 'broker' ? !full : name !== '' && wrong === null && (what === 'topic' || topic !== '');

  const change = (scenario: Scenario): Scenario => {
    if (what === 'broker') return withBroker(scenario);
    if (what === 'producer') return withProducer(scenario, name, topic);
    return withConsumer(scenario, name, topic, topics.find((entry) => entry.name === topic)?.partitions ?? 1);
  };
  const add = (): void => {
    onClose();
    if (what === 'topic') {
      actions.command({ do: 'topic.create', name, partitions, replicationFactor: copies });
      return;
    }
    alterScenario(store, change).catch(() => actions.notice({ key: 'panel.no-answer', params: {} }, 'refusal'));
  };

  return (
    <Dialog
      title={say(`panel.add.${what}`)}
      onClose={onClose}
      footer={
        <button type="button" className="ks-btn ks-btn-fill" disabled={!ready} onClick={add}>
          {say('panel.add.do')}
        </button>
      }
    >
      <p className="kp-mute">{say(full ? 'panel.add.full' : `panel.add.${what}.hint`)}</p>
      {what !== 'broker' && (
        <label className="ks-field">
          <span>{say('panel.add.name')}</span>
          <input
            className="ks-input"
            value={name}
            maxLength={60}
            data-autofocus
            aria-invalid={wrong !== null || undefined}
            onChange={(event) => setName(event.target.value.trim())}
          />
        </label>
      )}
      {wrong !== null && <p className="ks-wrong">{wrong}</p>}
      {(what === 'producer' || what === 'consumer') && (
        <label className="ks-field">
          <span>{say('panel.kind.topic')}</span>
          <select className="ks-select" value={topic} onChange={(event) => setTopic(event.target.value)}>
            {topics.map((entry) => (
              <option key={entry.name}>{entry.name}</option>
            ))}
          </select>
        </label>
      )}
      {what === 'topic' && (
        <>
          <NumberField label={say('panel.add.partitions')} value={partitions} max={12} onChange={setPartitions} />
          <NumberField label={say('panel.add.copies')} value={copies} max={Math.min(5, brokers)} onChange={setCopies} />
        </>
      )}
    </Dialog>
  );
}

function NumberField(props: { label: string; value: number; max: number; onChange: (value: number) => void }) {
  return (
    <label className="ks-field">
      <span>{props.label}</span>
      <input
        className="ks-input"
        type="number"
        min={1}
        max={props.max}
        value={props.value}
        onChange={(event) =>
          props.onChange(Math.max(1, Math.min(props.max, Math.round(event.target.valueAsNumber) || 1)))
        }
      />
    </label>
  );
}

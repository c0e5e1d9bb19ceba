/** A cut, a slow link or its repair: it takes the other end, and for a slow one how slow. */
import { useState } from 'react';
import type { StepCommand } from '../../protocol/engine-client.ts';
import type { ThingId } from '../../protocol/frame.ts';
import { thingPhrase } from '../../store/thing.ts';
import { useActions, useAppStore, useSay } from '../../store/use-app.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { between, verbTitle } from '../menu/verbs-for.ts';

interface LinkProps {
  verb: string;
  from: ThingId;
  to: ThingId | null;
  onClose: () => void;
}

const EVERYONE = '*';

export default function LinkDialog({ verb, from, to, onClose }: LinkProps) {
  const say = useSay();
  const store = useAppStore();
  const actions = useActions();
  const { frame } = store.getState();
  const others: ThingId[] =
    frame === null
      ? []
      : [
          ...frame.brokers.map(({ id }) => `broker:${id}`),
          ...frame.controllers.map(({ id }) => `controller:${id}`),
          ...frame.producers.map(({ id }) => `producer:${id}`),
          ...frame.consumers.map(({ id }) => `consumer:${id}`),
        ].filter((id) => id !== from);
  const damaged = frame?.links.find((link) => link.from === from || link.to === from);
  const [other, setOther] = useState<string>(
    to ?? (verb === 'network.heal' && damaged !== undefined ? otherEnd(damaged, from) : (others[0] ?? '')),
  );
  const [oneWay, setOneWay] = useState(false);
  const [latencyMs, setLatency] = useState(40);
  const [lossPercent, setLoss] = useState(0);

  const send = (): void => {
    const ends = other === EVERYONE ? others : [other];
    const pairs = ends.map((end) => between(from, end)).filter((pair) => pair !== null);
    if (pairs.length === 0) return;
    const sides = [pairs[0]![0], pairs.flatMap((pair) => pair[1])];
    const command: StepCommand = {
      do: verb,
      between: sides,
      ...(oneWay ? { oneWay: true } : {}),
      ...(verb === 'network.set' ? { latencyMs, ...(lossPercent > 0 ? { lossPercent } : {}) } : {}),
    };
    actions.command(command);
    onClose();
  };
  return (
    <Dialog
      title={verbTitle(say(`verb.${verb}`))}
      onClose={onClose}
      footer={
        <button type="button" className="ks-btn ks-btn-fill" disabled={other === ''} onClick={send}>
          {verbTitle(say(`verb.${verb}`))}
        </button>
      }
    >
      <p className="kp-mute">{say(`verb.${verb}.hint`)}</p>
      <label className="ks-field">
        <span>{say('panel.link.between', { name: say.phrase(thingPhrase(from)) })}</span>
        <select className="ks-select" value={other} onChange={(event) => setOther(event.target.value)}>
          {others.map((id) => (
            <option key={id} value={id}>
              {say.phrase(thingPhrase(id))}
            </option>
          ))}
          <option value={EVERYONE}>{say('panel.link.everyone')}</option>
        </select>
      </label>
      {verb === 'network.set' && (
        <>
          <label className="ks-field">
            <span>{say('panel.link.latency')}</span>
            <input
              className="ks-input"
              type="number"
              min={0}
              max={10_000}
              step={0.5}
              value={latencyMs}
              onChange={(event) => setLatency(Math.max(0, Math.min(10_000, event.target.valueAsNumber || 0)))}
            />
          </label>
          <label className="ks-field">
            <span>{say('panel.link.loss')}</span>
            <input
              className="ks-input"
              type="number"
              min={0}
              max={100}
              value={lossPercent}
              onChange={(event) => setLoss(Math.max(0, Math.min(100, event.target.valueAsNumber || 0)))}
            />
          </label>
        </>
      )}
      <label className="ks-check">
        <input type="checkbox" checked={oneWay} onChange={(event) => setOneWay(event.target.checked)} />
        {say('panel.link.one-way', { name: say.phrase(thingPhrase(from)) })}
      </label>
    </Dialog>
  );
}

function otherEnd(link: { from: ThingId; to: ThingId }, thing: ThingId): ThingId {
  return link.from === thing ? link.to : link.from;
}

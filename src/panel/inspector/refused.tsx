/** What Kafka or the engine refused, with its reason; nothing was changed. */
import { X } from 'lucide-react';
import { useActions, useApp, useSay } from '../../store/use-app.tsx';

export function Refused() {
  const say = useSay();
  const actions = useActions();
  const refusal = useApp((state) => state.refusal);
  if (refusal === null) return null;
  return (
    <div className="ks-refused" role="alert">
      <div>
        <b>{say('panel.refused')}</b>
        {refusal.edit !== null && (
          <p className="kp-mono">
            {refusal.edit.key} = {refusal.edit.value ?? say('panel.parameter.default')}
          </p>
        )}
        <p>{refusal.message}</p>
        {refusal.kafkaException !== null && !refusal.message.includes(refusal.kafkaException) && (
          <p className="kp-mute">{say('panel.refused.kafka', { exception: refusal.kafkaException })}</p>
        )}
      </div>
      <button
        type="button"
        className="ks-icon ks-quiet"
        onClick={actions.dismissRefusal}
        aria-label={say('panel.close')}
      >
        <X size={14} aria-hidden="true" />
      </button>
    </div>
  );
}

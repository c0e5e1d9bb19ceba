/** The parameters of Kafka that do nothing here yet, each with its facts and its true reason. */
import { ChevronRight } from 'lucide-react';
import { memo, useId, useState } from 'react';
import type { NotYet } from '../../kafka/config/not-yet.ts';
import type { KnownKey } from '../../kafka/config/types.ts';
import type { ParameterValue } from '../../protocol/frame.ts';
import { useSay } from '../../store/use-app.tsx';
import { defaultWords } from './history-words.ts';
import { ParameterFacts } from './parameter-facts.tsx';
import { useConfigWords } from './use-config-words.ts';
import { valueWords } from './value-words.ts';

/** The name of a parameter as the button that shows its facts. */
export function NameButton(props: {
  known: KnownKey;
  open: boolean;
  factsId: string;
  onToggle: () => void;
  changed?: boolean;
}) {
  const { known, open, factsId, onToggle, changed = false } = props;
  const say = useSay();
  return (
    <button
      type="button"
      className="ks-parameter-name kp-mono"
      aria-expanded={open}
      aria-controls={open ? factsId : undefined}
      data-changed={changed || undefined}
      title={say(open ? 'config.page.hide-facts' : 'config.page.show-facts')}
      onClick={onToggle}
    >
      <ChevronRight size={12} aria-hidden="true" />
      {changed && <i role="img" aria-label={say('panel.parameter.changed')} />}
      {known.key}
    </button>
  );
}

const Other = memo(function Other({ known, value }: { known: KnownKey; value: ParameterValue | undefined }) {
  const say = useSay();
  const words = useConfigWords();
  const [open, setOpen] = useState(false);
  const factsId = useId();
  const usual = known.required ? { required: true as const } : known.default;
  // A group takes over what its coordinator has set, whether or not the group itself has set anything.
  const now = value === undefined ? defaultWords(say, known, usual) : valueWords(known, value.effective);
  return (
    <li className="ks-parameter ks-not-yet">
      <div className="ks-parameter-row">
        <NameButton
          known={known}
          open={open}
          factsId={factsId}
          onToggle={() => setOpen(!open)}
          changed={value !== undefined && value.set !== null}
        />
        <span className="ks-parameter-fixed kp-mono" title={value?.effective ?? known.default ?? ''}>
          {now}
        </span>
      </div>
      <p className="ks-parameter-says">
        {value?.note != null && <span className="ks-parameter-note">{say.phrase(value.note)} </span>}
        {words.reason(known.acts as NotYet)}
      </p>
      {open && <ParameterFacts known={known} id={factsId} />}
    </li>
  );
});

export function OthersList(props: { keys: readonly KnownKey[]; values: ReadonlyMap<string, ParameterValue> }) {
  return (
    <ul className="ks-parameters ks-others">
      {props.keys.map((known) => (
        <Other key={known.key} known={known} value={props.values.get(known.key)} />
      ))}
    </ul>
  );
}

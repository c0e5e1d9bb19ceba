import { useSay } from '../../store/use-app.tsx';
import { Segmented } from './segmented.tsx';

/** Whether a change holds from the start of time (a new branch, replayed to now) or from now on. */
export function FromChoice(props: { value: 'start' | 'now'; onChange: (value: 'start' | 'now') => void }) {
  const say = useSay();
  return (
    <div className="ks-from-choice">
      <span className="kp-mute ks-small">{say('panel.parameters.applies')}</span>
      <Segmented
        label={say('panel.parameters.applies')}
        value={props.value}
        onChange={props.onChange}
        options={[
          { value: 'start', label: say('panel.from.start'), hint: say('panel.from.start.hint') },
          { value: 'now', label: say('panel.from.now'), hint: say('panel.from.now.hint') },
        ]}
      />
    </div>
  );
}

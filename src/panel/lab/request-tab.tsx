/** The request that is stepped on: what it means, and its fields as Kafka names them. */
import type { LabRun, LabStep } from '../../protocol/lab.ts';
import { useSay } from '../../store/use-app.tsx';
import { Coloured } from './coloured.tsx';
import { hueOf, useLabActions } from './use-lab.tsx';
import { seconds } from './words.ts';

/** Nested fields stand further in, pixels. */
const INDENT = 12;
/** Longer values stand on a line of their own. */
const LONG = 18;

export function RequestTab({ run, step }: { run: LabRun; step: LabStep | null }) {
  const say = useSay();
  const actions = useLabActions();
  if (step === null) return <p className="kp-mute">{say('lab.request.none')}</p>;
  const pair = run.steps[step.pair];
  return (
    <>
      {step.errors.length > 0 && <p className="kl-errors">{step.errors.join(', ')}</p>}
      <p className="kl-says-long">
        <Coloured text={say.words(step.says)} run={run} />
      </p>
      <p className="kp-mute ks-small">
        {step.arrivedUs < 0
          ? say('lab.tip.lost', { sent: seconds(step.sentUs) })
          : say('lab.request.way', { us: step.arrivedUs - step.sentUs, bytes: step.sizeBytes })}
        {pair !== undefined && (
          <>
            {' '}
            <button type="button" className="ks-link" onClick={() => actions.goTo(run.variant, pair)}>
              {say(step.what === 'request' ? 'lab.request.answer' : 'lab.request.question')}
            </button>
          </>
        )}
      </p>
      {step.fields.length > 0 && (
        <dl key={step.index} className="kl-fields">
          {step.fields.map(({ name, value, depth, consumer }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: fields repeat, their place is their name
            <div key={i}>
              <dt style={{ paddingLeft: depth * INDENT }}>{name}</dt>
              <dd
                data-long={value.length > LONG || undefined}
                style={consumer === null ? undefined : { color: hueOf(run, consumer) }}
                data-error={(/^error_?code$/i.test(name) && !/^(0|NONE)\b/.test(value)) || undefined}
              >
                {value}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

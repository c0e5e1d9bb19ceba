/** An old client meets a new broker: which format the records have on each hop, who converts, what it costs, who refuses. */
import { useMemo } from 'react';
import { COMPRESSION_TYPES } from '../../kafka/records/codec.ts';
import { type Hop, meeting } from '../../kafka/records/convert/versions.ts';
import { type PackMeet, RELEASES } from '../../store/pack-meet.ts';
import { useSay } from '../../store/use-app.tsx';
import { usePack, usePackActions } from './use-pack.tsx';

const WHO = ['producer', 'broker', 'consumer'] as const;

function Choice(props: { name: keyof PackMeet; options: readonly string[] }) {
  const { name, options } = props;
  const say = useSay();
  const actions = usePackActions();
  const meet = usePack((state) => state.meet);
  return (
    <label className="pk-meet-choice">
      <span>{say(`pack.meet.${name}`)}</span>
      <select
        className="ks-select kp-mono"
        value={meet[name]}
        onChange={(event) => actions.setMeet({ ...meet, [name]: event.target.value } as PackMeet)}
      >
        {options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What happens to the format, in a word, beside the sentence. */
function mark({ conversion, refusal }: Hop): string {
  if (refusal !== null) return 'pack.meet.refused';
  return `pack.meet.${conversion}`;
}

function HopCard({ hop }: { hop: Hop }) {
  const say = useSay();
  const { request, magic, costs, lost, refusal, facts } = hop;
  const all = [...costs.map((cost) => `formats.cost.${cost}`), ...lost.map((what) => `formats.lost.${what}`)];
  return (
    <li
      className="pk-hop"
      data-hop={hop.hop}
      data-magic={magic ?? 'none'}
      data-refused={refusal !== null || undefined}
      data-converts={hop.conversion !== 'none' || undefined}
    >
      <h3>
        {say(`formats.hop.${hop.hop}`)}
        {request !== null && <span className="kp-mono kp-mute">{` ${request.api} v${request.version}`}</span>}
      </h3>
      <p className="pk-hop-mark">
        <b className="kp-mono">{magic === null ? '✗' : `v${magic}`}</b> {say(mark(hop))}
      </p>
      {facts.map(({ key, params }) => (
        <p key={key}>{say(key, params)}</p>
      ))}
      {refusal !== null && (refusal.error !== null || refusal.exception !== null) && (
        <p className="kp-mono kp-mute">
          {[refusal.error, refusal.exception].filter((name) => name !== null).join(' · ')}
        </p>
      )}
      {all.length > 0 && (
        <ul>
          {all.map((key) => (
            <li key={key}>{say(key)}</li>
          ))}
        </ul>
      )}
    </li>
  );
}

export function MeetingPart() {
  const say = useSay();
  const meet = usePack((state) => state.meet);
  const hops = useMemo(() => meeting(meet), [meet]);
  return (
    <section className="pk-section" aria-labelledby="pk-meet">
      <header className="pk-head">
        <h2 id="pk-meet">{say('pack.meet')}</h2>
        <p className="kp-mute ks-small">{say('pack.meet.says')}</p>
      </header>
      <div className="pk-meet">
        {WHO.map((name) => (
          <Choice key={name} name={name} options={RELEASES} />
        ))}
        <Choice name="codec" options={COMPRESSION_TYPES} />
      </div>
      <ol className="pk-hops" aria-live="polite">
        {hops.map((hop) => (
          <HopCard key={hop.hop} hop={hop} />
        ))}
      </ol>
    </section>
  );
}

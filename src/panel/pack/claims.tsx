/** What the course's notes claim of the codecs, beside what these records show. Ratios and bytes get a verdict, speeds none. */
import type { PackClaim } from '../../protocol/pack.ts';
import { type Say, useSay } from '../../store/use-app.tsx';
import { claimFigure, dataOrder } from './claim-order.ts';
import { codecColour, useShown } from './use-pack.tsx';

function verdict(say: Say, { holds, tie, about }: PackClaim): string {
  if (holds === true) return say('pack.claim.holds');
  if (holds === false) return say(tie === true ? 'pack.claim.tie' : 'pack.claim.not');
  return say(about === 'ratio' || about === 'bandwidth' ? 'pack.claim.missing' : 'pack.claim.none');
}

const MARKS = { true: '✓', false: '✗', null: '–' } as const;

function Row({ claim }: { claim: PackClaim }) {
  const say = useSay();
  const measured = claim.figures.length > 0;
  return (
    <tr data-claim={claim.id} data-holds={String(claim.holds)} data-part={claim.id.startsWith('ratio.') || undefined}>
      <th scope="row">{say(`pack.claim.${claim.id}`)}</th>
      <td>
        {!measured && <span className="kp-mute">{say('pack.measuring')}</span>}
        {dataOrder(claim).map(({ codec, value, sign }) => (
          <span key={codec} className="pk-claim-part">
            {sign !== '' && <span className="kp-mute"> {sign} </span>}
            <i style={{ background: codecColour(codec) }} aria-hidden="true" />
            {codec} <b className="kp-mono">{claimFigure(say, claim, value)}</b>
          </span>
        ))}
      </td>
      <td className="pk-verdict">
        <span aria-hidden="true">{MARKS[String(claim.holds) as keyof typeof MARKS]}</span> {verdict(say, claim)}
      </td>
    </tr>
  );
}

export function Claims() {
  const say = useSay();
  const { shown, stale } = useShown('claims');
  return (
    <section className="pk-section" aria-labelledby="pk-claims">
      <header className="pk-head">
        <h2 id="pk-claims">{say('pack.claims')}</h2>
        <p className="kp-mute ks-small">{say('pack.claims.says')}</p>
      </header>
      <div className="pk-scroll" data-stale={stale || undefined}>
        {shown === null ? (
          <p className="pk-empty kp-mute">{say('pack.claims.waiting')}</p>
        ) : (
          <table className="pk-table pk-claims">
            <thead>
              <tr>
                <th scope="col">{say('pack.claims.notes')}</th>
                <th scope="col">{say('pack.claims.data')}</th>
                <th scope="col">{say('pack.claims.verdict')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.value.map((claim) => (
                <Row key={claim.id} claim={claim} />
              ))}
            </tbody>
          </table>
        )}
      </div>
    </section>
  );
}

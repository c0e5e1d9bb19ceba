/** What the lanes' fillings mean. */
import { readerColour } from '../../diagram/palette.ts';
import { runsOf } from '../../store/lab.ts';
import { useSay } from '../../store/use-app.tsx';
import { MOST_NAMED } from './geometry.ts';
import { useLab } from './use-lab.tsx';

const KINDS = ['held', 'stalled', 'revoked', 'lost', 'never'] as const;

export function Legend() {
  const say = useSay();
  const members = useLab((state) => state.view === 'members');
  const thin = useLab(
    ({ lanes }) => !members && runsOf(lanes).some(({ partitions }) => partitions.length > MOST_NAMED),
  );
  return (
    <ul className="kl-legend" aria-label={say('lab.legend')}>
      {!members &&
        KINDS.map((kind) => (
          <li key={kind}>
            <svg width={26} height={12} aria-hidden="true">
              {kind === 'held' ? (
                <rect x={0.5} y={0.5} width={25} height={11} rx={3} fill={readerColour(0)} />
              ) : kind === 'stalled' ? (
                <rect
                  x={0.5}
                  y={0.5}
                  width={25}
                  height={11}
                  rx={3}
                  fill="url(#kl-stalled-0)"
                  stroke={readerColour(0)}
                />
              ) : (
                <rect x={0.5} y={0.5} width={25} height={11} fill={`url(#kl-${kind})`} className="kl-gap" />
              )}
            </svg>
            {say(`lab.legend.${kind}`)}
          </li>
        ))}
      {members && <li>{say('lab.legend.arrows')}</li>}
      {thin && <li>{say('lab.legend.thin')}</li>}
      <li>{say(members ? 'lab.legend.bars' : 'lab.legend.ticks')}</li>
      <li className="kl-keys">{say('lab.legend.keys')}</li>
    </ul>
  );
}

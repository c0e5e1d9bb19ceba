/** Who coordinates the group, why it is that broker, and who did before. */
import type { GroupView } from '../../../protocol/frame.ts';
import type { GroupDetail } from '../../../protocol/group-detail.ts';
import { useActions, useSay } from '../../../store/use-app.tsx';
import { ThingLink } from '../../kit/thing-name.tsx';
import { Arithmetic } from './arithmetic.tsx';

export function Coordinators({ group, detail }: { group: GroupView; detail: GroupDetail }) {
  const say = useSay();
  const actions = useActions();
  return (
    <section>
      <h3>{say('panel.grp.coordinator')}</h3>
      <p>
        {group.coordinator < 0 ? (
          say('panel.grp.coordinator.none', { partition: detail.choice.name })
        ) : (
          <>
            <ThingLink thing={`broker:${group.coordinator}`} />{' '}
            {say('panel.grp.coordinator.leads', { partition: detail.choice.name })}
          </>
        )}
      </p>
      <Arithmetic group={group.id} choice={detail.choice} />
      {detail.coordinators.length > 1 && (
        <ol className="ks-grp-terms">
          {detail.coordinators.map((term) => (
            <li key={term.fromUs}>
              <b>
                {term.broker < 0 ? say('panel.grp.term.nobody') : say('panel.grp.term.broker', { broker: term.broker })}
              </b>
              <span>
                {term.fromUs < 0 ? (
                  say('panel.grp.term.first')
                ) : (
                  <button
                    type="button"
                    className="ks-time"
                    title={say('panel.line.jump')}
                    onClick={() => {
                      actions.pause();
                      actions.seek(term.fromUs);
                    }}
                  >
                    {(term.fromUs / 1e6).toFixed(3)}
                  </button>
                )}
                {term.loadedUs !== null && term.fromUs >= 0
                  ? ` ${say('panel.grp.term.loaded', { us: term.loadedUs - term.fromUs })}`
                  : ''}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

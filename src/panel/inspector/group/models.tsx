/**
 * Two models of messaging, told with the ledger's counts: one group shares a topic out (a queue), several groups each have all of it
 * (publish-subscribe). The switch plays the same history again with the consumers grouped the other way.
 */
import { alterScenario } from '../../../store/present.ts';
import { useActions, useApp, useAppStore, useSay } from '../../../store/use-app.tsx';
import { Segmented } from '../../kit/segmented.tsx';
import { asPublishSubscribe, asQueue } from './regroup.ts';

export function Models() {
  const say = useSay();
  const store = useAppStore();
  const actions = useActions();
  const groups = useApp((state) => state.frame?.groups ?? []);
  const delivered = useApp((state) => state.frame?.totals.delivered ?? 0);
  const selection = useApp((state) => state.selection);
  const mine = groups.find((g) => `group:${g.id}` === selection);
  if (mine === undefined || mine.protocol === 'share') return null;
  const same = groups.filter((g) => g.topics.some((topic) => mine.topics.includes(topic)));
  const readers = same.reduce((sum, g) => sum + g.members.length, 0);
  const many = same.length > 1;
  const change = (to: 'queue' | 'pubsub'): void => {
    const names = same.map((g) => g.id);
    const change = to === 'queue' ? asQueue : asPublishSubscribe;
    actions.select(`group:${names[0]}`);
    alterScenario(store, (scenario) => change(scenario, names)).catch(() =>
      actions.notice({ key: 'panel.no-answer', params: {} }, 'refusal'),
    );
  };
  const params = {
    groups: same.length,
    members: mine.members.filter((m) => m.process === 'up').length,
    processed: same.reduce((sum, g) => sum + g.processed, 0),
    delivered,
    names: same.map((g) => g.id).join(', '),
  };
  return (
    <section>
      <h3>{say('panel.grp.model')}</h3>
      {readers > 1 && (
        <Segmented
          label={say('panel.grp.model')}
          value={many ? 'pubsub' : 'queue'}
          options={[
            { value: 'queue', label: say('panel.grp.model.queue'), hint: say('panel.grp.model.queue.hint') },
            { value: 'pubsub', label: say('panel.grp.model.pubsub'), hint: say('panel.grp.model.pubsub.hint') },
          ]}
          onChange={change}
        />
      )}
      <p className="ks-small ks-grp-says">
        {say(many ? 'panel.grp.model.pubsub.says' : 'panel.grp.model.queue.says', params)}
      </p>
      {many && (
        <ul className="ks-grp-counts">
          {same.map((g) => (
            <li key={g.id}>
              <button type="button" className="ks-link" onClick={() => actions.select(`group:${g.id}`)}>
                {g.id}
              </button>
              <span>{say('panel.grp.processed', { n: g.processed })}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** One group is a queue, several are publish-subscribe: the same topic, told with the ledger's counts. */
import { useApp, useSay } from '../../../store/use-app.tsx';

export function Models() {
  const say = useSay();
  const groups = useApp((state) => state.frame?.groups ?? []);
  const delivered = useApp((state) => state.frame?.totals.delivered ?? 0);
  const selection = useApp((state) => state.selection);
  const mine = groups.find((g) => `group:${g.id}` === selection);
  if (mine === undefined) return null;
  const same = groups.filter((g) => g.topics.some((topic) => mine.topics.includes(topic)));
  const members = mine.members.filter((m) => m.process === 'up').length;
  const all = same.reduce((sum, g) => sum + g.processed, 0);
  const params = { groups: same.length, members, processed: all, delivered, names: same.map((g) => g.id).join(', ') };
  return (
    <section>
      <h3>{say(same.length > 1 ? 'panel.grp.model.pubsub' : 'panel.grp.model.queue')}</h3>
      <p className="ks-small">
        {say(same.length > 1 ? 'panel.grp.model.pubsub.says' : 'panel.grp.model.queue.says', params)}
      </p>
    </section>
  );
}

/** How long the group was in each of its states: one bar, and the figures under it. */
import type { GroupStateTime } from '../../../protocol/group-detail.ts';
import { useSay } from '../../../store/use-app.tsx';

export function StateTimes({ times }: { times: readonly GroupStateTime[] }) {
  const say = useSay();
  const all = times.reduce((sum, t) => sum + t.totalUs, 0);
  if (all === 0) return null;
  return (
    <section>
      <h3>{say('panel.grp.times')}</h3>
      <div className="ks-grp-bar" aria-hidden="true">
        {times.map((t) => (
          <i key={t.state} data-state={t.state} style={{ flexGrow: t.totalUs / all }} />
        ))}
      </div>
      <ul className="ks-grp-times">
        {times.map((t) => (
          <li key={t.state}>
            <i data-state={t.state} aria-hidden="true" />
            <span>
              {t.now ? <b>{t.state}</b> : t.state}
              {t.now && <em> {say('panel.grp.now')}</em>}
            </span>
            <span>{say('panel.grp.for', { us: t.totalUs, times: t.times })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The Log tab of a group: what is kept about it, where and why there; and where it was kept in ZooKeeper's time. */
import { useState } from 'react';
import { useApp, useSay } from '../../../store/use-app.tsx';
import { Segmented } from '../../kit/segmented.tsx';
import { Batches } from '../log-tab.tsx';
import { useDetail } from '../use-detail.ts';
import { Arithmetic } from './arithmetic.tsx';
import { ZooKeeper } from './zookeeper.tsx';
import './group.css';

export default function GroupLog() {
  const say = useSay();
  const detail = useDetail('log');
  const group = useApp((state) => state.frame?.groups.find((g) => `group:${g.id}` === state.selection) ?? null);
  const [then, setThen] = useState(false);
  if (detail?.group === undefined || detail.group === null || group === null) return null;
  const { choice } = detail.group;
  return (
    <div className="ks-grp">
      <section>
        <Segmented
          label={say('panel.grp.where')}
          value={then ? 'then' : 'now'}
          options={[
            { value: 'now', label: say('panel.grp.where.now') },
            { value: 'then', label: say('panel.grp.where.then') },
          ]}
          onChange={(value) => setThen(value === 'then')}
        />
      </section>
      {then ? (
        <ZooKeeper group={group} detail={detail.group} />
      ) : (
        <>
          <section>
            <h3>{say('panel.grp.kept')}</h3>
            <Arithmetic group={group.id} choice={choice} />
          </section>
          {detail.batches.length === 0 ? (
            <p className="kp-empty">{say('panel.grp.kept.none')}</p>
          ) : (
            <Batches batches={detail.batches} thing={`partition:${choice.name}`} />
          )}
        </>
      )}
    </div>
  );
}

/** The same committed offsets as old consumers (0.8) kept them: a node a partition in ZooKeeper; and what each way costs. */
import type { GroupView } from '../../../protocol/frame.ts';
import type { GroupDetail } from '../../../protocol/group-detail.ts';
import { useSay } from '../../../store/use-app.tsx';

const MOST = 40;
const COSTS = ['writes', 'where', 'bytes', 'old'] as const;

export function ZooKeeper({ group, detail }: { group: GroupView; detail: GroupDetail }) {
  const say = useSay();
  const kept = detail.offsets.filter((o) => o.offset >= 0);
  const topics = [...new Set(kept.map((o) => topicOf(o.partition)))];
  const { commits, offsets, recordBytes } = detail.writes;
  return (
    <>
      <section className="ks-zk">
        <h3>{say('panel.grp.zk')}</h3>
        <p className="ks-small">{say('panel.grp.zk.says')}</p>
        <pre className="ks-zk-tree">
          {['/consumers', `  /${group.id}`, '    /offsets']
            .concat(
              topics.flatMap((topic) => [
                `      /${topic}`,
                ...kept
                  .filter((o) => topicOf(o.partition) === topic)
                  .slice(0, MOST)
                  .map((o) => `        /${numberOf(o.partition)} = "${o.offset}"`),
              ]),
            )
            .concat(
              ['    /owners'],
              topics.flatMap((topic) => [
                `      /${topic}`,
                ...group.partitions
                  .filter((p) => topicOf(p.partition) === topic && p.owner !== null)
                  .slice(0, MOST)
                  .map((p) => `        /${numberOf(p.partition)} = "${p.owner}"`),
              ]),
            )
            .join('\n')}
        </pre>
        {kept.length === 0 && <p className="kp-mute ks-small">{say('panel.grp.zk.none')}</p>}
      </section>
      <section>
        <h3>{say('panel.grp.zk.cost')}</h3>
        <dl className="ks-zk-cost">
          {COSTS.map((what) => (
            <div key={what}>
              <dt>{say(`panel.grp.zk.${what}`)}</dt>
              <dd>
                <b>{'ZooKeeper'}</b> {say(`panel.grp.zk.${what}.then`, { n: offsets })}
              </dd>
              <dd>
                <b>{'__consumer_offsets'}</b>{' '}
                {what === 'bytes' && recordBytes === 0
                  ? '–'
                  : say(`panel.grp.zk.${what}.now`, { n: commits, offsets, bytes: recordBytes })}
              </dd>
            </div>
          ))}
        </dl>
        <p className="ks-small">{say('panel.grp.zk.why')}</p>
      </section>
    </>
  );
}

const topicOf = (partition: string): string => partition.slice(0, partition.lastIndexOf('-'));
const numberOf = (partition: string): string => partition.slice(partition.lastIndexOf('-') + 1);

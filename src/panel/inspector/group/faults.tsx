/** What was processed twice and what was skipped, each with its chain of causes. */
import { useState } from 'react';
import type { GroupView } from '../../../protocol/frame.ts';
import type { ReadFault } from '../../../protocol/group-detail.ts';
import { useActions, useSay } from '../../../store/use-app.tsx';
import { PhraseLine } from '../../kit/phrase-line.tsx';

const MOST = 12;

export function Faults({ group, faults }: { group: GroupView; faults: readonly ReadFault[] }) {
  const say = useSay();
  return (
    <section>
      <h3>{say('panel.grp.faults')}</h3>
      <p className="ks-grp-numbers">
        <span>{say('panel.grp.processed', { n: group.processed })}</span>
        <span data-harm={group.reprocessed > 0 || undefined}>{say('panel.grp.again', { n: group.reprocessed })}</span>
        <span data-harm={group.skipped > 0 || undefined}>{say('panel.grp.skipped', { n: group.skipped })}</span>
      </p>
      {faults.length === 0 ? (
        <p className="kp-mute ks-small">{say('panel.grp.faults.none')}</p>
      ) : (
        <ul className="ks-grp-faults">
          {faults.slice(0, MOST).map((fault, i) => (
            <Fault
              key={`${fault.kind}/${fault.partition}/${fault.fromOffset}/${fault.atUs}`}
              fault={fault}
              first={i === 0}
            />
          ))}
        </ul>
      )}
      {faults.length > MOST && <p className="kp-mute ks-small">{say('panel.grp.more', { n: faults.length - MOST })}</p>}
    </section>
  );
}

function Fault({ fault, first }: { fault: ReadFault; first: boolean }) {
  const say = useSay();
  const actions = useActions();
  const [open, setOpen] = useState(first);
  const place =
    fault.count === 1
      ? `${fault.partition} @ ${fault.fromOffset}`
      : `${fault.partition} @ ${fault.fromOffset}–${fault.toOffset - 1}`;
  return (
    <li data-kind={fault.kind}>
      <button type="button" className="ks-grp-fault-head" aria-expanded={open} onClick={() => setOpen(!open)}>
        <b>{say(`panel.grp.fault.${fault.kind}`, { n: fault.count })}</b>
        <span className="kp-mono">{place}</span>
      </button>
      {open && (
        <>
          <ol className="ks-lines">
            {fault.chain.map((m, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: links of a chain have no other name and never change places
              <PhraseLine key={i} {...m} />
            ))}
          </ol>
          <p className="ks-grp-more">
            <button
              type="button"
              className="ks-link"
              onClick={() => actions.openDialog({ kind: 'story', id: fault.record })}
            >
              {say('panel.grp.fault.story')}
            </button>
          </p>
        </>
      )}
    </li>
  );
}

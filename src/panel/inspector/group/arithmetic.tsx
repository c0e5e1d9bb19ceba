/** Rule 60 with the group's own numbers: hash code, absolute value, remainder. */
import type { CoordinatorChoice } from '../../../protocol/group-detail.ts';
import { useActions, useSay } from '../../../store/use-app.tsx';

export function Arithmetic({
  group,
  choice,
  link = true,
}: {
  group: string;
  choice: CoordinatorChoice;
  link?: boolean;
}) {
  const say = useSay();
  const actions = useActions();
  return (
    <div className="ks-grp-sum">
      <table>
        <tbody>
          <tr>
            <th scope="row">{`"${group}".hashCode()`}</th>
            <td>{choice.hash}</td>
          </tr>
          <tr>
            <th scope="row">{'Math.abs'}</th>
            <td>{choice.abs}</td>
          </tr>
          <tr>
            <th scope="row">{`% ${choice.partitions}`}</th>
            <td>
              <b>{choice.partition}</b>
            </td>
          </tr>
        </tbody>
      </table>
      <p>
        {say('panel.grp.sum', { partitions: choice.partitions })}{' '}
        {choice.exists ? (
          link && (
            <button type="button" className="ks-link" onClick={() => actions.select(`partition:${choice.name}`, 'log')}>
              {say('panel.grp.sum.open', { partition: choice.name })}
            </button>
          )
        ) : (
          <em>{say('panel.grp.sum.not-yet', { topic: choice.topic })}</em>
        )}
      </p>
    </div>
  );
}

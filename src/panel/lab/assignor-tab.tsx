/** Why a partition went to whom it went: the assignor's own steps, and what came out of them. */
import { useMemo } from 'react';
import type { LabAssignment, LabRun } from '../../protocol/lab.ts';
import { useSay } from '../../store/use-app.tsx';
import { Coloured, Member } from './coloured.tsx';
import { useLab, useLabActions } from './use-lab.tsx';
import { seconds } from './words.ts';

const MOST_SENTENCES = 60;
const MOST_ROWS = 60;

/** The last assignment at or before the cursor; before the first one, the first. */
export function assignmentAt(run: LabRun, atUs: number): LabAssignment | null {
  return run.assignments.findLast((each) => each.atUs <= atUs) ?? run.assignments[0] ?? null;
}

/** The steps that answer for one partition: its own, and those about no single one; all of them where none is chosen. */
export function reasonsFor(assignment: LabAssignment, partition: string | null): LabAssignment['steps'] {
  if (partition === null) return assignment.steps;
  const mine = assignment.steps.filter((step) => step.partition === partition || step.partition === null);
  return mine.some((step) => step.partition === partition) ? mine : [];
}

export function AssignorTab({ run, atUs }: { run: LabRun; atUs: number }) {
  const say = useSay();
  const actions = useLabActions();
  const chosen = useLab((state) => state.partition);
  const assignment = assignmentAt(run, atUs);
  const names = useMemo(
    () => [...new Set((assignment?.result ?? []).flatMap(([, partitions]) => partitions))].sort(byNumber),
    [assignment],
  );
  if (assignment === null) return <p className="kp-mute">{say('lab.assignor.none')}</p>;
  const partition = chosen !== null && names.includes(chosen) ? chosen : null;
  const owner = assignment.result.find(([, partitions]) => partition !== null && partitions.includes(partition))?.[0];
  const reasons = reasonsFor(assignment, partition);
  return (
    <>
      <p className="kl-says-long">
        <Coloured
          run={run}
          text={say(assignment.atUs > atUs ? 'lab.assignor.will' : 'lab.assignor.did', {
            by: assignment.by,
            at: assignment.atUs,
            assignor: assignment.assignor,
            epoch: assignment.epoch,
          })}
        />
      </p>
      {run.assignments.length > 1 && (
        <p className="kl-jumps">
          {run.assignments.map((each) => (
            <button
              key={`${each.atUs} ${each.epoch} ${each.by}`}
              type="button"
              className="ks-btn"
              aria-pressed={each === assignment}
              onClick={() => actions.setAt(each.atUs)}
            >
              {say('lab.assignor.epoch', { epoch: each.epoch, at: seconds(each.atUs) })}
            </button>
          ))}
        </p>
      )}
      <label className="kl-choose">
        <span className="kp-mute ks-small">{say('lab.assignor.why')}</span>
        <select
          className="ks-select"
          value={partition ?? ''}
          onChange={(event) => actions.setPartition(event.target.value === '' ? null : event.target.value)}
        >
          <option value="">{say('lab.assignor.all')}</option>
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {partition !== null && owner !== undefined && (
        <p>
          <Coloured run={run} text={say('lab.assignor.went', { partition, consumer: owner })} />
        </p>
      )}
      <ol className="kl-reasons">
        {reasons.slice(0, MOST_SENTENCES).map((step, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a computation have their order as their name
          <li key={i} data-mine={(partition !== null && step.partition === partition) || undefined}>
            <Coloured run={run} text={say.words(step.words)} />
          </li>
        ))}
      </ol>
      {reasons.length > MOST_SENTENCES && (
        <p className="kp-mute ks-small">{say('lab.assignor.more', { count: reasons.length - MOST_SENTENCES })}</p>
      )}
      {reasons.length === 0 && <p className="kp-mute">{say('lab.assignor.silent')}</p>}
      <h3 className="kl-sub">{say('lab.assignor.result')}</h3>
      <Result run={run} assignment={assignment} partition={partition} />
    </>
  );
}

/** orders-2 before orders-10. */
export function byNumber(a: string, b: string): number {
  const [topicA, topicB] = [a.slice(0, a.lastIndexOf('-')), b.slice(0, b.lastIndexOf('-'))];
  if (topicA !== topicB) return topicA < topicB ? -1 : 1;
  return Number(a.slice(a.lastIndexOf('-') + 1)) - Number(b.slice(b.lastIndexOf('-') + 1));
}

function Result(props: { run: LabRun; assignment: LabAssignment; partition: string | null }) {
  const { run, assignment, partition } = props;
  const say = useSay();
  const actions = useLabActions();
  // With very many members, the one that is asked about comes first.
  const rows = [...assignment.result].sort(
    ([, a], [, b]) =>
      Number(partition !== null && b.includes(partition)) - Number(partition !== null && a.includes(partition)),
  );
  const shown = assignment.result.length > MOST_ROWS ? rows.slice(0, MOST_ROWS) : assignment.result;
  return (
    <table className="kl-result">
      <tbody>
        {shown.map(([consumer, partitions]) => (
          <tr key={consumer}>
            <th scope="row">
              <Member run={run} consumer={consumer} />
            </th>
            <td>
              {partitions.length === 0 && <span className="kp-mute">{say('lab.assignor.nothing')}</span>}
              {partitions.slice(0, 40).map((name) => (
                <button
                  key={name}
                  type="button"
                  className="kl-chip"
                  aria-pressed={name === partition}
                  onClick={() => actions.setPartition(name === partition ? null : name)}
                >
                  {name}
                </button>
              ))}
              {partitions.length > 40 && say('lab.more', { count: partitions.length - 40 })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

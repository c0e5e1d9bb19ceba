/** The branches of history: each change from the start, or to a past command, keeps the one before. */
import { GitBranch } from 'lucide-react';
import { useActions, useApp, useSay } from '../../store/use-app.tsx';

export function BranchPicker() {
  const say = useSay();
  const actions = useActions();
  const branches = useApp((state) => state.timeline.branches);
  const branched = useApp((state) => state.branched);
  if (branches.length < 2) return null;
  const current = branches.find((branch) => branch.current);
  const title = (id: number): string => {
    const branch = branches.find((entry) => entry.id === id)!;
    return say.phrase(branch.title);
  };
  return (
    <span className="ks-branches">
      <label className="ks-branch" title={say('panel.branch.label')}>
        <GitBranch size={13} aria-hidden="true" />
        <span aria-hidden="true">{say('panel.branch.count', { count: branches.length })}</span>
        <select
          aria-label={say('panel.branch.label')}
          value={current?.id ?? ''}
          onChange={(event) => actions.branch(Number(event.target.value))}
        >
          {branches.map((branch) => (
            <option key={branch.id} value={branch.id}>
              {title(branch.id)}
            </option>
          ))}
        </select>
      </label>
      {branched !== null && (
        <button
          type="button"
          className="ks-link ks-small"
          onClick={() => actions.openDialog({ kind: 'changed', ...branched })}
        >
          {say('panel.changed.open')}
        </button>
      )}
    </span>
  );
}

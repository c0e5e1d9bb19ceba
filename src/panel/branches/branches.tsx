/** All branches of history: what each changed, where it parted, its figures at this moment; to go to, to name, to compare. */
import './branches.css';
import { ArrowRight, GitCompareArrows, Pencil, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { BranchSummary, BranchView } from '../../protocol/frame.ts';
import { type Say, useActions, useApp, useSay } from '../../store/use-app.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { beginningOf, branchRows, differs, type Figures, figuresOf } from './tree.ts';

export const branchName = (say: Say, branch: BranchView): string => branch.name ?? say.words(branch);

/** The figures of every branch at one moment, as they come. */
function useFigures(branches: readonly BranchView[], atUs: number): ReadonlyMap<number, Figures> {
  const actions = useActions();
  const [known, setKnown] = useState<ReadonlyMap<number, Figures>>(new Map());
  const ids = branches.map(({ id }) => id).join(' ');
  useEffect(() => {
    let wanted = true;
    setKnown(new Map());
    const ask = async (): Promise<void> => {
      for (const branch of ids.split(' ').map(Number)) {
        const summary = await actions.ask({ ask: 'summary', branch, atUs }).catch(() => null);
        if (!wanted) return;
        if (summary !== null) setKnown((old) => new Map([...old, [branch, figuresOf(summary as BranchSummary)]]));
      }
    };
    void ask();
    return () => {
      wanted = false;
    };
  }, [actions, ids, atUs]);
  return known;
}

function Figure(props: {
  value: number | null | undefined;
  /** Of the branch on the stage; undefined as long as it is not known. */
  than: number | null | undefined;
  unit: 'n' | 'us';
  name: string;
}) {
  const { value, than, unit, name } = props;
  const say = useSay();
  if (value === undefined) return <td className="kp-mute">…</td>;
  const shown =
    value === null ? '–' : unit === 'us' ? say('panel.duration', { us: value }) : say('panel.number', { value });
  return (
    <td data-name={name} data-differs={(than !== undefined && differs(unit, value, than)) || undefined}>
      {shown}
    </td>
  );
}

function NameForm({ branch, onDone }: { branch: BranchView; onDone: () => void }) {
  const say = useSay();
  const actions = useActions();
  const [name, setName] = useState(branch.name ?? '');
  const [note, setNote] = useState(branch.note);
  return (
    <form
      className="ks-branch-form"
      onSubmit={(event) => {
        event.preventDefault();
        actions.editBranch(branch.id, { name, note });
        onDone();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onDone();
      }}
    >
      <label className="ks-field">
        <span>{say('time.branch.name')}</span>
        <input
          className="ks-input"
          // biome-ignore lint/a11y/noAutofocus: the learner just asked for this field
          autoFocus
          maxLength={80}
          value={name}
          placeholder={say.words(branch)}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <label className="ks-field">
        <span>{say('time.branch.note')}</span>
        <textarea
          className="ks-input"
          rows={2}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </label>
      <div className="ks-branch-do">
        <button type="submit" className="ks-btn ks-btn-fill">
          {say('time.branch.save')}
        </button>
        <button type="button" className="ks-btn" onClick={onDone}>
          {say('time.branch.keep')}
        </button>
      </div>
    </form>
  );
}

function AskDelete({ branch, onDone }: { branch: BranchView; onDone: () => void }) {
  const say = useSay();
  const actions = useActions();
  return (
    <div className="ks-branch-form" role="alert">
      <p>{say('time.branch.delete.ask')}</p>
      <div className="ks-branch-do">
        <button
          type="button"
          className="ks-btn"
          // biome-ignore lint/a11y/noAutofocus: the question was just asked
          autoFocus
          onClick={() => {
            actions.editBranch(branch.id, 'delete');
            onDone();
          }}
        >
          {say('time.branch.delete')}
        </button>
        <button type="button" className="ks-btn" onClick={onDone}>
          {say('time.branch.keep')}
        </button>
      </div>
    </div>
  );
}

type Editing = { readonly id: number; readonly what: 'name' | 'delete' } | null;

function Row(props: {
  branch: BranchView;
  depth: number;
  figures: Figures | undefined;
  than: Figures | undefined;
  editing: Editing;
  onEdit: (editing: Editing) => void;
  compareWith: number | null;
  atUs: number;
  only: boolean;
}) {
  const { branch, depth, figures, than, editing, onEdit, compareWith, atUs, only } = props;
  const say = useSay();
  const actions = useActions();
  const name = branchName(say, branch);
  const mine = editing?.id === branch.id ? editing.what : null;
  const act = (label: string, icon: typeof Pencil, onClick: () => void, disabled = false) => {
    const Icon = icon;
    return (
      <button
        type="button"
        className="ks-icon ks-quiet"
        disabled={disabled}
        aria-label={say('time.branch.of', { label, name })}
        title={label}
        onClick={onClick}
      >
        <Icon size={14} aria-hidden="true" />
      </button>
    );
  };
  return (
    <tbody data-current={branch.current || undefined}>
      <tr>
        <th scope="row" style={{ paddingLeft: Math.min(depth, 6) * 18 }}>
          <span className="ks-branch-line">
            {depth > 0 && (
              <span className="ks-branch-turn" aria-hidden="true">
                └
              </span>
            )}
            <button
              type="button"
              className="ks-link ks-branch-name"
              aria-current={branch.current || undefined}
              onClick={() => actions.branch(branch.id)}
            >
              {name}
            </button>
            {branch.current && <span className="ks-branch-here">{say('time.branch.here')}</span>}
          </span>
          <span className="ks-branch-from kp-mute">
            {branch.name !== null && `${say.words(branch)} · `}
            {branch.parent === null
              ? say('time.branch.opened')
              : branch.forkUs === 0
                ? say('time.branch.from-start')
                : say('time.branch.from', { at: branch.forkUs })}
          </span>
          {branch.note !== '' && <span className="ks-branch-note">{branch.note}</span>}
        </th>
        <Figure value={figures?.lost} than={than?.lost} unit="n" name={say('panel.number.lost')} />
        <Figure value={figures?.acked} than={than?.acked} unit="n" name={say('panel.number.acked')} />
        <Figure value={figures?.p99Us} than={than?.p99Us} unit="us" name={say('time.branch.p99')} />
        <td className="ks-branch-acts">
          {act(say('time.branch.go'), ArrowRight, () => actions.branch(branch.id), branch.current)}
          {act(
            say('time.branch.compare'),
            GitCompareArrows,
            () =>
              compareWith !== null &&
              actions.openDialog({ kind: 'changed', from: compareWith, to: branch.id, atUs, chosen: true }),
            compareWith === null,
          )}
          {act(say('time.branch.rename'), Pencil, () => onEdit({ id: branch.id, what: 'name' }))}
          {act(say('time.branch.delete'), Trash2, () => onEdit({ id: branch.id, what: 'delete' }), only)}
        </td>
      </tr>
      {mine !== null && (
        <tr>
          <td colSpan={5}>
            {mine === 'name' ? (
              <NameForm branch={branch} onDone={() => onEdit(null)} />
            ) : (
              <AskDelete branch={branch} onDone={() => onEdit(null)} />
            )}
          </td>
        </tr>
      )}
    </tbody>
  );
}

export default function BranchesDialog({ onClose }: { onClose: () => void }) {
  const say = useSay();
  const actions = useActions();
  const branches = useApp((state) => state.timeline.branches);
  const undo = useApp((state) => state.edits.undo);
  // One moment for all of them: the one on the screen as the panel opened.
  const [atUs] = useState(useApp((state) => state.frame?.atUs ?? 0));
  const [editing, setEditing] = useState<Editing>(null);
  const figures = useFigures(branches, atUs);
  const current = branches.find((branch) => branch.current);
  // A branch compares with the one on the screen; that one with where it came from.
  const other = (branch: BranchView): number | null =>
    branch.current ? branch.parent : (current?.id ?? branch.parent ?? null);
  return (
    <Dialog
      title={say('time.branches')}
      onClose={onClose}
      wide
      footer={
        <>
          {undo !== null && (
            <button type="button" className="ks-btn" onClick={actions.undo}>
              {say('time.undo.do', { what: say.words(undo) })}
            </button>
          )}
          {current !== undefined && branches.length > 1 && (
            <button
              type="button"
              className="ks-btn"
              onClick={() => {
                const from = beginningOf(branches, current.id);
                const to = from === current.id ? branches.find(({ id }) => id !== from)!.id : current.id;
                actions.openDialog({ kind: 'changed', from, to, atUs, chosen: true });
              }}
            >
              {say('time.branch.compare-two')}
            </button>
          )}
        </>
      }
    >
      <p className="kp-mute">{say(branches.length === 1 ? 'time.branches.one' : 'time.branches.at', { at: atUs })}</p>
      <table className="ks-branch-table">
        <thead>
          <tr>
            <th scope="col">{say('time.branch.what')}</th>
            <th scope="col">{say('panel.number.lost')}</th>
            <th scope="col">{say('panel.number.acked')}</th>
            <th scope="col">{say('time.branch.p99')}</th>
            <th scope="col">
              <span className="ks-hidden">{say('time.branch.acts')}</span>
            </th>
          </tr>
        </thead>
        {branchRows(branches).map(({ branch, depth }) => (
          <Row
            key={branch.id}
            branch={branch}
            depth={depth}
            figures={figures.get(branch.id)}
            than={current === undefined ? undefined : figures.get(current.id)}
            editing={editing}
            onEdit={setEditing}
            compareWith={other(branch)}
            atUs={atUs}
            only={branches.length === 1}
          />
        ))}
      </table>
    </Dialog>
  );
}

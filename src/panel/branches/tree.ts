/** The branches of history as a tree of rows, the way back to the beginning, and which figures differ. Pure. */
import type { BranchSummary, BranchView } from '../../protocol/frame.ts';

export interface BranchRow {
  readonly branch: BranchView;
  /** 0: it comes from no other that is still there. */
  readonly depth: number;
}

/** Each branch behind the one that it came from, siblings in the order they were made. */
export function branchRows(branches: readonly BranchView[]): BranchRow[] {
  const rows: BranchRow[] = [];
  const known = new Set(branches.map(({ id }) => id));
  const add = (parent: number | null, depth: number): void => {
    for (const branch of branches) {
      const from = branch.parent !== null && known.has(branch.parent) ? branch.parent : null;
      if (from !== parent) continue;
      rows.push({ branch, depth });
      add(branch.id, depth + 1);
    }
  };
  add(null, 0);
  return rows;
}

/** The branch that all edits of this one began with. */
export function beginningOf(branches: readonly BranchView[], id: number): number {
  let at = branches.find((branch) => branch.id === id);
  for (;;) {
    const from: BranchView | undefined = branches.find((branch) => branch.id === at?.parent);
    if (from === undefined) return at?.id ?? id;
    at = from;
  }
}

/** What reads as the same is the same: 7.9 s and 8 s say nothing about a setting. */
export function differs(unit: 'n' | 'us', a: number | null, b: number | null): boolean {
  if (a === b) return false;
  if (a === null || b === null) return true;
  return unit === 'n' || Math.abs(a - b) > Math.max(500, 0.03 * Math.max(a, b));
}

export interface Figures {
  readonly lost: number;
  readonly acked: number;
  /** Microseconds; null: nothing was measured. */
  readonly p99Us: number | null;
}

export function figuresOf({ totals, ack }: BranchSummary): Figures {
  return { lost: totals.lost, acked: totals.acked, p99Us: Number.isFinite(ack.p99) && ack.p99 > 0 ? ack.p99 : null };
}

/** What differs between two branches at one moment, as data: the card, the lesson and the tests read the same. Pure. */
import type { BranchSummary, Phrase } from '../../protocol/frame.ts';
import { thingPhrase } from '../../store/thing.ts';

export interface SettingChange {
  readonly thing: Phrase;
  readonly key: string;
  readonly from: string;
  readonly to: string;
}

export interface FigureChange {
  /** Text key of its name. */
  readonly name: string;
  readonly params: Phrase['params'];
  readonly unit: 'count' | 'us';
  /** null: there was nothing to measure. */
  readonly from: number | null;
  readonly to: number | null;
  /** Whether more of it is worse, and the change is one of these. */
  readonly tone: 'better' | 'worse' | 'same';
}

/** Something that was done in one of the two branches only. */
export interface DoneChange {
  readonly atUs: number;
  readonly phrase: Phrase;
  readonly in: 'from' | 'to';
}

export interface ChangedFacts {
  /** In time order. */
  readonly done: readonly DoneChange[];
  readonly byYou: readonly SettingChange[];
  readonly byItself: readonly SettingChange[];
  readonly changed: readonly FigureChange[];
  readonly same: readonly FigureChange[];
  readonly luck: Phrase | null;
}

function settings(from: BranchSummary, to: BranchSummary): { byYou: SettingChange[]; byItself: SettingChange[] } {
  const byYou: SettingChange[] = [];
  const byItself: SettingChange[] = [];
  const id = (row: { thing: string; key: string }): string => `${row.thing} ${row.key}`;
  const before = new Map(from.settings.map((row) => [id(row), row]));
  for (const row of to.settings) {
    const old = before.get(id(row));
    if (old === undefined || old.value === row.value) continue;
    const change = { thing: thingPhrase(row.thing), key: row.key, from: old.value, to: row.value };
    // Set by hand on one of the two sides, or following from what was.
    if (row.set || old.set) byYou.push(change);
    else byItself.push(change);
  }
  return { byYou, byItself };
}

function doneIn(from: BranchSummary, to: BranchSummary): DoneChange[] {
  const list = (of: BranchSummary) => of.commands ?? [];
  const key = (command: { atUs: number; phrase: Phrase }): string => JSON.stringify([command.atUs, command.phrase]);
  const before = new Set(list(from).map(key));
  const after = new Set(list(to).map(key));
  return [
    ...list(from)
      .filter((command) => !after.has(key(command)))
      .map((command) => ({ ...command, in: 'from' as const })),
    ...list(to)
      .filter((command) => !before.has(key(command)))
      .map((command) => ({ ...command, in: 'to' as const })),
  ].sort((a, b) => a.atUs - b.atUs);
}

const measured = (value: number): number | null => (Number.isFinite(value) && value > 0 ? value : null);

export function changedFacts(from: BranchSummary, to: BranchSummary): ChangedFacts {
  const figures: FigureChange[] = [];
  const add = (
    name: string,
    unit: FigureChange['unit'],
    a: number | null,
    b: number | null,
    params: Phrase['params'] = {},
  ): void => {
    const tone = a === b || a === null || b === null ? 'same' : b < a ? 'better' : 'worse';
    figures.push({ name, params, unit, from: a, to: b, tone });
  };
  add('panel.changed.lost', 'count', from.totals.lost, to.totals.lost);
  add('panel.changed.failed', 'count', from.totals.failed, to.totals.failed);
  add('panel.changed.twice', 'count', from.totals.duplicated, to.totals.duplicated);
  add('panel.changed.unavailable', 'count', from.totals.unavailable, to.totals.unavailable);
  add('panel.changed.usual', 'us', measured(from.ack.p50WhileHealthy), measured(to.ack.p50WhileHealthy));
  add('panel.changed.failover', 'us', measured(from.ack.p50DuringFailover), measured(to.ack.p50DuringFailover));

  const before = new Map(from.leaderless.map((row) => [row.partition, row.totalUs]));
  const after = new Map(to.leaderless.map((row) => [row.partition, row.totalUs]));
  for (const partition of new Set([...before.keys(), ...after.keys()])) {
    add('panel.changed.leaderless', 'us', before.get(partition) ?? 0, after.get(partition) ?? 0, { partition });
  }

  // What reads as the same number is the same: 8.51 s and 8.53 s without a leader say nothing about a setting.
  const differs = ({ unit, from: a, to: b }: FigureChange): boolean => {
    if (a === b) return false;
    if (a === null || b === null) return true;
    return unit === 'count' || Math.abs(a - b) > Math.max(500, 0.03 * Math.max(a, b));
  };
  const empty = ({ from: a, to: b }: FigureChange): boolean => (a ?? 0) === 0 && (b ?? 0) === 0;
  return {
    ...settings(from, to),
    done: doneIn(from, to),
    changed: figures.filter(differs),
    same: figures.filter((figure) => !differs(figure) && !empty(figure)),
    luck: to.luck,
  };
}

/** The eight numbers: each opens the list of its records. */
import { memo } from 'react';
import type { LedgerTotals } from '../../protocol/frame.ts';
import type { LedgerWhich } from '../../store/model.ts';
import { useActions, useApp, useSay } from '../../store/use-app.tsx';

interface NumberSpec {
  readonly name: string;
  readonly which: LedgerWhich;
  readonly value: (totals: LedgerTotals) => number;
  /** Coloured while it is above zero. */
  readonly tone?: 'harm' | 'risk';
}

export const NUMBERS: readonly NumberSpec[] = [
  { name: 'sent', which: 'sent', value: (totals) => totals.sent },
  { name: 'acked', which: 'acked', value: (totals) => totals.acked },
  { name: 'lost', which: 'lost', value: (totals) => totals.lost, tone: 'harm' },
  { name: 'at-risk', which: 'at-risk', value: (totals) => totals.atRisk, tone: 'risk' },
  { name: 'delivered', which: 'delivered', value: (totals) => totals.delivered },
  { name: 'behind', which: 'behind', value: (totals) => totals.behind },
  { name: 'twice', which: 'twice', value: (totals) => totals.duplicated, tone: 'risk' },
  { name: 'failed', which: 'failed', value: (totals) => totals.failed, tone: 'harm' },
];

const One = memo(function One({ spec, value }: { spec: NumberSpec; value: number }) {
  const say = useSay();
  const actions = useActions();
  const label = say(`panel.number.${spec.name}`);
  const shown = say('panel.number', { value });
  return (
    <button
      type="button"
      className="ks-number"
      data-tone={value > 0 ? spec.tone : undefined}
      data-number={spec.name}
      title={say(`panel.number.${spec.name}.hint`)}
      aria-label={say('panel.number.open', { value, label })}
      onClick={() => actions.openDialog({ kind: 'ledger', which: spec.which })}
    >
      {/* Six characters and more would touch the next number. */}
      <b data-long={shown.length >= 8 ? 'very' : shown.length >= 6 ? 'yes' : undefined}>{shown}</b>
      <span>{label}</span>
    </button>
  );
});

export function LedgerNumbers() {
  const say = useSay();
  const totals = useApp((state) => state.frame?.totals ?? null);
  return (
    <section className="ks-numbers" aria-label={say('panel.numbers')}>
      {NUMBERS.map((spec) => (
        <One key={spec.name} spec={spec} value={totals === null ? 0 : spec.value(totals)} />
      ))}
    </section>
  );
}

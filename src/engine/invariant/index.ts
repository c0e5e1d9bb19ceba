/**
 * The rules that a replicated log never breaks, whatever fails (the list at the end of Kafka's rules: the public TLA+
 * specifications of replication and of KIP-966, and this engine's own accounts). One file a checker. What Kafka allows, a
 * leader that does not know it was replaced or pages that a power loss took, is no violation.
 */
import type { InvariantReport } from '../../protocol/frame.ts';
import type { World } from '../kernel/world.ts';
import { ackedOnLeader } from './acked-on-leader.ts';
import { committedOnIsr } from './committed-on-isr.ts';
import { elrBelowMinIsr } from './elr-below-min-isr.ts';
import { eventOrder } from './event-order.ts';
import { fencedNotInIsr } from './fenced-not-in-isr.ts';
import { groupEpochs } from './group-epochs.ts';
import { committedForward, generationForward, oneOwner } from './groups.ts';
import { isrAndElr } from './isr-and-elr.ts';
import { leaderInIsr } from './leader-in-isr.ts';
import { ledgerTotals } from './ledger-totals.ts';
import { logShape } from './log-shape.ts';
import { logsMatch } from './logs-match.ts';
import { maximalIsrCovers } from './maximal-isr.ts';
import { readsRepeat } from './reads-repeat.ts';
import { freshSeen, look, type Seen } from './seen.ts';
import { shareAcquiredOnce, shareRecordsEnd } from './share-groups.ts';

export interface Invariant {
  /** Its sentence for the page is `invariant.<name>`. */
  readonly name: string;
  /** Null if it holds, else where and how it does not. With `seen` it looks only at what is new since the last look. */
  check(w: World, seen: Seen): string | null;
  /** What it costs: `cheap` ones look at the controller's records and the replicas' ends, `dear` ones at every record. */
  readonly cost: 'cheap' | 'some' | 'dear';
}

export const INVARIANTS: readonly Invariant[] = [
  { name: 'leader-in-isr', cost: 'cheap', check: leaderInIsr },
  { name: 'isr-and-elr', cost: 'cheap', check: isrAndElr },
  { name: 'elr-below-min-isr', cost: 'cheap', check: elrBelowMinIsr },
  { name: 'fenced-not-in-isr', cost: 'cheap', check: fencedNotInIsr },
  { name: 'maximal-isr', cost: 'cheap', check: maximalIsrCovers },
  { name: 'one-owner', cost: 'cheap', check: oneOwner },
  { name: 'committed-forward', cost: 'cheap', check: committedForward },
  { name: 'generation-forward', cost: 'cheap', check: generationForward },
  { name: 'group-epochs', cost: 'cheap', check: groupEpochs },
  { name: 'share-records-end', cost: 'cheap', check: shareRecordsEnd },
  { name: 'share-acquired-once', cost: 'some', check: shareAcquiredOnce },
  { name: 'log-shape', cost: 'some', check: logShape },
  { name: 'logs-match', cost: 'some', check: logsMatch },
  { name: 'committed-on-isr', cost: 'some', check: committedOnIsr },
  { name: 'acked-on-leader', cost: 'some', check: ackedOnLeader },
  { name: 'reads-repeat', cost: 'some', check: readsRepeat },
  { name: 'ledger-totals', cost: 'dear', check: ledgerTotals },
  { name: 'event-order', cost: 'dear', check: eventOrder },
];

/** All of them, over the whole world as it stands. */
export function checkInvariants(w: World): InvariantReport['checked'] {
  const seen = freshSeen();
  look(w, seen);
  return INVARIANTS.map(({ name, check }) => {
    const message = check(w, seen);
    return { name, holds: message === null, message };
  });
}

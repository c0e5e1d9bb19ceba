/** What a member itself is in and holds, whatever protocol it speaks. */

import type { SharePartitionId } from '../../../kafka/api/messages-share.ts';
import type { ConsumerState } from '../../client/consumer-state.ts';
import type { NodeState, World } from '../../kernel/world.ts';
import { shareClient } from '../../share/tables.ts';

export interface MemberNow {
  readonly state: string;
  readonly epoch: number;
  readonly owned: readonly string[];
}

export const GONE: MemberNow = { state: 'gone', epoch: -1, owned: [] };

/** Names of the partitions of a share member, by the list that its client holds: such a list is never changed in place. */
const names = new WeakMap<readonly SharePartitionId[], readonly string[]>();

function namesOf(list: readonly SharePartitionId[]): readonly string[] {
  let known = names.get(list);
  if (known === undefined) {
    known = [...list].sort((a, b) => a.partition - b.partition).map(({ topic, index }) => `${topic}-${index}`);
    names.set(list, known);
  }
  return known;
}

/** `ref`: its place in `World.consumers`. */
export function memberNow(w: World, ref: number): MemberNow {
  const c = w.consumers[ref] as ConsumerState;
  if ((w.nodes[c.node] as NodeState).process === 'down') return GONE;
  const share = c.share ? shareClient(w, ref) : null;
  if (share !== null)
    return { state: share.memberState.toLowerCase(), epoch: share.memberEpoch, owned: namesOf(share.partitions) };
  const m = c.membership;
  return m === null ? GONE : { state: m.state, epoch: m.generation, owned: m.owned };
}

/** Nothing of it has changed, seen without making anything: this is asked for each member after each event. */
export function isAsBefore(w: World, ref: number, before: MemberNow): boolean {
  const c = w.consumers[ref] as ConsumerState;
  if ((w.nodes[c.node] as NodeState).process === 'down') return before === GONE;
  const m = c.membership;
  if (m === null) return !c.share && before === GONE;
  return before.state === m.state && before.epoch === m.generation && before.owned === m.owned;
}

export function sameMember(a: MemberNow, b: MemberNow): boolean {
  return a.state === b.state && a.epoch === b.epoch && (a.owned === b.owned || a.owned.join() === b.owned.join());
}

export function heldBy(w: World, ref: number): readonly string[] {
  return memberNow(w, ref).owned;
}

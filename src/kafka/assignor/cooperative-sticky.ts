/**
 * CooperativeStickyAssignor (KIP-429): the sticky assignment, without what somebody else must give up first. Such a partition is
 * nobody's until its holder has joined again without it (rule 75).
 */
import { cooperativeStickyUserData } from '../consumer-protocol/sticky-user-data.ts';
import type { Assignor } from './assignor.ts';
import { assignSticky, maxGenerationOf } from './sticky/abstract-sticky.ts';
import type { StickyResult } from './sticky/constrained.ts';
import { cooperativeMemberData } from './sticky/member-data.ts';
import { removeFirst, type StickyRun } from './sticky/members.ts';

/** Partition -> member: what is to go to a member while another one said that it owns it, and is to lose it. */
function changingHands(run: StickyRun, assignment: StickyResult['assignment']): Map<number, number> {
  const added = new Map<number, number>();
  const revoked = new Set<number>();
  const owned = run.members.map(({ data }) => data.partitions.map((claim) => run.partitions.number(claim)));
  for (const [member, list] of assignment.entries()) {
    const before = new Set(owned[member]);
    for (const partition of list) if (!before.has(partition)) added.set(partition, member);
    const now = new Set(list);
    for (const partition of before) if (!now.has(partition)) revoked.add(partition);
  }
  return new Map([...added].filter(([partition]) => revoked.has(partition)));
}

function withhold(run: StickyRun, assignment: StickyResult['assignment'], moves: ReadonlyMap<number, number>): void {
  for (const [partition, member] of moves) {
    if (!removeFirst(assignment[member] as number[], partition) || run.steps === undefined) continue;
    const { topic, index } = run.partitions.name(partition);
    const holder = run.members.find(
      ({ data }, at) => at !== member && data.partitions.some((claim) => run.partitions.number(claim) === partition),
    );
    run.steps.push({
      assignor: run.assignor,
      kind: 'withheld',
      effect: 'take',
      member: run.members[member]?.id ?? null,
      from: holder?.id ?? null,
      topic,
      partition: index,
      numbers: {},
    });
  }
}

export const cooperativeStickyAssignor: Assignor = {
  name: 'cooperative-sticky',
  protocols: ['COOPERATIVE', 'EAGER'],
  subscriptionUserData: (last) => cooperativeStickyUserData(last?.generation ?? -1),
  maxGeneration: (members, before) => maxGenerationOf(members, before, cooperativeMemberData),
  assign(topics, members, options = {}) {
    const { run, result } = assignSticky('cooperative-sticky', topics, members, cooperativeMemberData, options);
    withhold(run, result.assignment, result.transferring ?? changingHands(run, result.assignment));
    const to = new Map(run.members.map(({ id }, at) => [id, result.assignment[at] ?? []]));
    return new Map(
      members.map(({ memberId }) => [memberId, (to.get(memberId) ?? []).map((p) => run.partitions.name(p))]),
    );
  },
};

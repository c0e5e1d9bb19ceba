/**
 * StickyAssignor (KIP-54): as even as it can be, and everybody keeps as much as that allows. It follows the eager protocol: what a
 * member had stands in the user data of its subscription.
 */
import { stickyUserData } from '../consumer-protocol/sticky-user-data.ts';
import type { Assignor } from './assignor.ts';
import { assignSticky, maxGenerationOf } from './sticky/abstract-sticky.ts';
import { stickyMemberData } from './sticky/member-data.ts';

export const stickyAssignor: Assignor = {
  name: 'sticky',
  protocols: ['EAGER'],
  subscriptionUserData: (last) => (last === null ? null : stickyUserData(last.partitions, last.generation)),
  maxGeneration: (members, before) => maxGenerationOf(members, before, stickyMemberData),
  assign(topics, members, options = {}) {
    const { run, result } = assignSticky('sticky', topics, members, stickyMemberData, options);
    const to = new Map(run.members.map(({ id }, at) => [id, result.assignment[at] ?? []]));
    return new Map(
      members.map(({ memberId }) => [memberId, (to.get(memberId) ?? []).map((p) => run.partitions.name(p))]),
    );
  },
};

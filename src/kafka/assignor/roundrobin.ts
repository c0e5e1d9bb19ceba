/** RoundRobinAssignor: all partitions of all topics in order are dealt out like cards, past those who do not read the topic. */
import {
  type AssignedTo,
  type Assignor,
  compareMembers,
  compareText,
  FORGETFUL,
  subscribedTopics,
} from './assignor.ts';
import type { ReasoningStep } from './reasoning.ts';

const step = (
  kind: string,
  effect: ReasoningStep['effect'],
  member: string,
  topic: string,
  partition: number,
  numbers: ReasoningStep['numbers'],
): ReasoningStep => ({ assignor: 'roundrobin', kind, effect, member, from: null, topic, partition, numbers });

export const roundRobinAssignor: Assignor = {
  name: 'roundrobin',
  protocols: ['EAGER'],
  ...FORGETFUL,
  assign(topics, members, { steps } = {}) {
    const to = new Map<string, AssignedTo[]>(members.map((m) => [m.memberId, []]));
    const circle = [...members].sort(compareMembers).map((m) => ({ id: m.memberId, topics: new Set(m.topics) }));
    const inOrder = subscribedTopics(topics, members).sort((a, b) => compareText(a.name, b.name));
    let next = 0;
    for (const { name, partitionRacks } of inOrder) {
      for (let index = 0; index < partitionRacks.length; index++) {
        while (!circle[next]?.topics.has(name)) {
          steps?.push(step('passed-over', 'note', circle[next]?.id ?? '', name, index, { place: next + 1 }));
          next = (next + 1) % circle.length;
        }
        const { id } = circle[next] as { id: string };
        to.get(id)?.push({ topic: name, index });
        steps?.push(step('turn', 'give', id, name, index, { place: next + 1, members: circle.length }));
        next = (next + 1) % circle.length;
      }
    }
    return to;
  },
};

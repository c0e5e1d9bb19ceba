import { tell } from '../kernel/schedule.ts';
import { healLink, pairs } from '../net/cut.ts';
import { nodeIndices, nodeLabel, nodeThing } from './nodes.ts';
import { registerVerb } from './register.ts';

registerVerb('network.heal', (w, command) => {
  const between = command.between;
  if (between === null) {
    for (const link of [...w.links]) healLink(w, link.from, link.to);
    tell(w, 'log.link.healed-all', {}, [], 'good', 'faults');
    return null;
  }
  const left = nodeIndices(w, between[0]);
  const right = nodeIndices(w, between[1]);
  for (const [from, to] of pairs(left, right, command.oneWay)) healLink(w, from, to);
  const names = (side: number[]): string => side.map((i) => nodeLabel(w, i)).join(', ');
  tell(
    w,
    'log.link.healed',
    { from: names(left), to: names(right) },
    [...left, ...right].map((i) => nodeThing(w, i)),
    'good',
    'faults',
  );
  return null;
});

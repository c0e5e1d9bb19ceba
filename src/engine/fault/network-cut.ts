import { tell } from '../kernel/schedule.ts';
import { cutLink, pairs } from '../net/cut.ts';
import { nodeIndices, nodeLabel, nodeThing } from './nodes.ts';
import { registerVerb } from './register.ts';

registerVerb('network.cut', (w, { between, oneWay }) => {
  const left = nodeIndices(w, between[0]);
  const right = nodeIndices(w, between[1]);
  for (const [from, to] of pairs(left, right, oneWay)) cutLink(w, from, to);
  const names = (side: number[]): string => side.map((i) => nodeLabel(w, i)).join(', ');
  const about = [...left, ...right].map((i) => nodeThing(w, i));
  tell(
    w,
    oneWay ? 'log.link.cut-one-way' : 'log.link.cut',
    { from: names(left), to: names(right) },
    about,
    'harm',
    'faults',
  );
  return null;
});

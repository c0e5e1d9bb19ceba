import { tell } from '../kernel/schedule.ts';
import { pairs } from '../net/cut.ts';
import { linkBetween, ownLink } from '../net/link.ts';
import { nodeIndices, nodeLabel, nodeThing } from './nodes.ts';
import { registerVerb } from './register.ts';

registerVerb('network.set', (w, command) => {
  const left = nodeIndices(w, command.between[0]);
  const right = nodeIndices(w, command.between[1]);
  let slower = false;
  for (const [from, to] of pairs(left, right, command.oneWay)) {
    const link = ownLink(w, linkBetween(w, from, to));
    if (command.latencyMs !== null) {
      slower = slower || command.latencyMs * 1000 > w.scenario.network.latencyUs;
      link.latencyUs = Math.round(command.latencyMs * 1000);
    }
    if (command.jitterMs !== null) link.jitterUs = Math.round(command.jitterMs * 1000);
    if (command.lossPercent !== null) link.lossPercent = command.lossPercent;
    if (command.bandwidthMbps !== null) link.bytesPerUs = command.bandwidthMbps / 8;
  }
  const from = left.map((i) => nodeLabel(w, i)).join(', ');
  const to = right.map((i) => nodeLabel(w, i)).join(', ');
  const about = [...left, ...right].map((i) => nodeThing(w, i));
  if (command.lossPercent !== null && command.lossPercent > 0)
    tell(w, 'log.link.lossy', { from, to, percent: command.lossPercent }, about, 'risk', 'faults');
  else if (slower)
    tell(
      w,
      'log.link.slow',
      { from, to, latencyUs: Math.round((command.latencyMs ?? 0) * 1000) },
      about,
      'risk',
      'faults',
    );
  else tell(w, 'log.link.normal', { from, to }, about, 'plain', 'faults');
  return null;
});

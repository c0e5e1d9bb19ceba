import { isUp } from '../client/client-process.ts';
import { consumerRef, ownConsumer, startConsumer } from '../client/consumer.ts';
import { registerVerb } from './register.ts';

registerVerb('consumer.join', (w, { consumer }) => {
  const ref = consumerRef(w, consumer);
  if (ref < 0) return `There is no consumer ${consumer}.`;
  const { node, group } = ownConsumer(w, ref);
  if (isUp(w, node)) {
    if (group === null || group.closing === 'no') return `${consumer} is running.`;
    // It is closing: the new process follows the old one.
    group.startAgain = true;
    return null;
  }
  startConsumer(w, ref);
  return null;
});

import { isUp } from '../client/client-process.ts';
import { consumerRef, startConsumer } from '../client/consumer.ts';
import { registerVerb } from './register.ts';

registerVerb('consumer.join', (w, { consumer }) => {
  const ref = consumerRef(w, consumer);
  if (ref < 0) return `There is no consumer ${consumer}.`;
  if (isUp(w, w.consumers[ref]!.node)) return `${consumer} is running.`;
  startConsumer(w, ref);
  return null;
});

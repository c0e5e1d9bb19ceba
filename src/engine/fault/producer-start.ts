import { isUp } from '../client/client-process.ts';
import { producerRef, startProducer } from '../client/producer.ts';
import { registerVerb } from './register.ts';

registerVerb('producer.start', (w, { producer }) => {
  const ref = producerRef(w, producer);
  if (ref < 0) return `There is no producer ${producer}.`;
  if (isUp(w, w.producers[ref]!.node)) return `${producer} is running.`;
  startProducer(w, ref);
  return null;
});

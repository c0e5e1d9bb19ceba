import { crashProducer } from '../client/producer.ts';
import { runningProducer } from '../client/producer-commands.ts';
import { registerVerb } from './register.ts';

registerVerb('producer.crash', (w, { producer }) => {
  const ref = runningProducer(w, producer);
  if (typeof ref === 'string') return ref;
  crashProducer(w, ref);
  return null;
});

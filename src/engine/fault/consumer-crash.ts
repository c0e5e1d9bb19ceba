import { crashConsumer } from '../client/consumer.ts';
import { runningConsumer } from '../client/consumer-commands.ts';
import { registerVerb } from './register.ts';

registerVerb('consumer.crash', (w, { consumer }) => {
  const ref = runningConsumer(w, consumer);
  if (typeof ref === 'string') return ref;
  crashConsumer(w, ref);
  return null;
});

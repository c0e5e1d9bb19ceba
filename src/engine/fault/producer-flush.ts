import { callProducer } from '../client/producer-commands.ts';
import { registerVerb } from './register.ts';

registerVerb('producer.flush', (w, { producer }) => callProducer(w, producer, { kind: 'flush', atUs: w.nowUs }));

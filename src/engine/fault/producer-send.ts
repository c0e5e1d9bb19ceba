import { callProducer } from '../client/producer-commands.ts';
import { registerVerb } from './register.ts';

registerVerb('producer.send', (w, command) =>
  command.count < 1
    ? null
    : callProducer(w, command.producer, { kind: 'send', atUs: w.nowUs, send: command, left: command.count }),
);

import { resume } from '../broker/process-life.ts';
import { nodeIndex } from './nodes.ts';
import { registerVerb } from './register.ts';

registerVerb('broker.resume', (w, { broker }) => resume(w, nodeIndex(w, broker)));

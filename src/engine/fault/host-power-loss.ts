import { powerLoss } from '../broker/process-life.ts';
import { nodeIndex } from './nodes.ts';
import { registerVerb } from './register.ts';

registerVerb('host.powerLoss', (w, { broker }) => powerLoss(w, nodeIndex(w, broker)));

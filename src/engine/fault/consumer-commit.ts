import { NOT_YET } from '../../kafka/config/not-yet.ts';
import { registerVerb } from './register.ts';

registerVerb('consumer.commit', () => NOT_YET.groups);

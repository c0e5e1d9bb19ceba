import { NOT_YET } from '../../kafka/config/not-yet.ts';
import { registerVerb } from './register.ts';

registerVerb('producer.begin', () => NOT_YET.transactions);

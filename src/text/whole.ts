/** All texts at once, for tests and the command line. */
import { more } from './en/more.ts';
import { addEnglish } from './index.ts';

addEnglish(more);

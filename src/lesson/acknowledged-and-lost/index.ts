/** The first five minutes: *An acknowledged message, lost*. */
import { lessonOf, phrase } from '../step.ts';
import { all, back, reveal } from './steps-lost.ts';
import { changed, one, power, refuse } from './steps-one-copy.ts';
import { follow, kill, wait, words, work } from './steps-work.ts';

export const acknowledgedAndLost = lessonOf('acknowledged-and-lost', phrase('lesson.lost.name'), [
  work,
  follow,
  words,
  kill,
  wait,
  reveal,
  back,
  all,
  one,
  power,
  refuse,
  changed,
]);

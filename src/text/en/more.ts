/** What the first picture does not say, in English: loaded when something first asks for it. */
import { config } from './config.ts';
import { dialogs } from './dialogs.ts';
import { engineLines } from './engine-lines.ts';
import { lessonLost } from './lesson-lost.ts';
import { story } from './story.ts';

export const more = { ...config, ...dialogs, ...engineLines, ...lessonLost, ...story };

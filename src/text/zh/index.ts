import type { TextTable } from '../index.ts';
import { app } from './app.ts';
import { config } from './config.ts';
import { dialogs } from './dialogs.ts';
import { engine } from './engine.ts';
import { engineLines } from './engine-lines.ts';
import { lesson } from './lesson.ts';
import { lessonLost } from './lesson-lost.ts';
import { panel } from './panel.ts';
import { stage } from './stage.ts';
import { story } from './story.ts';

export const zh: TextTable = {
  ...app,
  ...config,
  ...dialogs,
  ...engine,
  ...engineLines,
  ...lesson,
  ...lessonLost,
  ...panel,
  ...stage,
  ...story,
};

import type { TextTable } from '../index.ts';
import { app } from './app.ts';
import { config } from './config.ts';
import { engine } from './engine.ts';
import { lesson } from './lesson.ts';
import { panel } from './panel.ts';
import { stage } from './stage.ts';
import { story } from './story.ts';

export const zh: TextTable = { ...app, ...config, ...engine, ...lesson, ...panel, ...stage, ...story };

import type { TextTable } from '../index.ts';
import { app } from './app.ts';
import { byteMap } from './byte-map.ts';
import { bytes } from './bytes.ts';
import { compression } from './compression.ts';
import { config } from './config.ts';
import { device } from './device.ts';
import { dialogs } from './dialogs.ts';
import { engine } from './engine.ts';
import { engineLines } from './engine-lines.ts';
import { formats } from './formats.ts';
import { glossary } from './glossary.ts';
import { groups } from './groups.ts';
import { inout } from './inout.ts';
import { lab } from './lab.ts';
import { labRun } from './lab-run.ts';
import { lesson } from './lesson.ts';
import { lessonLost } from './lesson-lost.ts';
import { modernGroups } from './modern-groups.ts';
import { modernMember } from './modern-member.ts';
import { offsets } from './offsets.ts';
import { pack } from './pack.ts';
import { packFail } from './pack-fail.ts';
import { panel } from './panel.ts';
import { parameters } from './parameters.ts';
import { reasoning } from './reasoning.ts';
import { shareGroups } from './share-groups.ts';
import { stage } from './stage.ts';
import { stageLate } from './stage-late.ts';
import { story } from './story.ts';
import { time } from './time.ts';

export const zh: TextTable = {
  ...app,
  ...byteMap,
  ...bytes,
  ...compression,
  ...config,
  ...device,
  ...dialogs,
  ...engine,
  ...engineLines,
  ...formats,
  ...glossary,
  ...groups,
  ...inout,
  ...lab,
  ...labRun,
  ...lesson,
  ...lessonLost,
  ...offsets,
  ...modernGroups,
  ...modernMember,
  ...pack,
  ...packFail,
  ...panel,
  ...parameters,
  ...reasoning,
  ...stage,
  ...shareGroups,
  ...stageLate,
  ...story,
  ...time,
};

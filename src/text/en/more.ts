/** What the first picture does not say, in English: loaded when something first asks for it. */

import { byteMap } from './byte-map.ts';
import { bytes } from './bytes.ts';
import { compression } from './compression.ts';
import { config } from './config.ts';
import { device } from './device.ts';
import { dialogs } from './dialogs.ts';
import { engineLate } from './engine-late.ts';
import { engineLines } from './engine-lines.ts';
import { errors } from './errors.ts';
import { formats } from './formats.ts';
import { glossary } from './glossary.ts';
import { groups } from './groups.ts';
import { inout } from './inout.ts';
import { lab } from './lab.ts';
import { labRun } from './lab-run.ts';
import { lessonLost } from './lesson-lost.ts';
import { modernGroups } from './modern-groups.ts';
import { modernMember } from './modern-member.ts';
import { offsets } from './offsets.ts';
import { pack } from './pack.ts';
import { packFail } from './pack-fail.ts';
import { pageLate } from './page-late.ts';
import { parameters } from './parameters.ts';
import { reasoning } from './reasoning.ts';
import { shareGroups } from './share-groups.ts';
import { stageLate } from './stage-late.ts';
import { story } from './story.ts';
import { time } from './time.ts';

export const more = {
  ...byteMap,
  ...bytes,
  ...compression,
  ...config,
  ...device,
  ...dialogs,
  ...engineLate,
  ...engineLines,
  ...errors,
  ...formats,
  ...glossary,
  ...groups,
  ...inout,
  ...lab,
  ...labRun,
  ...lessonLost,
  ...offsets,
  ...modernGroups,
  ...modernMember,
  ...pack,
  ...packFail,
  ...pageLate,
  ...parameters,
  ...reasoning,
  ...shareGroups,
  ...stageLate,
  ...story,
  ...time,
};

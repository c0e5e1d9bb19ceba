/** The lesson's panel (`lesson.*`) and the lesson *An acknowledged message, lost* (`lesson.lost.*`). */
export const lesson = {
  'lesson.starting': 'The cluster starts.',
} as const satisfies Record<string, string>;

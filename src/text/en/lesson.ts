/** The lesson's panel (`lesson.*`) and the lesson *An acknowledged message, lost* (`lesson.lost.*`). */
export const lesson = {
  'lesson.step': 'Step {n} of {of}',
  'lesson.next': 'Next',
  'lesson.skip': 'Skip to its end',
  'lesson.skip-wait': 'Skip the wait',
  'lesson.busy': 'The engine computes…',
  'lesson.starting': 'The cluster starts.',
  'lesson.back': 'back',
  'lesson.anew': 'begin anew',
  'lesson.you-predicted': 'You predicted',
  'lesson.right': 'this is what happened',
  'lesson.since': '+{us|ms}',
  'lesson.jump': 'Jump to {at|s}',
  'lesson.line': 'line {n}',
  'lesson.story': 'the whole story of this record',
  'lesson.all-changes': 'everything that changed',
  'lesson.raw': '{text}',

  'lesson.lost.name': 'An acknowledged message, lost',

  'lesson.lost.work.title': 'A cluster at work',
  'lesson.lost.work.body':
    'A shop writes its orders. checkout sends each one to the broker that leads its column; the two other brokers ask for copies; the readers of billing share the columns among them.',
  'lesson.lost.work.so-far': 'So far: {sent} sent, {delivered} read.',
  'lesson.lost.work.elsewhere':
    'This lesson brings a cluster of its own: a shop that writes its orders. What is on the stage now can be saved first.',
  'lesson.lost.work.begin': 'Begin',
  'lesson.lost.work.button': 'Follow one order',
} as const satisfies Record<string, string>;

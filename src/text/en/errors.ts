/** The pages for what cannot go on; they bring their sentences with them. */
export const errors = {
  'app.error.no-worker': 'This browser cannot run the engine',
  'app.error.no-worker.says':
    'Kafkascope simulates the cluster in a Web Worker, and this browser has none. Any Chrome, Edge, Firefox or Safari of the last two years will do. A page opened from a file (file://) has no workers either: open it through a server.',
  'app.error.crash': 'The engine stands still',
  'app.error.crash.says':
    'It broke a rule of its own and stopped, so that nothing false is shown. Your scenario is whole: with its seed it plays the same history again, and it is all that a bug report needs.',
  'app.error.crash.start': 'The engine did not start. Reloading the page often helps.',
  'app.error.crash.at': 'at {at|s}',
  'app.error.crash.invariant': 'rule: {name}',
  'app.error.crash.seed': 'seed {seed}, {steps} {steps|plural|command|commands}',
  'app.error.crash.save': 'Save the scenario',
  'app.error.crash.again': 'Start it again',
  'app.error.crash.without-last': 'Start again without the last command',
  'app.error.do': 'What you can do',
  'app.error.report': 'For a bug report',
  'app.error.copy': 'Copy the report',
  'app.error.copied': 'Copied',
  'app.error.before': 'Go on just before it, at {at|s}',
  'app.error.memory':
    'The browser had no memory left for this cluster. Close other tabs, or open a smaller one; what you had is saved.',
  'app.error.reload': 'Reload the page',
  'app.error.default': 'Open the first cluster',
  'app.error.back': 'Back to my cluster',
  'app.error.kept': 'Your own cluster is still there.',
  'app.error.other-file': 'Choose another file',
  'app.error.open.file': 'This file cannot be played: {name}',
  'app.error.open.link': 'This link cannot be opened',
  'app.error.open.saved': 'What was saved cannot be opened',
  'app.error.open.engine': 'The engine refuses this scenario',
  'app.error.file.says': '{count} {count|plural|place is|places are} not right:',
} as const satisfies Record<string, string>;

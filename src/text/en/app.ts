/** The page around the stage: tools, keys, why time bends, what went wrong. */
export const app = {
  'app.loading': 'The cluster starts.',
  'app.version': 'Kafka {version}',
  'app.tools': 'Tools',
  'app.menu': 'Menu',
  'app.lessons': 'Lesson',
  'app.labs': 'Labs',
  'app.lesson': 'Lesson',
  'app.lesson.fold': 'Fold the lesson away',
  'app.lesson.unfold': 'Show the lesson',
  'app.open': 'Open',
  'app.save': 'Save',
  'app.share': 'Share',
  'app.inout': 'In and out',
  'app.time': 'Time and numbers',
  'app.help': 'Help',
  'app.language.switch': '切换到中文',
  'app.theme.system': 'Theme: as the system. Press for light.',
  'app.theme.light': 'Theme: light. Press for dark.',
  'app.theme.dark': 'Theme: dark. Press to follow the system.',

  'app.key.step': 'on to the next request',
  'app.key.back': 'back to the request before',

  'app.pace.paused': 'Paused.',
  'app.pace.flow': 'Slowed so that a request can be followed.',
  'app.pace.change': 'Slower: a request that changes something is under way.',
  'app.pace.timer': 'Fast forward: only timers run, {left|dur} to go.',
  'app.part.failed': 'A part of the page did not load',
  'app.part.failed.says':
    'Are you offline, or was the page updated meanwhile? The cluster goes on and nothing is lost.',
  'app.part.again': 'Try again',
} as const satisfies Record<string, string>;

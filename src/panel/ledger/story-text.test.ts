import { expect, test } from 'vitest';
import type { RecordStory } from '../../protocol/frame.ts';
import type { Say } from '../../store/use-app.tsx';
import { text } from '../../text/index.ts';
import '../../text/whole.ts';
import { eventsText } from '../dialogs/inout/event-text.ts';
import { storyMarkdown, storyText } from './story-text.ts';

const say = Object.assign((key: string, params = {}) => text('en', key, params), {
  language: 'en' as const,
  phrase: ({ key, params }: { key: string; params: Readonly<Record<string, string | number>> }) =>
    text('en', key, params),
}) as unknown as Say;

const moment = (atUs: number, tone: 'plain' | 'harm', file: string) => ({
  atUs,
  phrase: { key: 'inout.save-as', params: { name: file } },
  about: [],
  tone,
});
const story: RecordStory = {
  id: 3,
  producer: 'check_out',
  ordinal: 14,
  partition: 'orders-0',
  offset: 14,
  key: 'a`b',
  value: '{"x":\n1}',
  fate: 'lost',
  delivered: false,
  duplicates: 0,
  moments: [moment(3_291_000, 'plain', 'a*b'), moment(11_800_000, 'harm', 'c'), moment(20_000_000, 'plain', 'later')],
};

test('as plain text: facts, then moments up to now', () => {
  const lines = storyText(say, story, 12_000_000).split('\n');
  expect(lines.slice(-3)).toEqual([' 3.291  Save a*b', '11.800  Save c', '']);
  expect(lines.join('\n')).toContain('stored at: orders-0 @ 14');
  expect(lines.join('\n')).not.toContain('later');
});

test('as Markdown: what Markdown would take for its own is escaped, harm is strong', () => {
  const markdown = storyMarkdown(say, story, 12_000_000);
  expect(markdown).toContain('## check\\_out');
  expect(markdown).toContain('- key: `` a`b ``');
  expect(markdown).toContain('- value: `{"x": 1}`');
  expect(markdown).toContain('1. `3.291` Save a\\*b\n1. `11.800` **Save c**\n');
});

test('events as text: only the past, times in line', () => {
  const lines = story.moments.map((each, id) => ({ ...each, id }));
  expect(eventsText(say, 'T', lines, 12_000_000)).toBe('T, up to 12.000 s\n\n 3.291  Save a*b\n11.800  Save c\n');
});

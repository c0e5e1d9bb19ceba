import { expect, test } from 'vitest';
import { termEntry } from './terms.ts';
import { wordsIn, wordTerms } from './words.ts';

const terms = (sentence: string, language: 'en' | 'zh' = 'en'): string[] =>
  wordsIn(sentence, language).flatMap((piece) => (typeof piece === 'string' ? [] : [`${piece.word}>${piece.term}`]));
const whole = (sentence: string, language: 'en' | 'zh' = 'en'): string =>
  wordsIn(sentence, language)
    .map((piece) => (typeof piece === 'string' ? piece : piece.word))
    .join('');

test('words are found once each, and the sentence stays what it is', () => {
  const sentence = 'The leader sends its followers nothing unasked; the leader answers.';
  expect(terms(sentence)).toEqual(['leader>leader', 'followers>follower']);
  expect(whole(sentence)).toBe(sentence);
});

test('names of parameters and values are left alone', () => {
  expect(terms('acks=1 asks for no second copy; unclean.leader.election.enable is off.')).toEqual([]);
  expect(terms('Set acks to all.')).toEqual(['acks>acks']);
  expect(terms('Below min.insync.replicas nothing is stored.')).toEqual(['min.insync.replicas>min-isr']);
});

test('the longest word wins, and at most three are marked', () => {
  expect(terms('每个同步副本都有，高水位前进，控制器和会话都在等。', 'zh')).toEqual([
    '同步副本>isr',
    '高水位>hw',
    '控制器>controller',
  ]);
});

test('every word has an entry', () => {
  expect([...wordTerms('en'), ...wordTerms('zh')].filter((id) => termEntry(id) === null)).toEqual([]);
});

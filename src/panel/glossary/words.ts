/** Finds the words that have an entry inside of a sentence, so that a lesson's text can be asked about. */
import type { Language } from '../../text/index.ts';

/** As they stand in sentences. Longer ones win: 'in-sync copies' before 'copies'. */
const WORDS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
    'high watermark': 'hw',
    'in sync': 'isr',
    'in-sync set': 'isr',
    'in-sync copies': 'isr',
    'in-sync copy': 'isr',
    'min.insync.replicas': 'min-isr',
    'at risk': 'at-risk',
    'leader epoch': 'epoch',
    'unclean election': 'unclean',
    'consumer group': 'group',
    followers: 'follower',
    follower: 'follower',
    leader: 'leader',
    offsets: 'offset',
    offset: 'offset',
    partitions: 'partition',
    partition: 'partition',
    session: 'session',
    heartbeats: 'heartbeat',
    heartbeat: 'heartbeat',
    controller: 'controller',
    idempotence: 'idempotence',
    truncation: 'truncation',
    truncated: 'truncation',
    epoch: 'epoch',
    ISR: 'isr',
    ELR: 'elr',
    HW: 'hw',
    LEO: 'leo',
    acks: 'acks',
    lag: 'lag',
    batch: 'batch',
    batches: 'batch',
    fenced: 'fenced',
    rebalance: 'rebalance',
    coordinator: 'coordinator',
    generation: 'generation',
  },
  zh: {
    高水位: 'hw',
    同步副本: 'isr',
    'min.insync.replicas': 'min-isr',
    有风险: 'at-risk',
    消费者组: 'group',
    重平衡: 'rebalance',
    协调者: 'coordinator',
    幂等性: 'idempotence',
    控制器: 'controller',
    会话: 'session',
    心跳: 'heartbeat',
    分区: 'partition',
    位移: 'offset',
    截断: 'truncation',
    批次: 'batch',
    堆积: 'lag',
    隔离: 'fenced',
    follower: 'follower',
    leader: 'leader',
    epoch: 'epoch',
    ISR: 'isr',
    ELR: 'elr',
    HW: 'hw',
    LEO: 'leo',
    acks: 'acks',
  },
};

/** A Latin word must stand alone: 'acks' not in 'acks=1' but in 'with acks', and never a piece of a longer name. */
function pattern(words: readonly string[]): RegExp {
  const longest = [...words].sort((a, b) => b.length - a.length);
  const parts = longest.map((word) => {
    const plain = word.replaceAll('.', '\\.');
    return /^[\x20-\x7e]+$/.test(word) ? `(?<![\\w.=-])${plain}(?![\\w.=-]*\\w)` : plain;
  });
  return new RegExp(parts.join('|'), 'g');
}

const patterns = new Map<Language, RegExp>();

export type Piece = string | { readonly word: string; readonly term: string };

/** The sentence in pieces; each term once, at most `most` of them, so that a text stays a text. */
export function wordsIn(sentence: string, language: Language, most = 3): readonly Piece[] {
  const table = WORDS[language];
  const found = patterns.get(language) ?? pattern(Object.keys(table));
  patterns.set(language, found);
  const pieces: Piece[] = [];
  const seen = new Set<string>();
  let from = 0;
  for (const match of sentence.matchAll(found)) {
    const term = table[match[0]];
    if (term === undefined || seen.has(term) || seen.size >= most) continue;
    seen.add(term);
    if (match.index > from) pieces.push(sentence.slice(from, match.index));
    pieces.push({ word: match[0], term });
    from = match.index + match[0].length;
  }
  if (from < sentence.length) pieces.push(sentence.slice(from));
  return pieces;
}

export const wordTerms = (language: Language): readonly string[] => Object.values(WORDS[language]);

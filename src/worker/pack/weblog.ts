/**
 * Log lines of a web shop, as a service writes them: the same 2,000 on every machine. Few users and few paths make most of the
 * requests, as in any shop. Their shape is that of the lines which a real cluster was given (trace E1).
 */
import { makeStream, nextInt, type RandomStream } from '../../base/random.ts';

export const WEBLOG_LINES = 2000;
const SEED = 42;
const FIRST_MS = 1_767_225_600_000; // 2026-01-01T00:00:00Z
const MEAN_GAP_MS = 130;
const SERVICES = ['search', 'cart', 'checkout', 'catalog', 'payment', 'profile'];
const USERS = 90_000;
const ITEMS = 9_000;

/** Small numbers far more often than large ones: the least of so many draws. */
function skewed(s: RandomStream, bound: number, draws: number): number {
  let least = nextInt(s, bound);
  for (let i = 1; i < draws; i++) least = Math.min(least, nextInt(s, bound));
  return least;
}

function pick<T>(s: RandomStream, from: readonly T[]): T {
  return from[skewed(s, from.length, 2)] as T;
}

function statusOf(s: RandomStream): number {
  const draw = nextInt(s, 100);
  return draw < 86 ? 200 : draw < 91 ? 304 : draw < 96 ? 404 : draw < 99 ? 302 : 500;
}

function levelOf(s: RandomStream, status: number): string {
  if (status === 500) return 'ERROR';
  return nextInt(s, 100) < (status === 404 ? 60 : 12) ? 'WARN' : 'INFO';
}

/** A time of the year's first days as ISO 8601 writes it. */
function isoOf(ms: number): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const since = ms - FIRST_MS;
  const minutes = Math.floor(since / 60_000);
  const clock = `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}:${two(Math.floor(since / 1000) % 60)}`;
  return `2026-01-${two(1 + Math.floor(minutes / 1440))}T${clock}.${String(since % 1000).padStart(3, '0')}Z`;
}

export function weblogLines(count = WEBLOG_LINES): string[] {
  const s = makeStream(SEED, 'weblog');
  const lines: string[] = [];
  let ms = FIRST_MS;
  for (let i = 0; i < count; i++) {
    ms += 1 + nextInt(s, 2 * MEAN_GAP_MS);
    const service = pick(s, SERVICES);
    const user = 1000 + skewed(s, USERS, 2);
    const path = `/api/v1/items/${1 + skewed(s, ITEMS, 2)}`;
    const status = statusOf(s);
    const level = levelOf(s, status);
    const took = 1 + skewed(s, status === 500 ? 900 : 240, 3);
    lines.push(JSON.stringify({ ts: isoOf(ms), level, service, user, path, status, ms: took }));
  }
  return lines;
}

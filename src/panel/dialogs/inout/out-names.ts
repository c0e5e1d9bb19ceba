/** Names of files that go out: the title and the moment. */
import type { Scenario } from '../../../protocol/scenario.ts';
import { scenarioFileName } from '../../../store/present.ts';

/** `acks-1-loses-at-3.291s`: what it shows, and when. */
export function outName(title: string, atUs: number, extension: string): string {
  const base = scenarioFileName({ title } as Scenario).replace(/\.json$/, '');
  return `${base}-at-${(atUs / 1e6).toFixed(3)}s.${extension}`;
}

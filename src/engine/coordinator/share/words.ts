/** What a learner should hear of share groups' members. Observers only: no handler reads these lines. */
import { tell } from '../../kernel/schedule.ts';
import type { LogLineFact, World } from '../../kernel/world.ts';

export function sayShareGroup(
  w: World,
  what: string,
  groupId: string,
  client: string,
  params: Readonly<Record<string, string | number>>,
  tone: LogLineFact['tone'] = 'plain',
  lane: LogLineFact['lane'] = null,
): void {
  const about = [`group:${groupId}`];
  if (client !== '') about.push(`consumer:${client}`);
  tell(w, `log.share.${what}`, { group: groupId, consumer: client, ...params }, about, tone, lane);
}

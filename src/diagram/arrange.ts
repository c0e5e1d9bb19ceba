/** From a frame to what the stage shows of it: members stand in their groups and are no readers of their own. Pure. */
import type { Frame } from '../protocol/frame.ts';
import { memberThings } from './group-words.ts';

export function withoutMembers(frame: Frame): Frame {
  if (frame.groups.length === 0) return frame;
  const members = memberThings(frame);
  return { ...frame, consumers: frame.consumers.filter((c) => !members.has(`consumer:${c.id}`)) };
}

/** One record's life, from send() to its end; each moment can be jumped to. */
import { useEffect, useState } from 'react';
import type { RecordStory } from '../../protocol/frame.ts';
import { useActions, useApp, useSay } from '../../store/use-app.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { PhraseLine } from '../kit/phrase-line.tsx';

export function StoryDialog({ id, onClose }: { id: number; onClose: () => void }) {
  const say = useSay();
  const actions = useActions();
  const atUs = useApp((state) => state.frame?.atUs ?? 0);
  const jump = useApp((state) => state.frame?.jump ?? 0);
  const branch = useApp((state) => state.frame?.branch ?? 0);
  const [story, setStory] = useState<RecordStory | null | 'failed'>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a jump or another branch may have changed the record's fate
  useEffect(() => {
    let wanted = true;
    actions.ask({ ask: 'story', id }).then(
      (answer) => wanted && setStory(answer ?? 'failed'),
      () => wanted && setStory('failed'),
    );
    return () => {
      wanted = false;
    };
  }, [actions, id, jump, branch]);

  if (story === null) return null;
  if (story === 'failed') {
    return (
      <Dialog title={say('panel.story.title')} onClose={onClose}>
        <p className="ks-wrong">{say('panel.story.gone')}</p>
      </Dialog>
    );
  }
  return (
    <Dialog title={say('panel.story.title')} onClose={onClose}>
      <blockquote className="ks-quote">
        {story.value === null || story.value === '' ? say('panel.records.no-value') : story.value}
      </blockquote>
      <dl className="ks-facts">
        <dt>{say('panel.records.producer')}</dt>
        <dd>{say('panel.records.nth', { producer: story.producer, ordinal: story.ordinal })}</dd>
        <dt>{say('panel.records.key')}</dt>
        <dd className="kp-mono">{story.key ?? '–'}</dd>
        <dt>{say('panel.records.place')}</dt>
        <dd className="kp-mono">
          {story.partition ?? '–'}
          {story.offset === null ? '' : ` @ ${story.offset}`}
        </dd>
        <dt>{say('panel.records.fate')}</dt>
        <dd>
          <b>{say(`fate.${story.fate}`)}</b> {say(`panel.fate.${story.fate}.why`)}
        </dd>
      </dl>
      <ol className="ks-lines ks-story">
        {story.moments.map((moment, i) => (
          <PhraseLine
            // biome-ignore lint/suspicious/noArrayIndexKey: moments have no other name and never change places
            key={i}
            {...moment}
            later={moment.atUs > atUs}
          />
        ))}
      </ol>
    </Dialog>
  );
}

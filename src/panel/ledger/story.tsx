/** One record's life, from send() to its end; each moment can be jumped to. */
import { useEffect, useState } from 'react';
import type { RecordStory } from '../../protocol/frame.ts';
import { useActions, useApp, useAppStore, useSay } from '../../store/use-app.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { PhraseLine } from '../kit/phrase-line.tsx';
import StoryOut from './story-out.tsx';

const AGAIN_MS = 400;

/** Null while the engine is asked. */
function useStory(id: number): RecordStory | null | 'failed' {
  const actions = useActions();
  const store = useAppStore();
  const jump = useApp((state) => state.frame?.jump ?? 0);
  const branch = useApp((state) => state.frame?.branch ?? 0);
  const [story, setStory] = useState<RecordStory | null | 'failed'>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a jump or another branch may have changed the record's fate
  useEffect(() => {
    let wanted = true;
    let askedUs = -1;
    const ask = (): void => {
      const atUs = store.getState().frame?.atUs ?? 0;
      if (atUs === askedUs) return;
      askedUs = atUs;
      actions.ask({ ask: 'story', id }).then(
        (answer) => wanted && setStory(answer ?? 'failed'),
        () => wanted && setStory('failed'),
      );
    };
    ask();
    // While time passes the story goes on.
    const timer = setInterval(ask, AGAIN_MS);
    return () => {
      wanted = false;
      clearInterval(timer);
    };
  }, [actions, id, jump, branch]);
  return story;
}

/** The record itself, where it lies, what became of it, and each moment of its way. */
function Story({ story }: { story: RecordStory }) {
  const say = useSay();
  const atUs = useApp((state) => state.frame?.atUs ?? 0);
  return (
    <>
      <blockquote className="ks-quote">
        {story.value === null || story.value === '' ? say('panel.records.no-value') : story.value}
      </blockquote>
      <dl className="ks-story-facts">
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
      <StoryOut story={story} />
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
    </>
  );
}

export function StoryDialog({ id, onClose }: { id: number; onClose: () => void }) {
  const say = useSay();
  const story = useStory(id);
  if (story === null) return null;
  return (
    <Dialog title={say('panel.story.title')} onClose={onClose}>
      {story === 'failed' ? <p className="ks-wrong">{say('panel.story.gone')}</p> : <Story story={story} />}
    </Dialog>
  );
}

/** The same in the inspector, for a record that is selected. */
export function StoryTab({ id }: { id: number }) {
  const say = useSay();
  const story = useStory(id);
  if (story === null) return null;
  if (story === 'failed') return <p className="kp-empty">{say('panel.story.gone')}</p>;
  return (
    <div className="ks-story-tab">
      <Story story={story} />
    </div>
  );
}

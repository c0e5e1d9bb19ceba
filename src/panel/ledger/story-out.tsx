/** A record's story goes out: copied as text or Markdown, or saved. */
import type { RecordStory } from '../../protocol/frame.ts';
import { saveFile } from '../../store/present.ts';
import { useActions, useAppStore, useSay } from '../../store/use-app.tsx';
import { storyMarkdown, storyText } from './story-text.ts';

export default function StoryOut({ story }: { story: RecordStory }) {
  const say = useSay();
  const store = useAppStore();
  const actions = useActions();
  const atUs = (): number => store.getState().frame?.atUs ?? 0;
  const copy = async (text: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      actions.notice({ key: 'inout.copy.copied', params: {} });
    } catch {
      saveFile(`${story.producer}-${story.ordinal}.txt`, text, 'text/plain');
    }
  };
  return (
    <p className="ks-story-out">
      <button type="button" className="ks-btn" onClick={() => void copy(storyText(say, story, atUs()))}>
        {say('inout.story.copy')}
      </button>{' '}
      <button type="button" className="ks-btn" onClick={() => void copy(storyMarkdown(say, story, atUs()))}>
        {say('inout.story.markdown')}
      </button>{' '}
      <button
        type="button"
        className="ks-btn"
        onClick={() =>
          saveFile(`${story.producer}-${story.ordinal}.md`, storyMarkdown(say, story, atUs()), 'text/markdown')
        }
      >
        {say('inout.story.save')}
      </button>
    </p>
  );
}

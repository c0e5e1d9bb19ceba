import { parseThing } from '../../store/thing.ts';
import { useApp, useSay } from '../../store/use-app.tsx';
import { PhraseLine } from '../kit/phrase-line.tsx';
import { StoryTab } from '../ledger/story.tsx';
import { useDetail } from './use-detail.ts';

/** What happened to the selected thing, newest first; of a record its whole story. */
export function EventsTab() {
  const selection = useApp((state) => state.selection);
  if (selection !== null && parseThing(selection).kind === 'record')
    return <StoryTab id={Number(parseThing(selection).name)} />;
  return <Lines />;
}

function Lines() {
  const say = useSay();
  const detail = useDetail('events');
  const atUs = useApp((state) => state.frame?.atUs ?? 0);
  if (detail === null) return null;
  if (detail.lines.length === 0) return <p className="kp-empty">{say('panel.events.none')}</p>;
  return (
    <ol className="ks-lines">
      {[...detail.lines].reverse().map((line) => (
        <PhraseLine key={line.id} {...line} now={line.atUs === atUs} later={line.atUs > atUs} />
      ))}
    </ol>
  );
}

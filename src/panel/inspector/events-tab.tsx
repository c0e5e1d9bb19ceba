import { useApp, useSay } from '../../store/use-app.tsx';
import { PhraseLine } from '../kit/phrase-line.tsx';
import { useDetail } from './use-detail.ts';

/** What happened to the selected thing, newest first. */
export function EventsTab() {
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

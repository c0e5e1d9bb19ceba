/** Two runs side by side: what changed stands out, what did not is quiet. */
import type { CardView } from '../../scenario/lesson-view.ts';
import { useSay } from '../../store/use-app.tsx';

export function LessonCard({ card }: { card: CardView }) {
  const say = useSay();
  return (
    <table className="ks-lesson-card">
      <caption>{say.phrase(card.title)}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{say.phrase(card.columns[0])}</th>
          <th scope="col">{say.phrase(card.columns[1])}</th>
        </tr>
      </thead>
      <tbody>
        {card.rows.map(({ label, before, after, same }) => (
          <tr key={`${label.key} ${label.params.text ?? ''}`} data-same={same || undefined}>
            <th scope="row">{say.phrase(label)}</th>
            <td>{say.phrase(before)}</td>
            <td>{say.phrase(after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

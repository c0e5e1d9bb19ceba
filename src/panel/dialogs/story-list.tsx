/** The chooser's sections of scenarios with a sentence of what to look at in each. */
import { SCENARIO_IDS } from '../../scenario/index.ts';
import { useSay } from '../../store/use-app.tsx';
import { STORY_SECTIONS, STORY_TWINS } from './stories.ts';

export function StoryList({ onOpen }: { onOpen: (id: string) => void }) {
  const say = useSay();
  return STORY_SECTIONS.map((section) => (
    <section key={section.id} className="ks-stories">
      <h3>{say(`panel.stories.${section.id}`)}</h3>
      <ul>
        {section.scenarios
          .filter((id) => SCENARIO_IDS.includes(id))
          .map((id) => {
            const twin = STORY_TWINS[id];
            return (
              <li key={id}>
                <button type="button" className="ks-link" onClick={() => onOpen(id)}>
                  {say(`panel.stories.${id}`)}
                </button>
                {twin !== undefined && SCENARIO_IDS.includes(twin) && (
                  <button
                    type="button"
                    className="ks-link ks-small kp-mute"
                    aria-label={say('panel.stories.twin-of', { title: say(`panel.stories.${id}`) })}
                    onClick={() => onOpen(twin)}
                  >
                    {say('panel.stories.twin')}
                  </button>
                )}
                <p className="kp-mute ks-small">{say(`panel.stories.${id}.look`)}</p>
              </li>
            );
          })}
      </ul>
    </section>
  ));
}

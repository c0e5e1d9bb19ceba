/** Between the labs, in the head of each: two links, so that the address says which one it is. */
import { useSay } from '../../store/use-app.tsx';
import './lab-switch.css';

const LABS = ['lab', 'batch'] as const;

export function LabSwitch({ now }: { now: (typeof LABS)[number] }) {
  const say = useSay();
  return (
    <nav className="ks-labs" aria-label={say('app.labs')}>
      <span className="ks-labs-word" aria-hidden="true">
        {say('pack.lab')}
      </span>
      {LABS.map((lab) => (
        <a key={lab} href={`#${lab}`} aria-current={lab === now ? 'page' : undefined}>
          {say(`pack.lab.${lab}`)}
        </a>
      ))}
    </nav>
  );
}

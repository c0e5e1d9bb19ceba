/** The engine's own rules, checked at this moment: what must hold in every replicated log. */
import { useEffect, useState } from 'react';
import type { InvariantReport } from '../../protocol/frame.ts';
import { useActions, useSay } from '../../store/use-app.tsx';
import { Dialog } from '../kit/dialog.tsx';

export default function InvariantsDialog({ onClose }: { onClose: () => void }) {
  const say = useSay();
  const actions = useActions();
  const [report, setReport] = useState<InvariantReport | 'failed' | null>(null);
  useEffect(() => {
    let wanted = true;
    actions.ask({ ask: 'invariants' }).then(
      (answer) => wanted && setReport(answer),
      () => wanted && setReport('failed'),
    );
    return () => {
      wanted = false;
    };
  }, [actions]);
  return (
    <Dialog title={say('panel.rules')} onClose={onClose}>
      <p className="kp-mute">{say('panel.rules.hint')}</p>
      {report === 'failed' && <p className="ks-wrong">{say('panel.no-answer')}</p>}
      {report !== null && report !== 'failed' && (
        <>
          <p className="kp-mute ks-small">{say('panel.rules.at', { at: report.atUs })}</p>
          <ul className="ks-rules">
            {report.checked.map(({ name, holds, message }) => (
              <li key={name} data-holds={holds}>
                <span aria-hidden="true">{holds ? '✓' : '✕'}</span>
                <div>
                  {say(`invariant.${name}`)}
                  <span className="ks-hidden">{say(holds ? 'panel.rules.holds' : 'panel.rules.broken')}</span>
                  {message !== null && <p className="ks-small kp-mute">{message}</p>}
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
    </Dialog>
  );
}

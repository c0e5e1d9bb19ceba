/** What comes after the first motion: announcements, the first hints, the sheet for printing, the page offline. */
import { useEffect } from 'react';
import { giveCodecLoader } from '../store/codec-loader.ts';
import { useMode } from '../store/page-mode.ts';
import { Announcer } from './announcer.tsx';
import { Hints } from './hints.tsx';
import { registerServiceWorker } from './offline/register.ts';
import { PrintPage } from './print-page.tsx';

giveCodecLoader(async (types) => (await import('../worker/load-codecs.ts')).loadCodecs(types));

export default function LateParts() {
  const embed = useMode((mode) => mode.embed);
  useEffect(() => {
    // An embedded page is a guest: it installs nothing. The development server has no service worker.
    if (import.meta.env.PROD && !embed) void registerServiceWorker();
  }, [embed]);
  return (
    <>
      <Announcer />
      {!embed && <Hints />}
      <PrintPage />
    </>
  );
}

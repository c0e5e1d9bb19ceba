/** The moment in somebody's own page: an iframe as text, to be copied. */
import { useRef, useState } from 'react';
import { useSay } from '../../store/use-app.tsx';

/** `url` is the shared link of the moment; the frame shows it small and quiet. */
export function embedCode(url: string): string {
  const address = new URL(url);
  address.searchParams.set('embed', '');
  // 'embed=' reads as well as 'embed', and the latter is what people type.
  const src = address.href.replace('embed=&', 'embed&').replace(/embed=(?=#|$)/, 'embed');
  return `<iframe src="${src.replaceAll('&', '&amp;')}" width="640" height="360" style="border:0" loading="lazy" title="Kafkascope"></iframe>`;
}

export function EmbedCode({ url }: { url: string }) {
  const say = useSay();
  const field = useRef<HTMLTextAreaElement>(null);
  const [copied, setCopied] = useState(false);
  const code = embedCode(url);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(code);
      setCopied(true);
    } catch {
      // Without permission for the clipboard the text is selected, so that one key copies it.
      field.current?.select();
    }
  };
  return (
    <details className="ks-embed-code">
      <summary>{say('device.embed.code')}</summary>
      <p className="kp-mute ks-small">{say('device.embed.hint')}</p>
      <textarea
        ref={field}
        className="ks-input ks-link-text kp-mono"
        aria-label={say('device.embed.code')}
        readOnly
        rows={4}
        value={code}
      />
      <button type="button" className="ks-btn" onClick={() => void copy()}>
        {say(copied ? 'app.error.copied' : 'device.embed.copy')}
      </button>
    </details>
  );
}

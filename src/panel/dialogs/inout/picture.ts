/** The stage as a picture: SVG as it is, PNG by drawing the SVG on a canvas at twice its size. */
import { exportScene } from '../../../diagram/export-svg.ts';

/** Browsers refuse larger canvases. */
const MAX_SIDE = 8_192;

export function stageSvg(theme: 'light' | 'dark', title: string): string | null {
  const root = document.querySelector<HTMLElement>('.ks');
  return root === null ? null : exportScene(root, { theme, title });
}

export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Rejects when the browser cannot draw it. */
export async function pngOf(svg: string, scale = 2): Promise<Blob> {
  const image = new Image();
  const loaded = new Promise<void>((resolve, reject) => {
    image.onload = () => resolve();
    image.onerror = () => reject(new Error('the picture cannot be drawn'));
  });
  // A data address and not one of a blob: the page's policy allows it for images.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await loaded;
  const most = Math.max(image.width, image.height, 1);
  const factor = Math.min(scale, MAX_SIDE / most);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(image.width * factor);
  canvas.height = Math.round(image.height * factor);
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('no canvas');
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error('no picture')) : resolve(blob)), 'image/png');
  });
}

/**
 * The present stage as one standalone SVG document: what stands is copied with its computed looks written out, what
 * flies on the canvas is drawn as shapes. It changes nothing on the page: the copy is measured in a place out of sight
 * and taken away again.
 */
import { flightShapes } from './flight-shapes.ts';

const NS = 'http://www.w3.org/2000/svg';

/** What decides how an SVG element looks, and what it is when nothing is said: only what differs is written. */
const LOOKS: Readonly<Record<string, string>> = {
  fill: 'rgb(0, 0, 0)',
  'fill-opacity': '1',
  stroke: 'none',
  'stroke-width': '1',
  'stroke-opacity': '1',
  'stroke-dasharray': 'none',
  'stroke-linecap': 'butt',
  'stroke-linejoin': 'miter',
  opacity: '1',
  'paint-order': 'normal',
  'text-anchor': 'start',
  'font-size': '',
  'font-weight': '400',
  'font-family': '',
  'text-decoration-line': 'none',
};
const TEXT_ONLY = new Set(['text-anchor', 'font-size', 'font-weight', 'font-family', 'text-decoration-line']);
const DROPPED = [
  'class',
  'style',
  'role',
  'tabindex',
  'data-stop',
  'data-for',
  'data-action',
  'data-term',
  'data-track',
];

/** `color(srgb 0.5 0.5 0.5 / 0.2)`, what color-mix computes to, is not read by every program: as rgb(). Pixels need no unit. */
export function plainColour(value: string): string {
  if (/^[\d., ]*px/.test(value)) return value.replaceAll('px', '');
  const match = /^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.e-]+))?\)$/.exec(value);
  if (match === null) return value;
  const [r, g, b] = [match[1], match[2], match[3]].map((v) => Math.round(Number(v) * 255));
  return match[4] === undefined ? `rgb(${r}, ${g}, ${b})` : `rgba(${r}, ${g}, ${b}, ${match[4]})`;
}

/** A CSS translation as an SVG transform; '' for none. */
export function plainTransform(value: string): string {
  if (value === '' || value === 'none') return '';
  const match = /^matrix\(([^)]+)\)$/.exec(value);
  return match === null
    ? value
    : `matrix(${(match[1] as string)
        .split(',')
        .map((v) => v.trim())
        .join(' ')})`;
}

function writeLooks(element: SVGElement): void {
  const style = getComputedStyle(element);
  const isText = element.tagName === 'text' || element.tagName === 'tspan';
  for (const [name, usual] of Object.entries(LOOKS)) {
    if (TEXT_ONLY.has(name) && !isText) continue;
    const value = plainColour(style.getPropertyValue(name));
    // A span inherits from its text: what is usual elsewhere is said there.
    if (value === '' || (value === usual && element.tagName !== 'tspan')) element.removeAttribute(name);
    else element.setAttribute(name === 'text-decoration-line' ? 'text-decoration' : name, value.replaceAll('"', "'"));
  }
  const moved = plainTransform(style.transform);
  if (moved !== '' && element.style.transform !== '') element.setAttribute('transform', moved);
  for (const name of DROPPED) element.removeAttribute(name);
}

const outOfSight = (element: Element): boolean => {
  const style = getComputedStyle(element);
  return style.display === 'none' || style.visibility === 'hidden';
};

/** Buttons do nothing in a picture. */
const NOT_IN_A_PICTURE = '.ks-button, .ks-hit, .ks-mark-hover, [fill="transparent"], [stroke="transparent"]';

function copyOf(svg: SVGSVGElement, mount: Element): SVGSVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  mount.append(copy);
  for (const element of copy.querySelectorAll(NOT_IN_A_PICTURE)) element.remove();
  const kept = [...copy.querySelectorAll<SVGElement>('*')];
  for (const element of kept) if (element.closest('defs') === null && outOfSight(element)) element.remove();
  for (const element of kept) if (copy.contains(element) && element.tagName !== 'title') writeLooks(element);
  copy.remove();
  return copy;
}

function element(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/**
 * `root`: the stage's element (or its SVG alone). Sizes are CSS pixels; all of the content is in the picture, not only
 * what is scrolled into view. Gives a whole SVG document as text.
 */
export function exportScene(
  root: SVGSVGElement | HTMLElement,
  options: { readonly theme: 'light' | 'dark'; readonly title: string },
): string {
  const mount = document.createElement('div');
  mount.className = 'ks ks-still';
  mount.dataset.theme = options.theme;
  // Through the style object: the page's policy refuses a style attribute.
  mount.style.cssText = 'position:absolute;left:-99999px;top:0;visibility:visible';
  mount.lang = (root.closest('[lang]') as HTMLElement | null)?.lang ?? '';
  document.body.append(mount);
  try {
    const style = getComputedStyle(mount);
    const found = root instanceof SVGSVGElement ? [root] : [...root.querySelectorAll<SVGSVGElement>('svg.ks-svg')];
    const bodies = found.filter((svg) => !svg.classList.contains('ks-heads'));
    const heads = found.filter((svg) => svg.classList.contains('ks-heads'));
    const width = Math.max(1, ...found.map((svg) => svg.width.baseVal.value));
    const height = Math.max(1, ...found.map((svg) => svg.height.baseVal.value));
    const out = element('svg', { xmlns: NS, width, height, viewBox: `0 0 ${width} ${height}` });
    const title = element('title', {});
    title.textContent = options.title;
    out.append(title, element('rect', { width, height, fill: style.getPropertyValue('--bg').trim() || '#ffffff' }));
    // The heads carry their own ground: they come last, as on the page.
    for (const svg of [...bodies, ...heads]) {
      // A drawing of its own: what reaches beyond the heads is cut off at their edge, as on the page.
      const group = element('svg', { width: svg.width.baseVal.value, height: svg.height.baseVal.value });
      group.append(...copyOf(svg, mount).childNodes);
      out.append(group);
      if (svg !== bodies[bodies.length - 1]) continue;
      const canvas = root.querySelector('canvas.ks-flights');
      if (canvas !== null)
        out.append(
          ...flightShapes(canvas, mount).map((shape) => {
            const made = element(shape.name, shape.attributes);
            if (shape.text !== undefined) made.textContent = shape.text;
            return made;
          }),
        );
    }
    const text = new XMLSerializer().serializeToString(out);
    return `<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`;
  } finally {
    mount.remove();
  }
}

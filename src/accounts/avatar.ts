import { hash } from 'node:crypto';
import { BoundedCache } from '../rendering/bounded-cache.js';

// Mid tones that have enough contrast on light and dark backgrounds; pairs are chosen so that the
// two shapes are clearly distinct.
const TONES = [
  '#3f7d78',
  '#8a5a83',
  '#b0653a',
  '#4d6fa3',
  '#7a7a3a',
  '#a14f5c',
  '#4f8a55',
  '#6d5fa8',
  '#9a7b2f',
  '#3d7f9c',
];

/** Avatars that were drawn. While it is full, few new ones push others out: see `PostFragments`. */
const drawn = new BoundedCache<string>(1_024 * 1_024, 32);
/** Estimated bytes of a map entry with its seed. */
const ENTRY_BYTES = 200;

/** Number of avatars that are kept, and their bytes. */
export function avatarsKept(): { avatars: number; bytes: number } {
  return { avatars: drawn.size, bytes: drawn.bytes };
}

/**
 * Draws an abstract avatar, deterministic for a seed: two slanted shapes in a boat-shaped frame. It
 * reveals nothing about the person; an alias has its own random seed.
 */
export function avatarSvg(seed: string): string {
  let svg = drawn.get(seed);
  if (svg === undefined) {
    svg = draw(seed);
    drawn.set(seed, svg, svg.length + ENTRY_BYTES);
  }
  return svg;
}

function draw(seed: string): string {
  const bytes = hash('sha256', `avatar\0${seed}`, 'buffer');
  const at = (index: number, below: number): number => (bytes[index] ?? 0) % below;
  const ground = at(0, TONES.length);
  const first = (ground + 1 + at(1, TONES.length - 1)) % TONES.length;
  const second = (first + 1 + at(2, TONES.length - 2)) % TONES.length;
  const shape = (index: number, tone: string): string => {
    const [x, y, size, turn] = [
      8 + at(index, 24),
      8 + at(index + 1, 24),
      9 + at(index + 2, 11),
      at(index + 3, 180),
    ];
    const kind = at(index + 4, 3);
    if (kind === 0)
      return `<circle cx="${x}" cy="${y}" r="${size}" fill="${tone}" fill-opacity=".85"/>`;
    const round = kind === 1 ? size : 2;
    const place = `x="${x - size}" y="${y - size / 2}"`;
    const extent = `width="${size * 2}" height="${size}" rx="${round}"`;
    const paint = `fill="${tone}" fill-opacity=".85"`;
    return `<rect ${place} ${extent} ${paint} transform="rotate(${turn} ${x} ${y})"/>`;
  };
  return [
    '<svg viewBox="0 0 40 40" aria-hidden="true" focusable="false">',
    `<rect width="40" height="40" fill="${TONES[ground] ?? ''}"/>`,
    shape(4, TONES[first] ?? ''),
    shape(12, TONES[second] ?? ''),
    '</svg>',
  ].join('');
}

import { randomInt } from 'node:crypto';

// Plain things that one can picture: no animal that insults, no colour that ranks.
const FIRST = ['amber', 'autumn', 'birch', 'blue', 'bright', 'cedar', 'clear', 'cloudy', 'copper', 'coral', 'distant', 'dusky', 'early', 'evening', 'fern', 'gentle', 'golden', 'grey', 'hazel', 'indigo', 'ivory', 'late', 'lilac', 'linen', 'maple', 'mellow', 'misty', 'mossy', 'northern', 'olive', 'pale', 'paper', 'pebble', 'quiet', 'rainy', 'river', 'rowan', 'russet', 'sandy', 'silver', 'slate', 'slow', 'soft', 'spring', 'steady', 'stone', 'summer', 'velvet', 'warm', 'willow', 'winter', 'woollen'];
const SECOND = ['anchor', 'attic', 'basket', 'bay', 'bell', 'bench', 'blanket', 'boat', 'bridge', 'button', 'candle', 'canopy', 'chimney', 'compass', 'cottage', 'crossing', 'cup', 'doorway', 'feather', 'field', 'garden', 'gate', 'harbour', 'hedge', 'hill', 'island', 'jetty', 'kettle', 'ladder', 'lamp', 'lantern', 'lighthouse', 'meadow', 'mitten', 'notebook', 'orchard', 'path', 'pier', 'pocket', 'pond', 'porch', 'quilt', 'sail', 'scarf', 'shore', 'stairway', 'teapot', 'thimble', 'tide', 'umbrella', 'valley', 'window'];

/** Two words drawn by lot: nothing about the member goes in, so nothing about the member comes out. */
export function drawAliasName(pick: (below: number) => number = randomInt): string {
  return `${FIRST[pick(FIRST.length)]}-${SECOND[pick(SECOND.length)]}`;
}

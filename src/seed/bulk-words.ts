import type { Random } from './random.js';

// Plain words for bulk text: nothing here is about anybody.
const WORDS = 'the a and to of in it was is that for on with as at by from this but not are have had they we you she he my me our one all would there their what so up out if about who get which go when make can like time no just him know take people into year your good some could them see other than then now look only come its over think also back after use two how work first well way even new want because any these give day most morning evening kettle garden window bus river quiet long small slow walk tea night sleep friend letter door kitchen table lamp street rain light book song week weekend sister brother neighbour dog bread bench train station town hill sea boat harbour'.split(' ');

export function sentence(random: Random): string {
  const words = Array.from({ length: 6 + random.below(12) }, () => random.pick(WORDS));
  const [first = 'the', ...rest] = words;
  return `${first.charAt(0).toUpperCase()}${first.slice(1)} ${rest.join(' ')}.`;
}

export function paragraph(random: Random): string {
  return Array.from({ length: 2 + random.below(5) }, () => sentence(random)).join(' ');
}

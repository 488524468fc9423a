import type { Random } from './random.js';

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

// Common words for bulk text, not about anybody.
const WORDS = words(`
  the a and to of in it was is that for on with as at by from this but not are have had they
  we you she he my me our one all would there their what so up out if about who get which go
  when make can like time no just him know take people into year your good some could them
  see other than then now look only come its over think also back after use two how work
  first well way even new want because any these give day most morning evening kettle garden
  window bus river quiet long small slow walk tea night sleep friend letter door kitchen
  table lamp street rain light book song week weekend sister brother neighbour dog bread
  bench train station town hill sea boat harbour
`);

// Fictional place names with a long-tailed frequency, so that searches have rare words to find.
const BEGINNINGS = words(`
  alder amber ash barley beech birch bramble brook cedar chalk clover copper corn crane
  damson elder elm fern finch fox gorse hazel heron holly ivy juniper larch linden maple
  marl moss oat olive otter quince reed rowan sedge thorn willow
`);
const ENDINGS = words(`
  bank bourne bridge brook combe cote croft dale den field ford gate grove ham haven hurst
  lea ley mead mere mill moor ness pool port ridge shaw side stead stoke stone thorpe ton
  vale wall ward well wick wood worth
`);
const WORDS_PER_PLACE = 16;

function word(random: Random): string {
  if (random.below(WORDS_PER_PLACE) > 0) return random.pick(WORDS);
  const rank = Math.floor(BEGINNINGS.length * ENDINGS.length * random.next() ** 3);
  const ending = ENDINGS[Math.floor(rank / BEGINNINGS.length)] ?? '';
  return `${BEGINNINGS[rank % BEGINNINGS.length] ?? ''}${ending}`;
}

export function sentence(random: Random): string {
  const [first = 'the', ...rest] = Array.from({ length: 6 + random.below(12) }, () => word(random));
  return `${first.charAt(0).toUpperCase()}${first.slice(1)} ${rest.join(' ')}.`;
}

export function paragraph(random: Random): string {
  return Array.from({ length: 2 + random.below(5) }, () => sentence(random)).join(' ');
}

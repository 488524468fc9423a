import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { after, around, before, type NormalizedText } from './normalized-text.js';
import { matches, type Detail } from './detection.js';

const lists = JSON.parse(
  readFileSync(fileURLToPath(new URL('./names.json', import.meta.url)), 'utf8'),
) as { first: string; famous: string };
const FIRST = new Set(lists.first.split(' '));
const FAMOUS = new Set(lists.famous.split('|'));

export const CAP = String.raw`[A-Z](?:[a-z]{1,18}|'[A-Z][a-z]{1,18}|[a-z]{1,3}[A-Z][a-z]{1,16})(?:-[A-Z][a-z]{1,18})?`;
export const FULL = String.raw`(${CAP})(?: [A-Z]\.?| ${CAP})? ((?:(?:de|van|von|der|al|el|bin|O'|Mac) ?){0,2}${CAP})`;
const RELATIVES = String.raw`(?:ex(?:-| )?(?:husband|wife|boyfriend|girlfriend|partner|bf|gf|fiance|fiancee)?|boyfriend|girlfriend|bf|gf|husband|wife|partner|fiancee?|boss|manager|supervisor|line manager|colleague|co-?worker|teacher|tutor|lecturer|professor|head ?teacher|head ?master|principal|coach|mentor|therapist|counsellor|counselor|psychiatrist|psychologist|doctor|gp|nurse|cpn|key ?worker|social worker|support worker|care coordinator|dentist|consultant|solicitor|lawyer|landlord|landlady|flatmate|housemate|roommate|neighbou?r|best friend|friend|mate|bestie|mum|mom|dad|mother|father|step(?:dad|mum|mom|father|mother)|brother|sister|cousin|uncle|aunt(?:ie)?|nephew|niece|son|daughter|grand(?:ad|dad|ma|mother|father)|nan|pastor|vicar|priest|minister|bully|abuser|rapist|stalker|attacker|dealer|classmate|carer|midwife|health visitor|probation officer|caseworker|man|guy|woman|lad|girl|boy|bloke)`;
const RELATED = new RegExp(
  String.raw`\b(?:[Mm]y|[Hh]is|[Hh]er|[Oo]ur|[Tt]heir|[Tt]he|[Aa]n?)(?: (?:new|old|former|first|second|current|older|younger|little|big|ex|lovely|horrible|abusive|so-called|own|late|best|head|maths|english|science|school|year \d{1,2}))? ${RELATIVES}(?:'s (?:full )?name (?:is|was)|,? (?:(?:who )?(?:is|was) )?(?:called|named)|,? whose name is| is| was|,| -| \()?,?[ ]?(?:(?:Dr|Mr|Mrs|Ms|Miss|Prof)\.? )?${FULL}`,
  'g',
);
const TITLED = new RegExp(
  String.raw`\b(?:Dr|Doctor|Mr|Mrs|Ms|Miss|Mx|Prof|Professor|Nurse|Sister|Father|Rev|Reverend|Pastor|PC|Sgt|Judge|Coach)\.? (${CAP})(?: [A-Z]\.?(?= [A-Z]))?(?: (${CAP}))?`,
  'g',
);
const NAMED = new RegExp(String.raw`\b${FULL}\b`, 'g');
const OWN =
  /\b(?:my (?:real |full |actual |legal |birth |own |whole )?name(?:'s| is|:| was)|(?:real|full|legal) name(?: is|:)|i go by|i'?m called|i am called|i was born|my maiden name (?:is|was)|(?:full|real|legal) name,?|i was christened|name:|you can google me(?: as)?|look me up(?: as|:)?|find me (?:as|under)|search (?:for )?me (?:as|under)|add me,? i'?m|signed,?|yours(?: sincerely| truly)?,|i'?m|i am|this is|it'?s|known as|real life i'?m)\s{1,2}/g;
const SIGNED = new RegExp(
  String.raw`\n\s{0,4}(?:[-~]{1,2}\s?|[Ll]ove,?\s|[Rr]egards,?\s|[Tt]hanks,?\s|x+\s)?${FULL}\s{0,3}[.x]{0,5}\s{0,3}$`,
  'g',
);
const SOCIAL = new RegExp(
  String.raw`\b(?:[Ff]acebook|FB|[Ff]b|[Mm]essenger|[Ll]inked[Ii]n|[Ii]nsta(?:gram)?)(?:'s)?\s?(?::|=|-|,| as| under| is| name is| is under|, I'm under|, i'm under|, im under)\s{1,2}(?:I'm |I am |it's )?${FULL}`,
  'g',
);
const CLOSING = new RegExp(
  String.raw`\b(?:[Rr]egards|[Yy]ours(?: sincerely| truly| faithfully)?|[Ss]incerely|[Bb]est wishes|[Ss]igned|[Cc]heers|[Tt]hanks|[Ll]ove),? ${FULL}(?=\s{0,2}[.x]{0,3}\s{0,2}(?:\n|$))`,
  'g',
);
const SMALL = new RegExp(
  String.raw`\b(?:my|his|her|our|their|the|a|an) (?:(?:new|old|former|abusive|best|head|maths|english|year \d{1,2}) )?${RELATIVES}(?:'s (?:full )?name (?:is|was)|,? (?:is |was )?(?:called|named)| is|,| -)?,? (?:(?:dr|mr|mrs|ms|miss) )?([a-z]{2,14}) ([a-z'-]{3,18})\b`,
  'g',
);
const CHILD = new RegExp(
  String.raw`\b(?:[Mm]y|[Oo]ur|[Hh]is|[Hh]er)(?: (?:little|youngest|oldest|eldest|older|younger|\w{3,6} ?-?year ?-?old))? (?:daughter|son|kid|child|niece|nephew|brother|sister|girl|boy|grandson|granddaughter|stepson|stepdaughter),? (${CAP})\b`,
  'g',
);

export const NOT_LAST = new Set(
  'January February March April May June July August September October November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday Christmas Easter English French German Spanish American British Irish Scottish Welsh Road Street Lane Avenue Hospital School Surgery Clinic House Hall Park College University Station Church Bridge Centre Center Day I The And But So He She They We It In At On From Is Was Said Says Told Then When Who If My His Her Because After Before Thanks Please Sorry Love Also Just Not No Yes'.split(
    ' ',
  ),
);
export const FUNCTION = new Set(
  'is was has had and but who said says told tells keeps kept just still now also always never only really even actually then when that this the a an to for of on in at by with from as or so if because left died hit hurt loves lives works goes teaches makes made gave got went came keep knows knew thinks thought wants wanted needs called named texted rang phoned asked helped helps takes took does did will would can could should may might must not about after before again back here there today yesterday tomorrow tonight recently once since while until like over under out off up down he she they we i you it my your his her our their moved started stopped passed sent saw seen been being are were am have having doing going getting says suggested thinks likes hates broke cheated lied screamed shouted yelled yells ignores ignored and/or too very much more most some any all both each which what where why how one two three'.split(
    ' ',
  ),
);
const PLACE =
  /\b(?:works?|worked|working|teach(?:es)?|taught|lives?|lived|living|goes to|went to|studies|studied|employed|is (?:a|an|the) (?:manager|teacher|nurse|doctor|gp|consultant|head|year|student|police|officer|partner|director|receptionist|solicitor|lecturer|coach|therapist|psychiatrist|psychologist|counsellor)|manager (?:at|of)|head (?:of|teacher)|runs|owns|based (?:at|in)|practi[cs]es|year \d{1,2}|drives for|plays for|surgery|clinic|hospital|academy|high school|primary school|grammar|practice|health centre|medical cent(?:re|er)|uni(?:versity)?|college)\b/;
const AT_NAMED =
  /\b(?:at|from|in|of|on|near|outside) (?:the )?(?!(?:Instagram|Tik ?Tok|You ?Tube|Twitter|Facebook|Netflix|Spotify|Radio)\b)[A-Z][a-z]/;
export const RENOWN =
  /\b(?:books?|novel|author|wrote|written|writes|writer|poems?|poet|poetry|podcast|ted talk|films?|movie|tv|series|songs?|album|bands?|singer|singing|gig|concert|actor|actress|comedian|character|channel|youtube|documentary|quotes?|quoted|article|interview|theor(?:y|ist)|biography|memoir|celebrit(?:y|ies)|famous|footballer|footballers|athlete|president|prime minister|played by|lyrics|reading|listen(?:ing)? to|watched|watching|fan of|netflix|bbc|radio|audiobook|chapter|fictional|olympi\w+|champion|artist|painter|painting|philosopher|psychoanalyst|founder|pioneer|research|studies|study by|lecture by|speech|tour|match|premier league|striker|goalkeeper|minister|mp|senator|queen|king|prince|princess|saint|musician|rapper|guitarist|drummer|director of the film|starring|video by|videos by|inspired by|like in)\b/;

export const isFamous = (first: string, last: string): boolean =>
  FAMOUS.has(`${first} ${last}`.toLowerCase());
export const isFirst = (word: string): boolean => FIRST.has(word.toLowerCase().split('-')[0] ?? '');

/** Past and lasting forms, and the commonest that are made otherwise. */
export const isVerb = (word: string): boolean =>
  (/(?:ed|ing)$/.test(word) &&
    !/^(?:reed|ahmed|sayed|mohammed|harding|king|browning|fielding|golding|manning|keating|cushing|fleming|goulding|redding|hollingsworth|ling|ding|ming)$/.test(
      word,
    )) ||
  /^(?:sat|stood|held|ran|spoke|wrote|brought|slept|found|felt|bought|drove|broke|sang|listens|stays|sits|barks|sleeps|really)$/.test(
    word,
  );

/** Full names: of others with what ties them to a place or to the writer, and one's own. */
export function people(flat: NormalizedText): Detail[] {
  const { text, lower } = flat;
  const details: Detail[] = [];
  const put = (kind: 'person' | 'own-name', from: number, to: number, why: string): void =>
    void details.push({ kind, span: [from, to], why, of: kind === 'person' ? 'other' : 'self' });
  for (const { from, to, match } of matches(RELATED, text)) {
    const [, first = '', last = ''] = match;
    const loose = /^(?:the|an?|The|An?) /.test(match[0]) && !/called|named/.test(match[0]);
    if (
      NOT_LAST.has(first) ||
      NOT_LAST.has(last) ||
      isFamous(first, last) ||
      (!isFirst(first) && loose)
    )
      continue;
    if (loose && RENOWN.test(around(lower, from, to))) continue;
    put('person', to - nameLength(match[0], first), to, 'related');
  }
  for (const { from, to, match } of matches(TITLED, text)) {
    const [said, first = '', last] = match;
    const round = around(lower, from, to);
    if (
      RENOWN.test(round) ||
      NOT_LAST.has(first) ||
      isFamous(first, last ?? '') ||
      FAMOUS.has(said.toLowerCase().replace(/\./g, ''))
    )
      continue;
    const tail = after(text, to, 80);
    const tied =
      PLACE.test(tail.toLowerCase()) || AT_NAMED.test(tail) || PLACE.test(before(lower, from, 60));
    const full = last !== undefined && !NOT_LAST.has(last);
    if (
      full
        ? tied || /\b(?:my|his|her|our|their|me|saw|see|seeing)\b/.test(round)
        : AT_NAMED.test(tail.slice(0, 45)) && PLACE.test(tail.toLowerCase())
    )
      put('person', from, to, 'titled');
  }
  for (const { from, to, match } of matches(NAMED, text)) {
    const [, first = '', last = ''] = match;
    if (!isFirst(first) || NOT_LAST.has(last) || isFamous(first, last)) continue;
    const tail = after(text, to, 70);
    const lead = before(text, from, 60);
    if (
      RENOWN.test(around(lower, from, to)) ||
      /\b(?:St|Saint|Mount|Lake|Port|San|Santa|the|The|a|an)\.? $/.test(lead) ||
      !tied(tail, lead)
    )
      continue;
    put('person', from, to, 'placed');
  }
  for (const { to, match } of matches(CHILD, text)) {
    if (
      /^(?: \w+)? ?,? ?(?:who )?(?:goes to|attends|is at|is in|at|started at|in year \d|is in year)\b[^.!?\n]{0,30}\b[A-Z][a-z]+(?: [A-Z][a-z']+){0,3} (?:School|Academy|Primary|College|High|Nursery|Grammar|Infants?|Juniors?|Elementary|Middle|Secondary|Uni\w*)/.test(
        text.slice(to, to + 90),
      )
    )
      put('person', to - (match[1] ?? '').length, to, 'child');
  }
  for (const { from, to, match } of matches(SMALL, lower)) {
    const [, first = '', last = ''] = match;
    // "called Roy listened" is a name and a verb: who leaves out capitals leaves out both.
    if (
      text.slice(from, to).slice(-last.length - 1 - first.length) !== `${first} ${last}` ||
      isVerb(last) ||
      !FIRST.has(first) ||
      FUNCTION.has(last) ||
      isFamous(first, last)
    )
      continue;
    const called = /called|named|name (?:is|was)/.test(match[0]);
    if (
      called ||
      /^,? ?(?:who |that |he |she )?(?:works?|lives?|teaches|goes|studies|runs|is at|at|from|in) /.test(
        lower.slice(to, to + 24),
      )
    )
      put('person', to - first.length - last.length - 1, to, 'related');
  }
  return [...details, ...ownNames(flat)];
}

function tied(tail: string, lead: string): boolean {
  if (
    /\b(?:cat|dog|puppy|kitten|rabbit|hamster|horse|budgie|parrot|fish|tortoise|teddy)\b/.test(lead)
  )
    return false;
  const next = tail.slice(0, 45);
  if (
    /^,? (?:(?:who|he|she|they) )?(?:still |also |now |really |just )?(?:works?|worked|teaches|taught|lives|lived|goes to|went to|studies|runs|owns|manages|is (?:a|an|the|my)|was my|used to work|drives for|plays for)\b/.test(
      tail,
    ) &&
    (/[A-Z]/.test(tail.slice(3)) || /\b(?:my|our)\b/.test(tail))
  )
    return true;
  if (
    /^,? (?:\(?\d{1,2}\)?,? )?(?:at|from|in|of|on) (?:the |my |our )?(?:[A-Z]|school|work|college|uni|church|gym|office|surgery|number \d)/.test(
      next,
    )
  )
    return true;
  if (/, $/.test(lead) && /\b(?:my|our)\b/.test(lead) && /^,/.test(tail)) return true;
  if (/\bmy (?:\w+ )?name(?: is|'s|:| was) $/i.test(lead)) return false;
  return /\b(?:called|named|name is|name's|name was|it was|it's|bullied by|abused by|raped by|attacked by|assaulted by|harassed by|stalked by|hurt by|treated by|reported|married to|dating|divorcing|seeing|teacher|boss|manager|works with|ask for|sacked by|neighbour)\s$/i.test(
    lead,
  );
}

function ownNames({ text, lower }: NormalizedText): Detail[] {
  const details: Detail[] = [];
  for (const { from, to, said } of matches(OWN, lower)) {
    const strong =
      (/name|called|google|christened|me up|me as|me under|add me/.test(said) &&
        !/^(?:my )?name:/.test(said)) ||
      /name:/.test(said);
    const social = /\b(?:facebook|fb|insta(?:gram)?|linkedin|messenger|whatsapp)\b/.test(
      before(lower, from, 40),
    );
    const name = new RegExp(`^${FULL}`).exec(text.slice(to, to + 60));
    const [, first = '', last = ''] = name ?? [];
    if (
      name !== null &&
      !NOT_LAST.has(last) &&
      !NOT_LAST.has(first) &&
      (strong || social || isFirst(first)) &&
      !isFamous(first, last) &&
      (strong || !/\b(?:like|reading|fan|not)\b/.test(before(lower, from, 30)))
    ) {
      details.push({ kind: 'own-name', span: [to, to + name[0].length], why: 'own', of: 'self' });
      continue;
    }
    const small = /^([a-z]{2,14}) ([a-z'-]{3,18})\b/.exec(lower.slice(to, to + 40));
    if (
      /^my .*name/.test(said) &&
      small !== null &&
      FIRST.has(small[1] ?? '') &&
      !FUNCTION.has(small[2] ?? '') &&
      /^(?:$|[.,;!?\n)]| and| from| if| but| so| you| add| look)/.test(
        lower.slice(to + small[0].length, to + small[0].length + 6),
      )
    )
      details.push({ kind: 'own-name', span: [to, to + small[0].length], why: 'own', of: 'self' });
  }
  for (const pattern of [SOCIAL, CLOSING])
    for (const { from, to, match } of matches(pattern, text))
      if (
        (isFirst(match[1] ?? '') ||
          (pattern === SOCIAL &&
            !match[0].includes(',') &&
            /\b(?:add|find|friend|i'm|i am|[Mm]y)\b/.test(before(lower, from, 30)))) &&
        !NOT_LAST.has(match[1] ?? '') &&
        !NOT_LAST.has(match[2] ?? '') &&
        !isFamous(match[1] ?? '', match[2] ?? '')
      )
        details.push({
          kind: 'own-name',
          span: [to - nameLength(match[0], match[1] ?? ''), to],
          why: 'offered',
          of: 'self',
        });
  for (const { from, to, match } of matches(SIGNED, text))
    if (
      isFirst(match[1] ?? '') &&
      !NOT_LAST.has(match[2] ?? '') &&
      !isFamous(match[1] ?? '', match[2] ?? '') &&
      !/["'“]\s*$/.test(text.slice(Math.max(0, from - 3), from))
    )
      details.push({
        kind: 'own-name',
        span: [to - match[0].trimStart().length, to],
        why: 'signed',
        of: 'self',
      });
  return details;
}

function nameLength(said: string, first: string): number {
  return said.length - said.lastIndexOf(` ${first} `) - 1;
}

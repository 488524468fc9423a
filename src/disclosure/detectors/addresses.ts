import { after, around, before, type NormalizedText } from './normalized-text.js';
import { matches, ownerOf, type Detail } from './detection.js';

export const STREET =
  '(?:street|str|st|road|rd|avenue|ave|av|lane|ln|drive|dr|close|crescent|cres|way|place|pl|terrace|terr|gardens|gdns|grove|square|sq|boulevard|blvd|parade|pde|mews|walk|row|court|ct|circuit|cct|highway|hwy|parkway|pkwy|trail|loop|quay|wharf|hill|rise|view|green|villas|cottages|estate|esplanade|circle|cir|turnpike|alley|wynd|brae|park|heights|drove|croft|bank|end|vale|meadows?)';
/** Kinds of street that are hardly ever anything else. */
const PLAIN_STREET =
  '(?:street|road|rd|avenue|ave|lane|ln|crescent|terrace|gardens|grove|boulevard|blvd|mews|close|drive|parkway|st)';
const CAPITAL = String.raw`[A-Z][A-Za-z'-]{1,20}\.?`;

const NUMBERED = new RegExp(
  String.raw`(?<![\w£$€.:/-])(?:(?:[Ff]lat|[Aa]pt\.?|[Aa]partment|[Uu]nit|[Ss]uite)\s?#?\w{1,5},?\s)?#?\d{1,5}\s?[A-Da-d]?(?:[-/]\d{1,4})?,?\s{1,2}(?:[NSEW]{1,2}\.?\s)?(?:${CAPITAL}\s{1,2}|\d{1,3}(?:st|nd|rd|th)\s|of\s){1,4}(?:${STREET.replace(
    /\(\?:|\)/g,
    '',
  )
    .split('|')
    .map((word) => `[${word.charAt(0).toUpperCase()}${word.charAt(0)}]${word.slice(1)}`)
    .join('|')
    .replace(/^/, '(?:')
    .concat(')')})\b\.?`,
  'g',
);
const LOWERED = new RegExp(
  String.raw`(?<![\w£$€.:/-])(?:(?:flat|apt|apartment|unit) ?\w{1,4},? )?\d{1,5}[a-d]?,? (?:[a-z'-]{3,16} ){1,2}${PLAIN_STREET}\b`,
  'g',
);
const GERMAN =
  /(?<![\p{L}])(?:[A-Z][a-z]{1,16}-){1,3}(?:Allee|Stra(?:ss|ß)e|Str\.|Weg|Platz|Ring|Damm|Ufer)\s\d{1,4}\s?[a-z]?(?![\p{L}\d])|(?<![\p{L}])(?:[A-Z][a-z]{1,20}(?: |-)?){0,2}[A-Za-z]{2,20}(?:stra(?:ss|ß)e|strasse|str\.|weg|platz|allee|gasse|damm|ufer|ring|chaussee|steig)\s{1,2}\d{1,4}\s?[a-z]?(?![\p{L}\d])/gu;
const ROMANCE =
  /(?<![\p{L}])(?:\d{1,4}\s?(?:bis|ter)?,?\s(?:rue|avenue|av\.|boulevard|bd|place|impasse|chemin|allee|quai|cours|route)\s(?:de |du |des |de la |de l'|d'|la |le |les )?[A-Za-z'-]{2,25}|(?:calle|c\/|avenida|avda\.?|plaza|paseo|via|viale|corso|piazza|rua)\s(?:de |del |de la |della |di )?[A-Z][A-Za-z'-]{2,25}(?:\s[A-Z][A-Za-z'-]{2,25})?,?\s(?:n[oº]?\.?\s?)?\d{1,4})\b/giu;

const AREAS = new Set(
  'AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE AA ZZ'.split(
    ' ',
  ),
);
const UK =
  /(?<![A-Za-z0-9-])([A-Za-z]{1,2})\d[A-Za-z\d]?\s{0,2}(\d)([ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2})(?![A-Za-z0-9-])/g;
const CANADA =
  /(?<![A-Za-z0-9-])[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ -]?\d[ABCEGHJ-NPRSTV-Z]\d(?![A-Za-z0-9-])/gi;
const EIRCODE =
  /(?<![A-Za-z0-9-])(?:[AC-FHKNPRTV-Y]\d\d|D6W) ?(?=[A-Z0-9]{0,3}\d)[AC-FHKNPRTV-Y0-9]{4}(?![A-Za-z0-9-])/g;
const STATE_ZIP =
  /\b[A-Z][A-Za-z.' -]{2,25},?\s(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]),?\s\d{5}(?:-\d{4})?\b/g;
const AUSTRALIA =
  /\b(?:[A-Z][A-Za-z'-]{2,20},? ){1,2}(?:NSW|VIC|QLD|SA|WA|TAS|NT|ACT|Vic|Qld|Tas),?\s\d{4}\b/g;
const LABELLED =
  /\b(?:post ?code|zip(?: ?code)?|postal code|eircode|plz|postleitzahl|code postal)(?: here)?(?: is|'s|:|,| -|=| ist)?\s{1,2}([a-z]{0,2}\d[a-z\d]{0,3}\s?[a-z\d]{0,4})(?![a-z\d])/g;
const GERMAN_TOWN =
  /\b(?:[a-z]{2,20}(?:stra(?:ss|ß)e|str\.|weg|platz|allee|gasse)|rue|avenue|calle|boulevard|via)\b[^\n]{0,50}?\b\d{5}\s[A-Z][a-z]{2,}/g;
const HOME = new RegExp(
  String.raw`\b(?:(?:live|living|lives|stay(?:s|ing)?|moved|based|(?:flat|house|home|place|bungalow|cottage)(?: is)?|round (?:at|to)|come to|address is|home address(?: is|:))\s(?:in |at |on |to |now |over |down ){0,2}|address:\s{0,2})((?:the |my |flat \w{1,4},? |number \d{1,4},? |no\.? ?\d{1,4},? |room \w{1,5},? ){0,2}(?:${CAPITAL}[ ,]{1,2}){1,4}(?:${STREET.slice(
    3,
    -1,
  )
    .split('|')
    .filter(
      (word) =>
        word.length > 3 &&
        ![
          'park',
          'hill',
          'view',
          'green',
          'bank',
          'vale',
          'meadows?',
          'heights',
          'place',
          'quay',
          'rise',
        ].includes(word),
    )
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}|${word}`)
    .join(
      '|',
    )}|House|Cottage|Tower|Towers|Lodge|Farm|Flats|Apartments|Halls?|Mansions|Rd|St|Ave|Court)\b)`,
  'gi',
);
const HALL =
  /\b(?:[Rr]oom|[Ff]lat|[Bb]lock|[Aa]partment|[Aa]pt|[Uu]nit|[Dd]orm)\s#?[A-Z]?\d{1,4}[A-Za-z]?,?\s(?:in|at|of|,)?\s?(?:the )?(?:[A-Z][A-Za-z'-]{2,20}\s){1,3}(?:House|Court|Halls?|Tower|Towers|Lodge|Building|Flats|Apartments|Residence|Dorm|Mansions|Point|Heights|Hostel)\b/g;
const BOX = /\bp\.?\s?o\.?\s?box\s#?\d{1,6}\b/g;

const UNITS =
  /^\S+ (?:lane|way)\b|^\S+ (?:[a-z'-]+ )?(?:minute|min|minutes|hour|hours|hr|day|days|week|weeks|month|months|year|years|mile|miles|km|metre|meter|star|block|blocks|people|person|times?|of the|in the|on the|at the|down the|up the|to the|and the|cars?|bus|per)\b/;
const FAMOUS =
  /\b(?:downing|baker|jump|wall|sesame|coronation|privet|wallaby|pennsylvania|grimmauld|cloverfield|conch|evergreen|elm|spooner|albert|ramsay|desolation|bleecker|fleet|abbey|harley|quality|main|high|blind|yellow brick|memory|penny|drury|electric|recovery|bourbon|fifth|madison|42nd|mulholland|sunset|mango|arbat|basin)\s(?:st(?:reet)?|road|rd|drive|way|avenue|ave|place|lane|terrace|square|parade|boulevard)\b/;
const OFFICES =
  /\b(?:mind|samaritans|nhs|hospital|charity|head office|headquarters|hq|freepost|council|the (?:clinic|surgery|centre|center|office|library|group|charity|trust|service)|foundation|trust|society|offices?|court house|ministry|embassy|write to us|donations?|registered)\b/;
const MINE = /\b(?:our|i|i'm|im|my|me|we|he|she|his|her|him|ex)\b/;

/** Streets with a number, and codes that the post knows. */
export function addresses(flat: NormalizedText): Detail[] {
  const { text, lower } = flat;
  const details: Detail[] = [];
  const put = (from: number, to: number, why: string): void => {
    const round = around(lower, from, to, 80);
    if (OFFICES.test(before(lower, from, 80)) && !MINE.test(round)) return;
    details.push({ kind: 'address', span: [from, to], why, of: ownerOf(before(text, from, 60)) });
  };
  for (const { from, to, said } of matches(NUMBERED, text))
    if (
      !FAMOUS.test(said.toLowerCase()) &&
      !/\b(?:Chapter|Season|Page|Step)\b/.test(said) &&
      !/\b(?:page|chapter|track|song)\s$/.test(before(lower, from, 10))
    )
      put(from, to, 'street');
  for (const { from, to, said } of matches(LOWERED, lower))
    if (
      !UNITS.test(said) &&
      !FAMOUS.test(said) &&
      (flat.text.slice(from, to) === said ? lowerStreet(lower, from, to) : false)
    )
      put(from, to, 'street');
  for (const pattern of [GERMAN, ROMANCE])
    for (const { from, to } of matches(pattern, text)) put(from, to, 'street');
  for (const { from, to, match } of matches(UK, text))
    if (isPostcode(match[0], match[1] ?? '', match[3] ?? '', lower, from))
      put(from, to, 'postcode');
  for (const { from, to, said } of matches(CANADA, text))
    if (said === said.toUpperCase() || /post|zip|live|address/.test(before(lower, from, 50)))
      put(from, to, 'postcode');
  for (const pattern of [EIRCODE, STATE_ZIP, AUSTRALIA, GERMAN_TOWN])
    for (const { from, to } of matches(pattern, text)) put(from, to, 'postcode');
  for (const { from, to, match } of matches(LABELLED, lower))
    if ((match[1] ?? '').replace(/\s/g, '').length >= 4) put(from, to, 'postcode');
  for (const { from, to, match } of matches(HOME, text)) {
    const named = match[1] ?? '';
    if (/[A-Z]/.test(named.replace(/^(?:The|My) /, '').charAt(0)) || /\d/.test(named))
      if (!FAMOUS.test(named.toLowerCase())) put(from, to, 'home');
  }
  for (const { from, to } of matches(HALL, text))
    if (
      !/\b(?:ward|class|lecture|meeting|seminar|course|exam)\b/.test(around(lower, from, to, 50)) &&
      MINE.test(around(lower, from, to, 60))
    )
      put(from, to, 'room');
  for (const { from, to } of matches(BOX, lower))
    if (/\b(?:my|me|i)\b/.test(before(lower, from, 60))) put(from, to, 'box');
  return details;
}

// In small letters alone a number and a street are an address where somebody lives, sends or comes.
function lowerStreet(lower: string, from: number, to: number): boolean {
  return (
    /\b(?:live|lives|living|at|address|house|home|flat|come|send|post|number|no|to|meet|moved|stay|staying|near|round|is|its|it's)\b[^.!?\n]{0,20}$/.test(
      before(lower, from, 60),
    ) ||
    /^,? (?:[a-z]+,? )?[a-z]{1,2}\d/.test(after(lower, to, 30)) ||
    from === 0
  );
}

function isPostcode(
  said: string,
  area: string,
  inward: string,
  lower: string,
  from: number,
): boolean {
  if (!AREAS.has(area.toUpperCase()) || /^(?:st|nd|rd|th|pm|am)$/i.test(inward)) return false;
  if (said === said.toUpperCase() && /[A-Z]{2}$/.test(said))
    return (
      !/\b(?:code|voucher|model|order|ref|flight|zoom|part)\b/.test(before(lower, from, 25)) ||
      /post ?code/.test(before(lower, from, 25))
    );
  return (
    /\s/.test(said) ||
    /\b(?:post ?code|live|address|at|road|street|lane|avenue)\b/.test(before(lower, from, 60))
  );
}

/** Texts that mail clients generate, in the languages in which they are used. */

/** The word before the colon in the line above a quotation. */
export const ATTRIBUTION_PHRASES = [
  'wrote',
  'writes',
  'schrieb',
  'écrit',
  'escribió',
  'escreveu',
  'scritto',
  'schreef',
  'skrev',
  'kirjoitti',
  'pisze',
  'napisał\\(?a?\\)?',
  'написал',
  'пишет',
  '写道',
  '작성',
  'のメッセージ',
];
/** Names of header fields, as mail clients show them. */
export const LABELS = [
  'from',
  'sent',
  'to',
  'cc',
  'subject',
  'date',
  'von',
  'gesendet',
  'an',
  'betreff',
  'de',
  'enviado',
  'para',
  'asunto',
  'fecha',
  'envoyé',
  'à',
  'objet',
  'da',
  'inviato',
  'oggetto',
  'van',
  'verzonden',
  'onderwerp',
  'fra',
  'från',
  'til',
  'till',
  'emne',
  'ämne',
  'od',
  'do',
  'temat',
  'от',
  'кому',
  'тема',
  '差出人',
  '宛先',
  '件名',
  '发件人',
  '收件人',
];
/** Beginnings of lines added by mail clients or devices. */
export const SENT = [
  'sent (?:from|with|via|using)',
  'get outlook',
  'enviado (?:desde|con|do)',
  'envoyé (?:de|depuis|avec|à partir)',
  'inviato (?:da|con)',
  'verzonden (?:vanaf|met)',
  'verstuurd vanaf',
  'sendt fra',
  'skickat från',
  'wysłan[eo] z',
  'lähetetty',
  'отправлено',
  'gesendet (?:von|mit)',
];
/** Complimentary closes. */
export const ENDINGS = [
  'cheers',
  'best',
  'all the best',
  'best wishes',
  'warm wishes',
  '(?:kind|best|warm|warmest|many)? ?regards',
  '(?:yours )?(?:sincerely|faithfully|truly)',
  'yours',
  'love',
  'lots of love',
  'with love',
  'take care',
  'mit freundlichen grüßen',
  'liebe grüße',
  'viele grüße',
  'lg',
  'mfg',
  'saludos',
  'un abrazo',
  'cordialement',
  'amicalement',
  'bien à vous',
  'cordiali saluti',
  'groetjes',
  'met vriendelijke groet',
  'hilsen',
  'vennlig hilsen',
  'pozdrawiam',
];
/** Thanks, which can also begin an email. */
export const CLOSING_PHRASES = [
  'many thanks',
  'thanks(?: so much| a lot)?',
  'thank you(?: so much)?',
  'ta',
  'danke',
  'gracias',
  'merci',
  'grazie',
  'dank je',
  'takk',
  'tack',
];

const DEVICE =
  '(?:iphone|ipad|phone|tablet|samsung|huawei phone|pixel|(?:mobile|android)(?: phone| device)?' +
  '|(?:samsung )?galaxy(?: smartphone| device| tab)?)';
const OUTLOOK = 'outlook(?: (?:for|für|pour|para|per|voor|til|på) (?:android|ios|mac|windows))?';
const YAHOO = 'yahoo mail(?: (?:para|con|no|per|su) (?:android|iphone))?';

/**
 * Complete lines that clients append to every email, normalised by `plainLine`: if such a line
 * contains anything else, somebody wrote it.
 */
export const CLIENT_LINE = new RegExp(
  `^(?:${[
    `sent from my ${DEVICE}(?: with (?:k 9 mail|thunderbird|fairemail))?` +
      '(?: please excuse my brevity)?',
    `sent from (?:${OUTLOOK}|mail for windows(?: 10)?|gmail mobile|my fastmail app)`,
    'sent from yahoo mail(?: (?:on|for) (?:android|iphone|ipad))?(?: get the app)?',
    'yahoo mail search organi[sz]e conquer',
    'sent from (?:the )?(?:all new )?aol app for (?:android|ios)',
    'sent (?:from|with) proton ?mail(?: mobile)?(?: (?:for )?(?:android|ios))?(?: secure email)?',
    'sent with (?:spark|mailbird|canary|fairemail|secure email)',
    `get ${OUTLOOK}`,
    // German
    `(?:von )?(?:meinem|meiner) ${DEVICE} gesendet|von meinem handy gesendet`,
    `gesendet (?:von|mit) (?:${OUTLOOK}|meine[mr] ${DEVICE})`,
    'gesendet mit proton ?mail(?: (?:für )?(?:android|ios))?',
    'gesendet mit der (?:gmx|web de|telekom)(?: (?:iphone|android|mail))* app',
    'diese nachricht wurde von meinem android ?(?:gerät|mobiltelefon|smartphone)' +
      ' mit (?:k 9 mail|gmx mail|web de mail|1 1 mail) gesendet',
    'hole? dir outlook für (?:android|ios)|holen sie sich outlook für (?:android|ios)',
    'outlook für (?:android|ios) (?:herunterladen|beziehen)',
    'laden sie outlook für (?:android|ios) herunter',
    // Spanish and Portuguese
    `enviado desde (?:mi (?:${DEVICE}|teléfono|móvil)|${OUTLOOK}|${YAHOO})`,
    '(?:obtener|obtenga|descargar|consigue) outlook para (?:android|ios)',
    `enviado (?:do|a partir do) (?:meu ${DEVICE}|${OUTLOOK}|${YAHOO})`,
    '(?:obter|obtenha|baixar)(?: o)? outlook para (?:android|ios)',
    // French and Italian
    `envoyé (?:de|depuis|à partir de) (?:mon (?:${DEVICE}|téléphone)|${OUTLOOK})`,
    'envoyé depuis mon smartphone samsung galaxy',
    'envoyé avec la messagerie sécurisée proton ?mail|envoyé (?:avec|depuis) proton ?mail',
    '(?:obtenez|obtenir|télécharger|téléchargez) outlook pour (?:android|ios)',
    `inviato da(?:l mio)? (?:${DEVICE}|${OUTLOOK}|${YAHOO}|libero mail)`,
    '(?:ottieni|scarica) outlook per (?:android|ios)',
    // Dutch, Scandinavian languages, Finnish, Polish, Russian, Japanese
    `(?:verstuurd|verzonden) vanaf (?:mijn ${DEVICE}|${OUTLOOK})`,
    '(?:download )?outlook voor (?:android|ios)(?: downloaden)?',
    `(?:sendt|skickat|skickades) (?:fra|från) (?:min (?:${DEVICE}|mobil)|${OUTLOOK})`,
    '(?:hent|få|skaffa|hämta) outlook (?:for|til|för) (?:android|ios)',
    'lähetetty (?:iphonesta|ipadista|iphonestani|ipadistani)',
    `wysłan[eo] z (?:iphone a|ipada|iphone|mojego ${DEVICE}|${OUTLOOK})`,
    'wysłan[eo] z outlooka dla (?:androida|systemu ios)',
    '(?:pobierz|uzyskaj) outlooka? (?:dla|na) (?:systemu )?(?:android|androida|ios)',
    'отправлено с (?:iphone|ipad|устройства samsung|мобильного устройства)',
    'отправлено из (?:iphone|мобильной почты|outlook|мобильной яндекс почты)',
    '(?:iphone|ipad|android) ?から送信|outlook for (?:android|ios) を入手',
    '从我的 ?iphone ?发送|发自我的 ?iphone|나의 iphone에서 보냄',
  ].join('|')})$`,
  'u',
);

/** A line of a few words with the name of a mail client and a link to it, in any language. */
export const CLIENT_NAME = /(?<!\p{L})(?:outlook|yahoo|proton|gmail|aol|gmx|web de|k 9)(?!\p{L})/u;
export const CLIENT_SITE =
  /[<(]https?:\/\/(?:[\w-]{1,40}\.){0,3}(?:aka\.ms|onelink\.me|proton\.me|yahoo\.com|web\.de)\//i;

/** Words in the separator above a quotation. */
export const ORIGINAL_MESSAGE = new RegExp(
  `^(?:${[
    '(?:the )?original (?:message|email|meddelande|besked)|forwarded message',
    '(?:ursprüngliche|weitergeleitete) nachricht|originalnachricht',
    'message (?:d origine|original|transféré)|mensaje (?:original|reenviado)',
    'mensagem original|messaggio originale|oorspronkelijk bericht',
    'opprinnelig melding|ursprungligt meddelande|oprindelig meddelelse|alkuperäinen viesti',
    '(?:oryginalna )?wiadomość(?: oryginalna)?|исходное сообщение|元のメッセージ|original message',
  ].join('|')})$`,
  'u',
);

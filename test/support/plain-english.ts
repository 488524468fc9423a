/** A word to avoid in user-facing text, and its replacement. */
export interface AvoidedWord {
  readonly pattern: RegExp;
  readonly better: string;
  /** A sentence that the pattern must match. */
  readonly example: string;
  /** Message keys, or files in `views/mail`, in which the word is right, with the reason. */
  readonly except?: Readonly<Record<string, string>>;
}

/** Rules for idiomatic British English and consistent terms. See `docs/glossary.md`. */
export const AVOIDED: readonly AvoidedWord[] = [
  // Idiom.
  { pattern: /\bsomebody\b/i, better: 'someone', example: 'Somebody has read it.' },
  { pattern: /\banybody\b/i, better: 'anyone', example: 'Open to anybody.' },
  { pattern: /\beverybody\b/i, better: 'everyone', example: 'Helplines for everybody' },
  { pattern: /\bwhoever\b/i, better: 'the person who, anyone who', example: 'Whoever wrote it' },
  { pattern: /\bmails\b/i, better: 'emails', example: 'Stop these mails' },
  {
    pattern:
      /\b(a|an|by|our|the|your|this|of|in|is|see) mail\b(?! server)|\bmail (address|is|says|safe)\b/i,
    better: 'email; mail is what the post brings',
    example: 'Confirm your mail address.',
  },
  { pattern: /\be-mails?\b/i, better: 'email', example: 'Your e-mail address' },
  { pattern: /\bthis night\b|\byesterday night\b/i, better: 'last night', example: 'this night' },
  { pattern: /\bdeeds?\b/i, better: 'action', example: 'The deed is done.' },
  {
    pattern: /\bstands\b/i,
    better: 'is, appears, applies, stays in place',
    example: 'It stands under the post now.',
  },
  {
    pattern: /\btells? of\b|\btells (an|a|nothing|where)\b/i,
    better: 'is about, says',
    example: 'This post tells of a hard time.',
  },
  {
    pattern: /\b(take|taken?|takes|throw|thrown) (\w+ ){0,2}away\b(?! from)/i,
    better: 'delete, remove',
    example: 'Your words are taken away.',
  },
  {
    pattern: /\b(take|takes|took|taken) (it|this|that|my \w+|your \w+|the \w+)? ?back\b/i,
    better: 'delete, withdraw, reverse, undo',
    example: 'Take my question back',
    except: {
      'administration.effect.copies': 'what was copied cannot be taken back: said of words',
    },
  },
  {
    pattern: /\bthe writer\b|\bits writer\b|\bwriters?\b/i,
    better: 'author',
    example: 'Only its writer sees it.',
  },
  {
    pattern: /\b(begun|beginnings?)\b|\bbegan\b/i,
    better: 'started, start',
    example: 'Threads begun before stay out.',
  },
  { pattern: /\blook(ing|ed)? round\b/i, better: 'look around', example: 'Look round first' },
  { pattern: /\bread along\b/i, better: 'read', example: 'Anyone may read along.' },
  {
    pattern: /\bby itself\b|\bby themselves\b/i,
    better: 'automatically',
    example: 'Ends by itself',
  },
  {
    pattern: /\bwish(es)? for\b|\b(a|your|my|new) wish(es)?\b/i,
    better: 'request',
    example: 'Your wish has been sent.',
  },
  { pattern: /\bso many\b/i, better: 'a number of, this many', example: 'After so many days' },
  {
    pattern: /\bhelp lines?\b|\b(crisis|more|show|my|our) lines\b/i,
    better: 'helpline',
    example: 'This is no help line.',
  },
  { pattern: /\bsmall letters\b/i, better: 'lower-case letters', example: 'Use small letters.' },
  {
    pattern: /(?<!\bthere )\bis no\b(?! (longer|one))/i,
    better: 'is not a',
    example: 'It is no advice.',
  },
  { pattern: /\bout of sight\b|\bfrom sight\b/i, better: 'hidden', example: 'taken from sight' },
  { pattern: /\bsigns of support\b/i, better: 'reactions', example: 'Send signs of support' },
  {
    pattern: /\bconversations?\b/i,
    better: 'thread',
    example: 'Two new conversations',
    except: { 'mail.digest.threads': 'an email does not say what the site is about' },
  },
  {
    pattern: /\b(?:you|they) get (?:this|it) (?:one |email |note )*because (?!you asked for some)/i,
    better: 'you are getting this because',
    example: 'You get this because you asked for it.',
  },
  {
    pattern: /\bhas (?:no|another) (?:such|type)\b|\bno such\b/i,
    better: 'does not exist, has the wrong type',
    example: 'There is no such field.',
  },
  { pattern: /\b(?:a|their|your) handle\b/i, better: 'name', example: 'With @ and your handle' },
  { pattern: /\bmay not\b/i, better: 'cannot', example: 'This token may not do that.' },
  {
    pattern: /\b(?:in order to|kindly|upon|thereof|hereby|whilst)\b/i,
    better: 'to, or a plainer word',
    example: 'Log in in order to reply.',
    except: {
      'moderation.appeal.dismiss.hint': 'the tone in which to write',
      'reporting.reason.self-harm.hint': 'how someone will check on the person',
    },
  },
  {
    pattern: /\byou (?:failed|forgot|must have)\b/i,
    better: 'say what to do next, without blame',
    example: 'You forgot to tick the box.',
  },
  // Tone: plain and warm, never chirpy, clinical or pleading.
  { pattern: /!/, better: 'a full stop', example: 'Welcome!' },
  {
    pattern: /\bclick(s|ed|ing)?\b/i,
    better: 'press, choose, or name the link',
    example: 'Click here',
  },
  { pattern: /\bhere is where\b/i, better: 'name the page', example: 'Here is where help is.' },
  {
    pattern: /\b(sorry|apologi[sz]e|inconvenience)\b/i,
    better: 'say what happened and what to do next',
    example: 'Sorry for the inconvenience.',
  },
  { pattern: /\b(oops|uh-oh|hooray|yay|awesome)\b/i, better: 'nothing', example: 'Oops' },
  {
    pattern: /\bplease\b/i,
    better: 'leave it out',
    example: 'Please try again.',
    except: {
      'mail.alarm-now.subject': 'one person asks another to come at once',
      'threads.wish.listen.hint': 'the words of the person who asks not to be advised',
    },
  },
  { pattern: /\busers?\b/i, better: 'member, person', example: 'Every user' },
  { pattern: /\bstaff\b/i, better: 'the team', example: 'Ask the staff.' },
  {
    pattern: /\b(invalid|illegal value|error occurred|failed to)\b/i,
    better: 'say what is wrong and what to do',
    example: 'Invalid value',
  },
  // Never said of people here.
  {
    pattern:
      /\b(commit(ted|s)? suicide|suffer(s|ing)? from|attention.seeking|high.risk|mentally ill)\b/i,
    better: 'person first: living with, died by suicide',
    example: 'He suffers from it.',
  },
  // Typography.
  {
    pattern: /—|\s–\s|\w - \w/,
    better: 'a comma, a colon or a new sentence',
    example: 'Wait — stop',
  },
  { pattern: /\d %|\} %/, better: '90%', example: 'Read within an hour: 90 %' },
  { pattern: /\w"|"\w/, better: '“ ”', example: 'You can say: "I am glad."' },
  { pattern: /\.\.\.|…/, better: 'finish the sentence', example: 'Sending...' },
  { pattern: /\w'\w/, better: '’', example: "your browser's history" },
  { pattern: /\.\s?\.|\s\.(?!env)/, better: 'one full stop', example: 'Sofa.. Moods' },
  // British spelling.
  {
    pattern:
      /\b(color|behavior|favorite|center|recogni[z]e\w*|organi[z]e\w*|apologi[z]e|license)\b/i,
    better: 'British spelling',
    example: 'Your favorite color',
  },
];

/**
 * Rules for the other languages: they use "tú" and "du", plead as little as English does, and use
 * consistent terms. See `docs/languages.md`.
 */
export const AVOIDED_ELSEWHERE: Readonly<Record<string, readonly AvoidedWord[]>> = {
  es: [
    { pattern: /[¡!]/, better: 'un punto', example: '¡Hola!' },
    { pattern: /^[^¿]*\p{L}\?/u, better: '¿…?', example: 'Y tú?' },
    {
      pattern: /\bpor favor\b/i,
      better: 'nada',
      example: 'Inténtalo otra vez, por favor.',
      except: {
        'mail.alarm-now.subject': 'one person asks another to come at once',
        'threads.wish.listen.hint': 'the words of the person who asks not to be advised',
      },
    },
    {
      pattern: /\busted(es)?\b|\bvuestr[oa]s?\b|\b\w+(?:áis|éis)\b/i,
      better: 'tú',
      example: 'Todos podéis verlo.',
    },
    { pattern: /\bhilos?\b/i, better: 'conversación', example: 'Un hilo nuevo' },
    {
      pattern: /(?<!nombre de )\busuari[oa]s?\b/i,
      better: 'miembro, persona',
      example: 'Los usuarios pueden escribir.',
    },
    { pattern: /\be-?mails?\b/i, better: 'correo', example: 'Tu email' },
    {
      pattern: /\bclics?\b|\bclicar?\b|\bhaz clic\b/i,
      better: 'pulsa, elige',
      example: 'Haz clic aquí',
    },
    {
      pattern: /\bhacer? sentido\b|\baplicar? para\b|\ben orden a\b|\bremover\b/i,
      better: 'tener sentido, solicitar, para, quitar',
      example: 'No hace sentido.',
    },
    { pattern: /\bestá quitad[oa]\b/i, better: 'hemos quitado', example: 'La tarea está quitada.' },
    { pattern: /\w"|"\w|\w'\w|\.\.\.|—/, better: '« »', example: 'Escribe "hola".' },
  ],
  de: [
    { pattern: /!/, better: 'ein Punkt', example: 'Willkommen!' },
    {
      pattern: /\bbitte\b(?! (?:um|jemanden)\b)/i,
      better: 'nichts',
      example: 'Versuch es bitte noch einmal.',
      except: {
        'mail.alarm-now.subject': 'one person asks another to come at once',
      },
    },
    { pattern: /\bIhr(?:e[nmrs]?)?\b|\bIhnen\b/, better: 'du, dein', example: 'Ihr Konto' },
    { pattern: /\b(?:Nutzer|User)(?:in|innen|s)?\b/, better: 'Mitglied', example: 'Alle Nutzer' },
    { pattern: /\w"|"\w|\.\.\.|—/, better: '„ “', example: 'Schreib "Hallo".' },
  ],
};

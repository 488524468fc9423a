/** How servers begin the subject of out-of-office replies, in the languages of the large ones. */
const SUBJECTS = [
  'automatic reply',
  'auto(?:matic)?[- ]?(?:reply|response)',
  'out of (?:the )?office',
  'away from (?:the|my) (?:office|mail)',
  'automatische antwort',
  'abwesenheits(?:notiz|nachricht)',
  'abwesend',
  'réponse automatique',
  'absence? du bureau',
  'respuesta automática',
  'fuera de la oficina',
  'resposta automática',
  'risposta automatica',
  'fuori ufficio',
  'automatisch antwoord',
  'autosvar',
  'automatisk svar',
  'automaattinen vastaus',
  'odpowiedź automatyczna',
  'automatická odpověď',
  'автоматический ответ',
  '自動応答',
  '自动答复',
];
const OUT_OF_OFFICE = new RegExp(`^(?:${SUBJECTS.join('|')})(?![\\p{L}])`, 'iu');

/** Whether a subject is that of an out-of-office reply, in any language. */
export function isOutOfOffice(subject: string): boolean {
  return OUT_OF_OFFICE.test(subject.normalize('NFC').trim());
}

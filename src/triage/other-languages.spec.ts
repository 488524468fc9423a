import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { assessRisk } from './assess-risk.js';

interface Line {
  readonly id: string;
  readonly language: string;
  readonly text: string;
}

const lines = linesOf('danger');
const LANGUAGES = ['es', 'fr', 'de', 'pt', 'it', 'nl', 'pl'];

function linesOf(file: string): Line[] {
  return readFileSync(join('test', 'triage', 'languages', `${file}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
}

const read = (file: string): string[] => linesOf(file).map(({ text }) => text);

describe('danger in other languages', () => {
  it('is measured in seven languages', () => {
    for (const language of LANGUAGES)
      expect(lines.filter((line) => line.language === language).length).toBeGreaterThanOrEqual(10);
  });

  it.each(lines.map(({ id, text }) => [id, text]))('%s is never none: %s', (_, text) => {
    expect(['unknown', 'urgent', 'crisis']).toContain(assessRisk(text).tier);
  });

  it('is mostly matched by its phrases', () => {
    const known = lines.filter(({ text }) => assessRisk(text).tier !== 'unknown');
    expect(known.length / lines.length).toBeGreaterThanOrEqual(0.9);
  });

  it.each([
    'Hi. kiero morirme. Thanks.',
    'I am fine. jveux mourir',
    'Hi all. Socorro. Thanks.',
    'me he cortado',
    'au secours',
    'Hilfe',
    'Thanks everyone. Kann nimmer.',
    'estou no limite',
    'Hi. qro morrer. Thanks.',
    'basta vivere',
    'Hi. Addio.',
    'laat me gaan',
    'to koniec',
    'dzisiaj to zrobię',
    'I told my boss that ik het niet meer trek and left',
    'work was long and nie mam siły żyć anymore',
    'bhai mujhe jeena nahi hai anymore',
    'uz nemuzu',
  ])('is never none where it is short or mixed with English: %s', (text) => {
    expect(['unknown', 'urgent', 'crisis']).toContain(assessRisk(text).tier);
  });

  it.each([
    'Esta noche me despido de todos, perdonadme',
    'Soy una carga para todos',
    'Pardonnez-moi pour ce que je vais faire',
    'Je suis un poids pour tout le monde',
    'Ich verabschiede mich für immer',
    'Ich bin allen nur eine Last',
    'Perdoem-me pelo que vou fazer',
    'Sou um fardo para a minha família',
    'Vi dico addio, perdonatemi',
    'Sono un peso per tutti',
    'Vergeef me wat ik ga doen vannacht',
    'Ik ben iedereen tot last',
    'Wybaczcie mi to, co zrobię',
    'Jestem ciężarem dla wszystkich',
    'Żegnam was',
    'Żegnam was na zawsze',
    'Addio a tutti',
    'Adieu tout le monde',
    'Adeus a todos',
    'Vaarwel iedereen',
  ])('names a farewell that asks for forgiveness, and being a burden: %s', (text) => {
    expect(['urgent', 'crisis']).toContain(assessRisk(text).named);
  });

  it.each([
    'No quiero morir, solo saludar',
    'Je ne veux pas mourir',
    'Ich will nicht sterben',
    'Não quero morrer',
    'Non voglio morire',
    'Ik wil niet sterven',
    'Nie chcę umrzeć',
  ])('denied, is for a person to read: %s', (text) => {
    expect(assessRisk(text).tier).toBe('unknown');
  });

  it.each([
    'Heb je nog tips voor het slapen?',
    'Me despido de todos por hoy, un abrazo',
    'Perdonadme por llegar tarde hoy',
    'Pardonnez-moi pour le retard ce soir',
    'Ich verabschiede mich bis morgen',
    'Verzeiht mir die späte Antwort heute',
    'Me despeço até amanhã',
    'Żegnam was do jutra',
    'Addio a tutti, a domani',
    'Adieu tout le monde, à demain',
    'Adeus a todos, até amanhã',
    'Vaarwel allemaal, tot morgen',
    'Perdonatemi per il ritardo di oggi',
    'Vergeef me dat ik zo laat antwoord vanavond',
    'Wybaczcie, że dziś tak późno piszę',
    'J’ai bien dormi cette nuit',
    'Ich bin neu hier',
    'y tú',
    'me siento bien',
    'olen uusi täällä ja vähän ujo',
  ])('is not heard in what is ordinary: %s', (text) => {
    expect(assessRisk(text).tier).toBe('unknown');
  });

  it.each(read('ordinary'))('is not named where somebody laughs or cooks: %s', (text) => {
    expect(assessRisk(text).tier).toBe('unknown');
  });

  it.each(read('everyday-danger'))('is named in everyday words, and beside them: %s', (text) => {
    expect(['urgent', 'crisis']).toContain(assessRisk(text).named);
  });

  it.each(read('second-danger'))('is never none in the second set: %s', (text) => {
    expect(['unknown', 'urgent', 'crisis']).toContain(assessRisk(text).tier);
  });

  it('is mostly named in the second set', () => {
    const named = read('second-danger').filter((text) => assessRisk(text).named !== 'unknown');
    expect(named.length).toBeGreaterThanOrEqual(56);
  });

  it.each(read('twins-danger'))('is named in words like those of an idiom: %s', (text) => {
    expect(['urgent', 'crisis']).toContain(assessRisk(text).named);
  });

  it('is hardly ever named in idioms, films, plans and thanks', () => {
    const named = ['second-ordinary', 'third-ordinary', 'fourth-ordinary']
      .flatMap(read)
      .filter((text) => assessRisk(text).named !== 'unknown');
    expect(named.length).toBeLessThanOrEqual(3);
  });

  it.each(['No puedo más 😂', 'J’en peux plus 🤣', 'Ich kann nicht mehr 😂'])(
    'is not named where somebody laughs: %s',
    (text) => {
      expect(assessRisk(text).named).toBe('unknown');
    },
  );

  it.each(['No puedo más 😭', 'Ya no puedo más', 'Ich kann nicht mehr', 'Pocielam sie wczoraj'])(
    'is named in a short cry, and without accents: %s',
    (text) => {
      expect(assessRisk(text).named).toBe('urgent');
    },
  );

  it.each([
    '死',
    '死にたい',
    '想死',
    'смерть',
    'я хочу умереть',
    'أريد أن أموت',
    '죽고 싶어',
    '助けて',
  ])('is never none in another script: %s', (text) => {
    expect(assessRisk(text).tier).toBe('unknown');
  });

  it.each(['😭', '👍', '??', ':)', '10/10'])('is not read into signs: %s', (text) => {
    expect(assessRisk(text).tier).toBe('none');
  });

  it.each([
    'hello',
    'Nobody cares',
    'I miss my mum',
    'ok',
    'lol same',
    'u ok hun',
    'i cnat slep agian tongiht',
    'ty all xx',
    'omg sooo tired',
    'No.',
    'me',
    'Sure, no worries',
    'Anna and Mia came round',
    'deja vu again',
    'He gave me a bat',
    'I am so sorry',
    'brb, tea',
    'Café au lait for me',
    'w a n t   t o   s l e e p',
    'f u n f a c t my cat can open the fridge',
    'so ur free. tik tok. we should all watch haha',
    'lmao bruh',
  ])('leaves short English English: %s', (text) => {
    expect(assessRisk(text).tier).not.toBe('unknown');
  });

  it('leaves English with foreign names and dishes, and regional English, English', () => {
    const unknown = ['english', 'second-english']
      .flatMap(read)
      .filter((text) => assessRisk(text).tier === 'unknown');
    expect(unknown.length).toBeLessThanOrEqual(1);
  });

  it.each(['Hi all, Kann nimmer', 'Thanks, Jveux mourir', 'Ciao, Voglio crepare'])(
    'is not taken for names where its words follow a comma: %s',
    (text) => {
      expect(assessRisk(text).tier).not.toBe('none');
    },
  );
});

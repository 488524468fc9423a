import { alternatives } from './alternatives.js';
import { holdsOther } from './language.js';
import { plain, type LanguageData } from './vocabulary.js';
import type { Tier } from './risk.js';
import type { Written, WrittenSentence } from './written-words.js';

/** A danger named in another language. */
export interface OtherLanguageMatch {
  readonly tier: Tier;
  readonly rule: string;
  /** Start and end in the original text. */
  readonly span: readonly [number, number];
}

interface Phrase {
  readonly words: readonly string[];
  readonly language: string;
  readonly role: Role;
}

/** The lists of phrases of a language: dangers, and what makes them more or less so. */
const ROLES = ['urgent', 'crisis', 'now', 'farewell', 'later', 'ordinary'] as const;
type Role = (typeof ROLES)[number];
/** These name no danger themselves, and no negation before them matters. */
const NO_DANGER: ReadonlySet<Role> = new Set(['now', 'later', 'ordinary']);

/** Up to this many words may occur between two words of a phrase, but never a negation. */
const GAP = 2;
/** A negation within this many words before a phrase negates it. */
const REACH = 2;

/**
 * Matches phrases that name a danger in languages without full rules. Every match counts as named;
 * the absence of a match proves nothing.
 */
export class OtherLanguages {
  private readonly phrases = new Map<string, Phrase[]>();
  private readonly negators = new Map<string, ReadonlySet<string>>();

  constructor(languages: readonly LanguageData[]) {
    for (const language of languages) {
      this.negators.set(language.key, new Set(plain(language.not).split(' ')));
      for (const role of ROLES)
        for (const phrase of language[role])
          for (const each of alternatives(phrase))
            this.add({
              words: splitWords(plain(each)),
              language: language.key,
              role,
            });
    }
  }

  private add(phrase: Phrase): void {
    const first = phrase.words[0] ?? '';
    this.phrases.set(first, [...(this.phrases.get(first) ?? []), phrase]);
  }

  match(sentences: readonly WrittenSentence[]): OtherLanguageMatch[] {
    return sentences.flatMap(({ words }) => (holdsOther(words) ? this.sentence(words) : []));
  }

  private sentence(written: readonly Written[]): OtherLanguageMatch[] {
    const words = written.flatMap((each) =>
      splitWords(each.form.word).map((word) => ({ word, from: each.from, to: each.to })),
    );
    const plainWords = words.map(({ word }) => word);
    const matches = words.flatMap((_, at) =>
      (this.phrases.get(words[at]?.word ?? '') ?? []).flatMap((phrase) => {
        const end = this.ends(plainWords, at, phrase);
        return end === null
          ? []
          : [{ phrase, from: words[at]?.from ?? 0, to: words[end]?.to ?? 0 }];
      }),
    );
    const ordinary = matches.filter(({ phrase }) => phrase.role === 'ordinary');
    const said = (role: Role, language: string): boolean =>
      matches.some(({ phrase }) => phrase.role === role && phrase.language === language);
    return matches.flatMap(({ phrase: { role, language }, from, to }): OtherLanguageMatch[] => {
      if (NO_DANGER.has(role) || (role === 'farewell' && said('later', language))) return [];
      if (ordinary.some((other) => other.from < to && from < other.to)) return [];
      const tier = role !== 'urgent' || said('now', language) ? 'crisis' : 'urgent';
      return [
        {
          tier,
          rule: `language.${language}.${role}`,
          span: [from, to],
        },
      ];
    });
  }

  /** The index of the phrase's last word; null if it does not occur here, or is negated. */
  private ends(words: readonly string[], start: number, phrase: Phrase): number | null {
    const denies = (word: string | undefined): boolean =>
      word !== undefined && word !== '' && this.negators.get(phrase.language)?.has(word) === true;
    for (let before = Math.max(0, start - REACH); before < start; before += 1)
      if (!NO_DANGER.has(phrase.role) && denies(words[before])) return null;
    let at = start;
    for (const word of phrase.words.slice(1)) {
      let next = at + 1;
      while (next <= at + 1 + GAP && words[next] !== word) {
        if (denies(words[next])) return null;
        next += 1;
      }
      if (next > at + 1 + GAP || words[next] !== word) return null;
      at = next;
    }
    return at;
  }
}

/** Splits at apostrophes, as the tokeniser does: "m'ôter" is two words. */
function splitWords(phrase: string): string[] {
  return phrase.split(/[^a-z]+/u).filter((word) => word !== '');
}

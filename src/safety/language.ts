import { detect } from 'tinyld';
import type { Tokens } from './tokens.js';

const SHORT = 6;
const SAMPLE = 400;

/** Whether the words are in a language that the rules do not know; short and mixed texts count as English. */
export function isForeign(text: string, tokens: Tokens, common: ReadonlySet<string>): boolean {
  if (tokens.letters >= 10 && tokens.foreign > tokens.letters / 2) return true;
  const words = tokens.words.slice(0, 200);
  if (words.length < SHORT) return false;
  let english = 0;
  for (const word of words) if (common.has(word)) english += 1;
  if (english >= words.length / 4) return false;
  const told = detect(text.slice(0, SAMPLE));
  return told !== '' && told !== 'en' && english < words.length / 8;
}

import { FieldError } from '../../kernel/errors.js';
import { findUnsafeText } from './strategy-safety.js';
import { textsOf, type StrategyTexts } from './strategy.dto.js';
import { PLACES, TIMES } from './vocabulary.js';

/** The content of a strategy: the fields shared by forms, packs and the library. */
export interface StrategyContent {
  name: string;
  summary: string;
  steps: string[];
  fits: string;
  fitsNot: string;
  minutes: number;
  energy: string;
  needs: string[];
  kinds: string[];
  places: string[];
  times: string[];
  challenges: string[];
}

/** Columns of `StrategyContent` for strategy `s`. */
export const CONTENT_COLUMNS = `
  s.name, s.summary, s.steps, s.fits, s.fits_not as "fitsNot", s.minutes, s.energy,
  s.needs, s.kinds, s.places, s.times, s.challenges`;

/** The columns to store for a form. Choosing no place or no time means any. */
export function contentOf(form: StrategyTexts): StrategyContent {
  const orAny = (chosen: string[], all: readonly string[]): string[] =>
    chosen.length === 0 ? [...all] : chosen;
  return {
    name: form.name,
    summary: form.summary,
    steps: form.steps,
    fits: form.fits,
    fitsNot: form.fitsNot,
    minutes: form.minutes,
    energy: form.energy,
    needs: form.needs,
    kinds: form.kinds,
    challenges: form.challenges,
    places: orAny(form.places, PLACES),
    times: orAny(form.times, TIMES),
  };
}

/** @throws FieldError for the field that breaks a safety rule, with a kind explanation */
export function rejectUnsafe(texts: StrategyTexts): void {
  const unsafe = findUnsafeText(textsOf(texts));
  if (unsafe !== null) throw new FieldError(unsafe.field, `strategies.safety.${unsafe.rule}`);
}

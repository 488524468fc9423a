import { dialled, helplinesOf, type Helpline } from '../safety/helplines.js';
import type { OwnCard } from '../safety/own-plans.js';

export interface CardLine {
  text: string;
  /** A number in the line, as a phone dials it. */
  tel: string | null;
}

export interface OwnCardView {
  people: CardLine[];
  lines: CardLine[];
  reasons: string[];
  helplines: Helpline[];
}

export function textLines(text: string): string[] {
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
}

/** Only what looks like a telephone number is one: three digits for an emergency line, more for a person. */
function numberIn(line: string): string | null {
  const found = /\+?\(?\d[\d\s().-]{1,}\d/.exec(line)?.[0];
  const tel = found === undefined ? null : dialled(found);
  return tel === null || tel.replace(/\D/g, '').length < 3 ? null : tel;
}

export function cardLines(text: string): CardLine[] {
  return textLines(text).map((line) => ({ text: line, tel: numberIn(line) }));
}

/** @param country whose crisis lines stand below one's own */
export function ownCardView(card: OwnCard | null, country: string): OwnCardView | null {
  if (card === null) return null;
  const view = { people: cardLines(card.people), lines: cardLines(card.lines), reasons: textLines(card.reasons), helplines: crisisLines(country) };
  return view.people.length + view.lines.length + view.reasons.length === 0 ? null : view;
}

/** A few that can be called or texted, the emergency number first. */
export function crisisLines(country: string): Helpline[] {
  const lines = helplinesOf(country).filter((line) => line.phone !== null || line.sms !== null);
  return [...lines.filter((line) => line.emergency), ...lines.filter((line) => !line.emergency)].slice(0, 3);
}

import { helplinesOf, type Helpline } from '../safety/helplines.js';
import { cardLines, textLines, type CardLine } from '../safety/own-card.js';
import type { OwnCard } from '../safety/own-plans.js';

export { cardLines, textLines, type CardLine };

export interface OwnCardView {
  people: CardLine[];
  lines: CardLine[];
  reasons: string[];
  helplines: Helpline[];
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

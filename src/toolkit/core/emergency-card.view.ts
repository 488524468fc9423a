import type { Translator } from '../../i18n/translator.js';
import { emergencyNumbers } from '../../helplines/emergency-numbers.js';
import { helplinesOf, displayedHelplines } from '../../helplines/helplines.js';
import { cardLines, textLines, type CardLine } from '../../safety-plans/emergency-card.js';
import type { EmergencyCard } from '../../safety-plans/safety-plans.js';

export { cardLines, textLines, type CardLine };

/** A helpline of the reader's country. */
export interface CardHelpline {
  name: string;
  phone: string | null;
  tel: string | null;
  sms: string | null;
  smsTo: string | null;
}

/** Maximum number of helplines on a card beside the member's own lines. */
const MAX_HELPLINES = 3;

export interface EmergencyCardView {
  people: CardLine[];
  lines: CardLine[];
  reasons: string[];
  helplines: CardHelpline[];
}

/**
 * @param country whose helplines are listed after the member's own @returns null for an empty card
 */
export function emergencyCardView(
  card: EmergencyCard | null,
  country: string,
  i18n: Translator,
): EmergencyCardView | null {
  if (card === null) return null;
  const view = {
    people: cardLines(card.people),
    lines: cardLines(card.lines),
    reasons: textLines(card.reasons),
    helplines: crisisHelplines(country, i18n),
  };
  return view.people.length + view.lines.length + view.reasons.length === 0 ? null : view;
}

/** Helplines that can be called or texted, the emergency number first. */
export function crisisHelplines(country: string, i18n: Translator): CardHelpline[] {
  const emergency = emergencyNumbers(country)
    .slice(0, 1)
    .map(({ service, phone, tel }) => ({
      name: i18n.t(`layout.emergency.${service}`),
      phone,
      tel,
      sms: null,
      smsTo: null,
    }));
  const lines = displayedHelplines(
    helplinesOf(country).filter((line) => line.phone !== null || line.sms !== null),
    i18n,
  );
  return [...emergency, ...lines].slice(0, MAX_HELPLINES);
}

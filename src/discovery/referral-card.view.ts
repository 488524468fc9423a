import type { AccessibleCommunity } from '../communities/community-access.js';
import { qrSvg } from '../rendering/qr.js';
import type { CardRow } from './referral-card.queries.js';
import { isPublicCommunity } from './referral-cards.service.js';

interface CardView {
  slug: string;
  name: string;
  summary: string;
  /** The QR code. */
  svg: string;
  /** For reading and typing, without the scheme. */
  address: string;
  closed: boolean;
}

export function cardView(community: AccessibleCommunity, card: CardRow, baseUrl: string): CardView {
  return {
    slug: community.slug,
    name: community.name,
    summary: card.summary,
    svg: qrSvg(`${baseUrl}/go/${card.code}`),
    address: `${baseUrl}/go/${inGroups(card.code)}`.replace(/^https?:\/\//, ''),
    closed: !isPublicCommunity(community),
  };
}

/** Formats `12345678ab` as `1234-5678-ab`. */
function inGroups(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1-');
}

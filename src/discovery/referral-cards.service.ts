import { Injectable } from '@nestjs/common';
import { canModerate, type AccessibleCommunity } from '../communities/community-access.js';
import type { MaybeViewer } from '../http/viewer.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import { cardOf, communityByCode, type CardRow } from './referral-card.queries.js';

const CODE_LENGTH = 10;

/** Referral cards with a code for a community. Neither handing one out nor using it is recorded. */
@Injectable()
export class ReferralCards {
  constructor(private readonly sql: Sql) {}

  /** @throws NotFound if the community is archived, or only its moderators may hand out the card */
  async of(viewer: MaybeViewer, community: AccessibleCommunity): Promise<CardRow> {
    if (!isPublicCommunity(community) && !canModerate(viewer, community)) throw new NotFound();
    const card = await this.sql.first(cardOf, { communityId: community.id });
    if (card === null || community.archived) throw new NotFound();
    return card;
  }

  /** @param typed a code as entered, in any grouping @throws NotFound if the code is unknown */
  async slugOf(typed: string): Promise<string> {
    const code = typed.toLowerCase().replace(/[^0-9a-f]/g, '');
    const row =
      code.length === CODE_LENGTH ? await this.sql.first(communityByCode, { code }) : null;
    if (row === null) throw new NotFound('finding.card.unknown');
    return row.slug;
  }
}

/** Whether anybody may hand out the card, because joining needs no approval. */
export function isPublicCommunity(community: AccessibleCommunity): boolean {
  return community.visibility === 'public' || community.visibility === 'members';
}

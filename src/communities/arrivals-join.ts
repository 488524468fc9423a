import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Arrivals, type ArrivalHost } from '../accounts/arrivals.js';
import type { MaybeViewer, Viewer } from '../http/viewer.js';
import { Forbidden, NotFound } from '../kernel/errors.js';
import type { AccessibleCommunity } from './community-access.js';
import { CommunityAccess } from './community-access.service.js';
import { Membership } from './membership.service.js';

/** Joins new members to the community for which they signed up. */
@Injectable()
export class ArrivalsJoin implements ArrivalHost, OnModuleInit {
  constructor(
    private readonly arrivals: Arrivals,
    private readonly access: CommunityAccess,
    private readonly membership: Membership,
  ) {}

  onModuleInit(): void {
    this.arrivals.receive(this);
  }

  async describe(slug: string): Promise<{ name: string; joins: boolean } | null> {
    const community = await this.find(null, slug);
    return community === null ? null : { name: community.name, joins: joinsAtOnce(community) };
  }

  /**
   * If moderators approve members, the community's page asks for a note first. Signing up shows the
   * guidelines of the site alone; the first post asks for agreement to those of the community.
   */
  async join(viewer: Viewer, slug: string): Promise<void> {
    const community = await this.find(viewer, slug);
    if (community === null || !joinsAtOnce(community)) return;
    try {
      await this.membership.join(viewer, community, '', { agreed: false });
    } catch (error) {
      // The account is suspended: they are still signed in, and the community's page says why.
      if (!(error instanceof Forbidden)) throw error;
    }
  }

  private async find(viewer: MaybeViewer, slug: string): Promise<AccessibleCommunity | null> {
    try {
      return await this.access.load(viewer, slug);
    } catch (error) {
      if (error instanceof NotFound) return null;
      throw error;
    }
  }
}

function joinsAtOnce({ archived, visibility }: AccessibleCommunity): boolean {
  return !archived && visibility !== 'approval';
}

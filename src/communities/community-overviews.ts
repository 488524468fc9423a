import { Injectable } from '@nestjs/common';
import { isMemberOrVisitorSql } from '../content/visibility.js';
import type { PageScope } from '../http/page-changes.js';
import {
  SharedCaches,
  type Cacheable,
  type NewestChange,
  type SharedCache,
} from '../http/shared-cache.js';
import type { MaybeViewer } from '../http/viewer.js';
import { NotFound } from '../kernel/errors.js';
import { Sql, statement } from '../kernel/sql.js';
import { ABOUT_COLUMNS, type AboutRow } from './communities.queries.js';
import { mustAcknowledge, type AccessibleCommunity } from './community-access.js';
import { ACCESS_COLUMNS, ACCESS_TABLES } from './community-access.service.js';

/** A community, with what its page says about it. */
export type CommunityOverview = AccessibleCommunity & AboutRow;

/** An overview of this request. */
export interface LoadedOverview {
  readonly community: CommunityOverview;
  /** The newest change of what its lists depend on; undefined if it was not determined. */
  readonly newest?: NewestChange;
}

interface Params {
  slug: string;
  viewerId: string | null;
}

const overviewOf = statement<Params, CommunityOverview>(
  'communities.overview',
  `
    select ${ACCESS_COLUMNS}, ${ABOUT_COLUMNS}
    from ${ACCESS_TABLES}
    left join community_guidelines g on g.community_id = c.id and g.version = c.guidelines_version
    where c.slug = :slug
  `,
);

/** What an overview says about its viewer, except for guidelines to agree to. */
type OwnPart = Pick<CommunityOverview, 'role' | 'visitUntil' | 'acknowledgedVersion' | 'state'>;

const OF_GUESTS: OwnPart = { role: null, visitUntil: null, acknowledgedVersion: null, state: null };

const ownPartOf = statement<Params, OwnPart>(
  'communities.own-part',
  `
    select m.state, case when m.state = 'active' then m.role end as role,
      case when ${isMemberOrVisitorSql('m')} then m.expires_at end as "visitUntil",
      a.version as "acknowledgedVersion"
    from communities c
    left join memberships m on m.community_id = c.id and m.member_id = :viewerId
    left join guideline_acknowledgements a on a.community_id = c.id and a.member_id = :viewerId
    where c.slug = :slug
  `,
);

const MAX_BYTES = 2 * 1_024 * 1_024;
/** Estimated bytes of the objects beside their texts. */
const OBJECT_BYTES = 4_000;

/** What the lists of a community's threads depend on. */
export const listScopes = (id: string): PageScope[] => [`community:${id}`, 'people'];
/** What an overview depends on: it names other communities too. */
const scopes = (id: string): PageScope[] => [...listScopes(id), 'communities'];

/**
 * Loads communities with what their pages say about them. That is the same for every reader, and
 * kept in memory while nothing in it changes, as triggers record it for public pages. What an
 * overview says about its viewer is read for each request, and never kept.
 */
@Injectable()
export class CommunityOverviews {
  private readonly overviews: SharedCache<CommunityOverview>;

  constructor(
    private readonly sql: Sql,
    private readonly caches: SharedCaches,
  ) {
    this.overviews = caches.open('community_overviews', 'Descriptions of communities', MAX_BYTES);
  }

  get counts(): Readonly<SharedCache<CommunityOverview>['counts']> {
    return this.overviews.counts;
  }

  /** @throws NotFound for an unknown slug */
  async load(viewer: MaybeViewer, slug: string): Promise<LoadedOverview> {
    if (!this.caches.enabled) return { community: await this.read(viewer, slug) };
    const id = this.overviews.known(slug)?.id;
    if (id === undefined) {
      const [overview, own] = await Promise.all([this.kept(slug, 0), this.ownPart(viewer, slug)]);
      return { community: forViewer(viewer, overview, own) };
    }
    const [[newest, own], newestOfLists] = await Promise.all([
      this.caches.newestWith(scopes(id), () => this.ownPart(viewer, slug)),
      this.caches.newest(listScopes(id)),
    ]);
    const community = forViewer(viewer, await this.kept(slug, newest), own);
    // Another community may have taken the slug over.
    return community.id === id ? { community, newest: newestOfLists } : { community };
  }

  private kept(slug: string, newest: NewestChange): Promise<CommunityOverview> {
    return this.overviews.of(slug, newest, async (): Promise<Cacheable<CommunityOverview>> => {
      const value = await this.read(null, slug);
      return { value, bytes: 2 * JSON.stringify(value).length + OBJECT_BYTES };
    });
  }

  private async read(viewer: MaybeViewer, slug: string): Promise<CommunityOverview> {
    const viewerId = viewer?.memberId ?? null;
    const overview = await this.sql.first(overviewOf, { slug: slug.slice(0, 60), viewerId });
    if (overview === null) throw new NotFound();
    return overview;
  }

  private async ownPart(viewer: MaybeViewer, slug: string): Promise<OwnPart | null> {
    if (viewer === null) return OF_GUESTS;
    return this.sql.first(ownPartOf, { slug, viewerId: viewer.memberId });
  }
}

/**
 * @param overview as guests see it
 * @throws NotFound if the community had another slug when the viewer's part was read
 */
function forViewer(
  viewer: MaybeViewer,
  overview: CommunityOverview,
  own: OwnPart | null,
): CommunityOverview {
  if (own === null) throw new NotFound();
  const { acknowledgedVersion } = own;
  const agrees = { acknowledgedVersion, guidelinesVersion: overview.guidelinesVersion };
  const rulesToAgree = viewer !== null && mustAcknowledge(agrees) ? overview.rules : null;
  return { ...overview, ...own, rulesToAgree };
}

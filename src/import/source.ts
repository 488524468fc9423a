/** What a forum elsewhere holds, in the order in which it is imported. */
export interface ImportSource {
  /**
   * Members first, then categories, then topics, each topic before its posts; ids are those of the
   * source. Every call begins anew: what is wrong with categories is found before anything is written.
   */
  records(): AsyncIterable<ImportRecord>;
  /** How many posts there are, about, for the progress bar. */
  readonly posts?: number;
}

export type ImportRecord =
  ImportedMember | ImportedCategory | ImportedTopic | ImportedPost | ImportLoss;

/** Somebody who has an account there. */
export interface ImportedMember {
  kind: 'member';
  id: string;
  name: string;
  email: string | null;
  joinedAt: Date;
  banned: boolean;
}

/** A place for topics; a private one is left out with all that stands in it. */
export interface ImportedCategory {
  kind: 'category';
  id: string;
  name: string;
  description: string | null;
  isPrivate: boolean;
}

export interface ImportedTopic {
  kind: 'topic';
  id: string;
  categoryId: string;
  title: string;
  createdAt: Date;
  closed: boolean;
}

/** A post; the first one of a topic opens it. */
export interface ImportedPost {
  kind: 'post';
  id: string;
  topicId: string;
  /** Null where the source names nobody: a guest, or a member who is gone. */
  memberId: string | null;
  /** The post of the same topic that this one answers. */
  answers: string | null;
  /** Our Markdown. */
  body: string;
  createdAt: Date;
  editedAt: Date | null;
  /** Words of it were hidden behind a spoiler: it is shown folded. */
  folded?: boolean;
}

/** Something that is not brought over: it is counted, and named by its id in the source. */
export interface ImportLoss {
  kind: 'loss';
  /** A stable key: `private-message`, `hidden-post`, `image`, `unknown-markup`… */
  what: string;
  id: string | null;
}

/** What a source selects for a record, without the kind that all of them share. */
export type MemberRow = Omit<ImportedMember, 'kind'>;
export type CategoryRow = Omit<ImportedCategory, 'kind'>;
export type TopicRow = Omit<ImportedTopic, 'kind'>;

/** The content of another forum, in the order of import. */
export interface ImportSource {
  /**
   * Members first, then categories, then topics, each before its posts; ids are those of the
   * source. Every call restarts: a first pass over the categories detects errors before anything is
   * written.
   */
  records(): AsyncIterable<ImportRecord>;
  /** The approximate number of posts, for the progress bar. */
  readonly posts?: number;
}

export type ImportRecord =
  ImportedMember | ImportedCategory | ImportedTopic | ImportedPost | ImportLoss;

/** An account in the source. */
export interface ImportedMember {
  kind: 'member';
  id: string;
  name: string;
  email: string | null;
  joinedAt: Date;
  banned: boolean;
}

/** A category of topics; a private one is omitted with all its content. */
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
  /** Null if there is no author: a guest, or a deleted member. */
  memberId: string | null;
  /** The post of the same topic to which it replies. */
  answers: string | null;
  /** In our Markdown. */
  body: string;
  createdAt: Date;
  editedAt: Date | null;
  /** Part of it was hidden behind a spoiler, so it is shown folded. */
  folded?: boolean;
}

/** Something that is not imported: counted, and listed by its id in the source. */
export interface ImportLoss {
  kind: 'loss';
  /** A stable key: `private-message`, `hidden-post`, `image`, `unknown-markup`… */
  what: string;
  id: string | null;
}

/** The columns that a source selects for a record, without the common `kind`. */
export type MemberRow = Omit<ImportedMember, 'kind'>;
export type CategoryRow = Omit<ImportedCategory, 'kind'>;
export type TopicRow = Omit<ImportedTopic, 'kind'>;

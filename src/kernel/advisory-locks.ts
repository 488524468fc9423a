/**
 * The keys of PostgreSQL's advisory locks. They share one space in a database, so that two pieces
 * of work with the same key would wait for each other. A deployed number never changes: processes
 * of two versions run side by side during an upgrade.
 */
export const ADVISORY_LOCKS = {
  /** A second process waits until the migrations have run. */
  migrations: 7_262_628,
  demo: 7_262_629,
  strategyPacks: 7_262_630,
  searchVocabulary: 7_262_631,
  resources: 7_262_632,
  firstContent: 7_262_633,
  /** Two backups of one database would write the same unfinished file. */
  backup: 7_262_634,
  rehearsal: 7_262_635,
  /** Two imports would make the same accounts and communities. */
  import: 7_262_636,
  /** Supporters are asked one thread after another, as each counts who was asked this week. */
  supportRequests: 7_262_637,
} as const;

/**
 * Keys of PostgreSQL's advisory locks. All keys share one namespace per database, so two tasks that
 * use the same key block each other. Never change a deployed key: during an upgrade, processes of
 * two versions run side by side.
 */
export const ADVISORY_LOCKS = {
  /** A second process waits until the migrations have run. */
  migrations: 7_262_628,
  demo: 7_262_629,
  strategyPacks: 7_262_630,
  searchVocabulary: 7_262_631,
  resources: 7_262_632,
  firstContent: 7_262_633,
  /** Two concurrent backups of one database would write to the same partial file. */
  backup: 7_262_634,
  rehearsal: 7_262_635,
  /** Two concurrent imports would create the same accounts and communities twice. */
  import: 7_262_636,
  /** Serialises supporter requests: each one counts who was already asked this week. */
  supportRequests: 7_262_637,
  /** Two strategies with one name, submitted concurrently, would get the same slug. */
  strategySlugs: 7_262_638,
} as const;

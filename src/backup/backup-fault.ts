/** One line for the operator: what is wrong with a backup, a restore or a rehearsal. */
export class BackupFault extends Error {}

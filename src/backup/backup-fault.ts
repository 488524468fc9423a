/** A one-line error message for the operator about a backup, restore or rehearsal. */
export class BackupFault extends Error {}

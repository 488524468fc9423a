/** A one-line error about the file or the arguments that the operator can act on. */
export class ImportFault extends Error {}

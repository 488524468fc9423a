/** What is wrong with the file or the call, as one line that the operator can act on. */
export class ImportFault extends Error {}

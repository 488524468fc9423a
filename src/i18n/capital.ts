/** A text with a capital at its start, where a phrase becomes a label or begins a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

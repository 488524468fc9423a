/** Words that stand in a post for what is left out of it, in the language of the community. */
export interface ImportWords {
  /** "[image left out]" */
  image: string;
  /** "[file left out]" */
  file: string;
  /** "[poll left out]" */
  poll: string;
  /** For a topic without a title. */
  noTitle: string;
}

import { Length, MaxLength } from 'class-validator';

/** A search to save: its name, and the fields of its URL. */
export class SaveSearch {
  @Length(1, 60, { message: 'search.error.name' })
  name = '';

  @MaxLength(400, { message: 'forms.error.invalid' })
  q = '';

  in = '';

  community = '';

  tag = '';

  kind = '';

  need = '';

  since = '';
}

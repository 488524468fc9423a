import { ArrayMaxSize, Length, Matches, MaxLength } from 'class-validator';
import { ID } from '../kernel/ids.js';

export class FolderForm {
  @Length(2, 60, { message: 'folders.error.name' })
  name = '';

  @MaxLength(200, { message: 'folders.error.summary' })
  summary = '';
}

export class ThreadFoldersForm {
  static repeated = ['folders'];

  @ArrayMaxSize(100, { message: 'forms.error.invalid' })
  @Matches(ID, { each: true, message: 'forms.error.invalid' })
  folders: string[] = [];
}

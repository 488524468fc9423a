export const CHECK_IN_FIELD = 'check_ins.words';

export interface CheckInTexts {
  word: string;
  note: string;
}

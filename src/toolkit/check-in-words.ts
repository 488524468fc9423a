export const CHECK_IN_FIELD = 'check_ins.words';

export interface CheckInWords {
  word: string;
  note: string;
}

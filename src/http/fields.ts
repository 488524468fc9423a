import { Transform } from 'class-transformer';
import { MaxLength } from 'class-validator';

/**
 * A check box: ticked if the value is `on`, as browsers send it, or `true` or `1`, as programs send
 * it.
 */
export function Checkbox(): PropertyDecorator {
  return Transform(
    ({ value }) => value === 'on' || value === 'true' || value === '1' || value === true,
  );
}

/**
 * Converts a field of digits to a number; anything else is left for `@IsInt` to reject.
 * @param options `optional`: an empty field becomes undefined, for `@IsOptional`
 */
export function WholeNumber(options: { optional?: boolean } = {}): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => {
    if (options.optional === true && value === '') return undefined;
    return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  });
}

/**
 * Converts a text area with one entry per line to a list, without empty lines.
 * @param clean removes from a line what is not part of the entry
 */
export function Lines(clean: (line: string) => string = (line) => line): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? linesOf(value, clean) : value,
  );
}

/** The random key in the page of a form, by which a second submission of it is recognised. */
export function IdempotencyKey(): PropertyDecorator {
  return MaxLength(100, { message: 'forms.error.invalid' });
}

/** A form that has no other fields. */
export class IdempotentForm {
  @IdempotencyKey()
  idempotencyKey = '';
}

function linesOf(text: string, clean: (line: string) => string): string[] {
  return text
    .split('\n')
    .map((line) => clean(line).trim())
    .filter((line) => line !== '');
}

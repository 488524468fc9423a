/** An option of a select element. */
export interface SelectOption {
  value: string;
  label: string;
  selected: boolean;
  /** Whether it cannot be chosen, because it would have no effect. */
  disabled?: boolean;
}

/** A radio button or a check box. */
export interface TickOption {
  value: string;
  label: string;
  hint?: string | undefined;
  checked: boolean;
}

type Chosen = string | readonly (string | undefined)[] | null | undefined;

function isChosen(value: string, chosen: Chosen): boolean {
  return typeof chosen === 'string' ? value === chosen : (chosen?.includes(value) ?? false);
}

/** @param chosen the selected value; several for a multiple select */
export function selectOptions<Value extends string>(
  values: readonly Value[],
  chosen: Chosen,
  label: (value: Value) => string,
): SelectOption[] {
  return values.map((value) => ({
    value,
    label: label(value),
    selected: isChosen(value, chosen),
  }));
}

/**
 * Radio buttons or check boxes.
 * @param chosen the ticked value or values
 */
export function tickOptions<Value extends string>(
  values: readonly Value[],
  chosen: Chosen,
  label: (value: Value) => string,
  hint?: (value: Value) => string,
): TickOption[] {
  return values.map((value) => ({
    value,
    label: label(value),
    ...(hint === undefined ? {} : { hint: hint(value) }),
    checked: isChosen(value, chosen),
  }));
}

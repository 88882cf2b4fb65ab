interface ChoiceProps {
  readonly value: string;
  readonly choices: Readonly<Record<string, string>>;
  readonly onChange: (value: string) => void;
  /** The words of the empty choice; undefined when one must be chosen. */
  readonly blank?: string | undefined;
  readonly id?: string;
  readonly describedBy?: string | undefined;
  readonly isInvalid?: boolean;
  /** Where no label stands beside it. */
  readonly label?: string;
}

/** 下拉选择: the browser's own list, which phones and screen readers know best. */
export function Choice({ value, choices, onChange, blank, id, describedBy, isInvalid, label }: ChoiceProps) {
  return (
    <select className="sz-select" id={id} value={value} aria-label={label} aria-describedby={describedBy} aria-invalid={isInvalid === true ? true : undefined} onChange={(event) => onChange(event.target.value)}>
      {(blank !== undefined) && <option value="">{blank}</option>}
      {Object.entries(choices).map(([key, label]) => <option key={key} value={key}>{label}</option>)}
    </select>
  );
}

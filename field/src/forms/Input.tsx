// One field of a form, by its type.
import { type Text, say, t } from "../kit/text";
import type { Field } from "../work/assignment";
import type { Value } from "./values";

const TYPES: Partial<Record<Field["type"], "datetime-local" | "date">> = { moment: "datetime-local", day: "date" };

/** Choices are buttons (a thumb finds them); everything else is what the phone's keyboard is for. */
export function Input(props: { field: Field; value: Value; error: Text | undefined; onChange: (value: Value) => void }) {
  const { field, value } = props;
  const heading = (
    <>
      {say(field.label)}
      {field.unit ? ` (${say(field.unit)})` : ""} {field.required ? "" : <span class="help">{say(t("optional", "选填"))}</span>}
      {field.help && <span class="help"> {say(field.help)}</span>}
    </>
  );
  const error = props.error && (
    <p class="error" id={`e-${field.name}`}>
      {say(props.error)}
    </p>
  );
  const options: [Value, Text][] = field.type === "boolean" ? [[true, t("Yes", "是")], [false, t("No", "否")]] : field.choices;
  if (options.length) {
    return (
      <fieldset class="field" aria-invalid={Boolean(props.error)}>
        <legend>{heading}</legend>
        <div class="choices">
          {options.map(([code, label]) => {
            const on = isOn(value, code);
            return (
              <button
                key={String(code)}
                type="button"
                class={`button ${on ? "chosen" : ""}`}
                aria-pressed={on}
                onClick={() => props.onChange(next(field, value, code))}
              >
                {say(label)}
              </button>
            );
          })}
        </div>
        {error}
      </fieldset>
    );
  }
  const picker = TYPES[field.type];
  const mode = field.type === "integer" ? "numeric" : field.type === "number" ? "decimal" : "text";
  const common = {
    value: value === undefined ? "" : String(value),
    "aria-invalid": Boolean(props.error),
    ...(props.error ? { "aria-describedby": `e-${field.name}` } : {}),
    onInput: (event: { currentTarget: HTMLInputElement }) => props.onChange(event.currentTarget.value),
    autocomplete: "off",
  } as const;
  return (
    <label class="field">
      <span>{heading}</span>
      {picker ? <input type={picker} {...common} /> : <input type="text" inputMode={mode} {...common} />}
      {field.many && <span class="help">{say(t("Several: with a comma between.", "多项请用逗号隔开。"))}</span>}
      {error}
    </label>
  );
}

function isOn(value: Value, code: Value): boolean {
  return Array.isArray(value) ? value.includes(code as string) : value === code;
}

function next(field: Field, value: Value, code: Value): Value {
  if (field.many) {
    const now = Array.isArray(value) ? value : [];
    return now.includes(code as string) ? now.filter((each) => each !== code) : [...now, code as string];
  }
  return value === code && !field.required ? undefined : code;
}

// One line that is typed.
import { type Text, say } from "../kit/text";

export function Line(props: { label: Text; name: string; value: string; set: (value: string) => void; mode?: "numeric" | "tel" }) {
  return (
    <label class="field">
      <span>{say(props.label)}</span>
      <input
        type="text"
        inputMode={props.mode ?? "text"}
        name={props.name}
        value={props.value}
        onInput={(event) => props.set(event.currentTarget.value)}
        autocomplete="off"
      />
    </label>
  );
}

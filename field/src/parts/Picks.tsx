// A choice of a few.
import { type Text, say } from "../kit/text";
import { Button } from "./parts";

/** One of a few, as large buttons. */
export function Picks<Value extends string | number>(props: {
  legend: Text;
  chosen: Value | undefined;
  choose: (value: Value) => void;
  options: readonly (readonly [Value, Text | string])[];
}) {
  return (
    <fieldset class="field">
      <legend>{say(props.legend)}</legend>
      <div class="choices">
        {props.options.map(([value, label]) => (
          <Button
            key={String(value)}
            kind={value === props.chosen ? "chosen" : ""}
            pressed={value === props.chosen}
            onPress={() => props.choose(value)}
          >
            {say(label)}
          </Button>
        ))}
      </div>
    </fieldset>
  );
}

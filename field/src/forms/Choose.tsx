// Choosing the household, person or place that a record is about, out of what is on this phone.
import { useState } from "preact/hooks";
import { type Text, say, t } from "../kit/text";
import { useDuty } from "../parts/hooks";
import { Button } from "../parts/parts";
import type { Reference } from "../work/assignment";
import { nameOf } from "../work/people";
import { find } from "../work/search";

const LABELS: Record<Reference, Text> = { household: t("Household", "户"), person: t("Person", "人员"), place: t("Place", "场所") };
const MOST = 8;

export function Choose(props: { reference: Reference; chosen: string; onChoose: (code: string) => void; error: Text | undefined }) {
  const { assignment } = useDuty();
  const [words, setWords] = useState("");
  if (props.chosen) {
    return (
      <div class="card row">
        <span class="grow strong">{nameOf(assignment, props.reference, props.chosen)}</span>
        <Button kind="plain" onPress={() => props.onChoose("")}>
          {say(t("Change", "更改"))}
        </Button>
      </div>
    );
  }
  const hits = find(assignment, words, MOST, props.reference);
  return (
    <div class="field">
      <label>
        <span class="strong">{say(LABELS[props.reference])}</span>
        <input
          type="search"
          value={words}
          onInput={(event) => setWords(event.currentTarget.value)}
          aria-invalid={Boolean(props.error)}
          placeholder={say(props.reference === "place" ? t("name or address", "名称或地址") : t("name, address, ID", "姓名、地址、证件号"))}
        />
      </label>
      {props.error && <p class="error">{say(props.error)}</p>}
      <ul class="list">
        {hits.map((code) => (
          <li key={code}>
            <button type="button" onClick={() => props.onChoose(code)}>
              {nameOf(assignment, props.reference, code)}
            </button>
          </li>
        ))}
      </ul>
      {words && hits.length === 0 && <p class="quiet">{say(t("Nobody and nothing on this phone answers to that.", "本机名单中未找到。"))}</p>}
    </div>
  );
}

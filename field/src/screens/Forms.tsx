// Everything else that this worker may record: few forms as they are; many behind a search, with those used lately on top.
import { useState } from "preact/hooks";
import { normal } from "../kit/fold";
import { type Text, say, t } from "../kit/text";
import { useDuty } from "../parts/hooks";
import { Button } from "../parts/parts";
import { go } from "../parts/route";
import type { Kept } from "../store/outbox";
import type { Assignment } from "../work/assignment";

const FEW = 12; // so many are seen at a glance
const LATELY = 4;
type Form = [kind: string, label: Text];
type Group = [label: Text, forms: Form[]];

export function Forms() {
  const { assignment, own } = useDuty();
  const [words, setWords] = useState("");
  const { shapes } = assignment;
  if (!shapes.size) return null;
  const title = <h2>{say(t("Record something else", "其他登记"))}</h2>;
  if (shapes.size <= FEW) {
    return (
      <>
        {title}
        {grouped(assignment, "").map(([label, forms]) => (
          <section class="card" key={say(label)}>
            <h3>{say(label)}</h3>
            <Choices forms={forms} />
          </section>
        ))}
      </>
    );
  }
  const found = grouped(assignment, normal(words));
  const lately = words ? [] : usedLately(assignment, own);
  return (
    <>
      {title}
      <label class="field">
        <span>{say(t("Find a form", "查找登记表"))}</span>
        <input
          type="search"
          value={words}
          onInput={(event) => setWords(event.currentTarget.value)}
          placeholder={say(t("such as: patrol, help, sign in", "如：巡查、求助、签到"))}
        />
      </label>
      {lately.length > 0 && (
        <section class="card">
          <h3>{say(t("Used lately", "最近使用"))}</h3>
          <Choices forms={lately} />
        </section>
      )}
      {found.map(([label, forms]) => (
        <details class="card forms" key={`${say(label)} ${words ? "found" : ""}`} open={Boolean(words)}>
          <summary>
            <span class="grow strong">{say(label)}</span> <span class="quiet">{forms.length}</span>
          </summary>
          <Choices forms={forms} />
        </details>
      ))}
      {found.length === 0 && <p class="quiet">{say(t("No form of yours is called so.", "没有符合的登记表。"))}</p>}
    </>
  );
}

function Choices(props: { forms: Form[] }) {
  return (
    <div class="choices">
      {props.forms.map(([kind, label]) => (
        <Button key={kind} onPress={() => go("form", { kind })}>
          {say(label)}
        </Button>
      ))}
    </div>
  );
}

/** The forms measure by measure; of words, those whose name or whose measure's name holds them. */
function grouped(assignment: Assignment, words: string): Group[] {
  const groups = new Map<string, Group>();
  for (const shape of assignment.shapes.values()) {
    if (words && !normal(say(shape.measure_label) + say(shape.label)).includes(words)) continue;
    const group = groups.get(shape.measure) ?? [shape.measure_label, []];
    group[1].push([shape.kind, shape.label]);
    groups.set(shape.measure, group);
  }
  return [...groups.values()];
}

function usedLately(assignment: Assignment, own: Kept[]): Form[] {
  const kinds = new Set<string>();
  for (let at = own.length - 1; at >= 0 && kinds.size < LATELY; at -= 1) {
    const { kind } = own[at]!.said;
    if (assignment.shapes.has(kind)) kinds.add(kind);
  }
  return [...kinds].map((kind) => [kind, assignment.shapes.get(kind)!.label]);
}

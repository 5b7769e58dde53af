// One field for what the camera cannot read: a name or last digits bring people, anything else is taken as a code.
import { useRef, useState } from "preact/hooks";
import { say, t } from "../../kit/text";
import { useDuty } from "../../parts/hooks";
import type { Person } from "../../work/assignment";
import { isSearch } from "../../work/meaning";
import { detailOf } from "../../work/people";
import { find } from "../../work/search";

const MOST = 6;

interface Hit {
  code: string;
  name: string;
  detail: string;
}

/** `forPeople` is false while a tube is asked for: then what is typed is its code. */
export function Find(props: { forPeople: boolean; offered: Person[]; onPerson: (code: string) => void; onCode: (text: string) => void }) {
  const { assignment } = useDuty();
  const [text, set] = useState("");
  const form = useRef<HTMLFormElement>(null);
  const plain = text.trim();
  const searched = props.forPeople && isSearch(plain) ? hits(plain) : [];
  const shown = plain ? searched : props.offered.map(ofPerson);
  const label = props.forPeople ? t("Name, end of ID, code", "姓名、证件末位、编码") : t("Code on the tube", "采样管编号");

  function ofPerson(person: Person): Hit {
    return { code: person.code, name: person.name, detail: detailOf(person, assignment) };
  }
  function hits(words: string): Hit[] {
    return find(assignment, words, MOST).flatMap((code) => assignment.persons.get(code) ?? []).map(ofPerson);
  }
  const choose = (code: string) => {
    set("");
    (document.activeElement as HTMLElement | null)?.blur(); // the phone's keyboard goes, the table is whole again
    document.querySelector("main")?.scrollTo(0, 0);
    props.onPerson(code);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (!plain) return;
    if (searched.length === 1) return choose(searched[0]!.code);
    if (searched.length === 0) {
      set("");
      props.onCode(plain);
    }
  };
  return (
    <div class="stack">
      <form class="row" role="search" ref={form} onSubmit={submit}>
        <input
          class="grow"
          type="search"
          value={text}
          onFocus={() => form.current?.scrollIntoView({ block: "start" })}
          onInput={(event) => set(event.currentTarget.value)}
          aria-label={say(label)}
          placeholder={say(label)}
          autocomplete="off"
          name="find"
        />
        <button type="submit" class="button">
          {say(t("OK", "确定"))}
        </button>
      </form>
      {shown.length > 0 && <Hits hits={shown} typed={plain} choose={choose} asCode={() => (set(""), props.onCode(plain))} />}
    </div>
  );
}

function Hits(props: { hits: Hit[]; typed: string; choose: (code: string) => void; asCode: () => void }) {
  return (
    <ul class="list hits">
      {props.hits.map((hit) => (
        <li key={hit.code}>
          <button type="button" onClick={() => props.choose(hit.code)}>
            <span class="strong">{hit.name}</span>
            <span class="small quiet">{hit.detail}</span>
          </button>
        </li>
      ))}
      {props.typed && (
        <li>
          <button type="button" onClick={props.asCode}>
            <span class="small">{say(t("None of them: take {text} as a code", "均不是：按编码 {text} 处理", { text: props.typed }))}</span>
          </button>
        </li>
      )}
    </ul>
  );
}

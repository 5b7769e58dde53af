// What comes up at a door and is recorded there: somebody came back, a need, a person whom no list names.
import { useState } from "preact/hooks";
import { say, t } from "../../../kit/text";
import { Button } from "../../../parts/parts";
import { go } from "../../../parts/route";
import type { Household, Person } from "../../../work/assignment";
import type { Sweep } from "../../../work/sweep/sweep";
import { VISITED } from "../sweep/visit";

const RETURNED = "returnees.declared";

export function OnTheSpot(props: { sweep: Sweep; home: Household; args: Record<string, string> }) {
  const { home, args } = props;
  const { shapes } = props.sweep.assignment;
  const [asks, setAsks] = useState(false);
  const declare = (person?: Person) =>
    go("form", returnee(home, person, shapes.get(RETURNED)?.fields.some((field) => field.name === "way") ?? false));
  return (
    <section class="stack">
      <h2>{say(t("Record on the spot", "现场登记"))}</h2>
      {shapes.has(RETURNED) && (
        <Button kind="wide" onPress={() => (home.persons.length ? setAsks(!asks) : declare())}>
          {say(t("Somebody came back", "有人返乡"))}
        </Button>
      )}
      {asks && (
        <div class="card" role="group" aria-label={say(t("Who came back?", "返乡的是谁？"))}>
          <p class="strong">{say(t("Who came back?", "返乡的是谁？"))}</p>
          <div class="choices">
            {home.persons.map((person) => (
              <Button key={person.code} onPress={() => declare(person)}>
                {person.name}
              </Button>
            ))}
            <Button onPress={() => declare()}>{say(t("Somebody else", "其他人"))}</Button>
          </div>
        </div>
      )}
      {shapes.has(VISITED) && (
        <Button kind="wide" onPress={() => go("met", { ...args, by: "", to: "needs" })}>
          {say(t("Needs of the household", "困难需求"))}
        </Button>
      )}
      {shapes.has("registry.found") && (
        <Button kind="wide" onPress={() => go("found", { what: "person", household: home.code, area: home.area })}>
          {say(t("Somebody not on the list lives here", "登记名册外人员"))}
        </Button>
      )}
    </section>
  );
}

/** What the form of a return is opened with: nothing that is known already is asked again. */
function returnee(home: Household, person: Person | undefined, hasWay: boolean): Record<string, string> {
  const data = { ...(hasWay ? { way: "door" } : {}), ...(person ? { name: person.name, phone: person.phone.split(";")[0] ?? "" } : {}) };
  return { kind: RETURNED, household: home.code, area: home.area, data: JSON.stringify(data), ...(person ? { person: person.code } : {}) };
}

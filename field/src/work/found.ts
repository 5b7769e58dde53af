// Households and persons that this phone found and that no list knows yet: put among those of the register, before any contact.
import { idNumber, normal } from "../kit/fold";
import type { Kept, Said } from "../store/outbox";
import { Assignment, FOUND, type Household, type Person } from "./assignment";
import { standing } from "./reached";

/** The code under which a find is known, here and on the server. */
export function foundCode(said: Said): string {
  return FOUND + said.id;
}

interface Extended {
  ids: string;
  added: Pick<Assignment, "households" | "persons">;
  results: WeakMap<Assignment, Assignment>;
}

const extended = new WeakMap<Map<string, Household>, Extended>(); // by the register's households

/** The assignment with this phone's own standing finds. `heard`: when the server last gave a register, ms by the phone's clock.
 * It is the same object as long as the finds are the same, and has the same households and persons as long as the register is. */
export function withFound(given: Assignment, own: Kept[], heard?: number): Assignment {
  const finds = standing(own).filter(
    (each) => each.said.kind === "registry.found" && !isAnswered(each, heard) && !isKnown(given, each.said),
  );
  if (finds.length === 0) return given;
  const ids = finds.map((each) => each.said.id).join(" ");
  let known = extended.get(given.households);
  if (known?.ids !== ids) known = { ids, added: added(given, finds.map((each) => each.said)), results: new WeakMap() };
  extended.set(given.households, known);
  const result = known.results.get(given) ?? Object.assign(Object.create(Assignment.prototype) as Assignment, given, known.added);
  known.results.set(given, result);
  return result;
}

/** Whether the server had the find when it gave the register: what is not in it since was merged or withdrawn in the office. */
function isAnswered({ row }: Kept, heard: number | undefined): boolean {
  return ["accepted", "duplicate"].includes(row.standing) && heard !== undefined && row.made < heard;
}

function isKnown(given: Assignment, said: Said): boolean {
  return given.households.has(foundCode(said)) || given.persons.has(foundCode(said));
}

function added(given: Assignment, finds: Said[]): Extended["added"] {
  const households = new Map(given.households);
  const persons = new Map(given.persons);
  for (const said of finds) if (said.data.what === "household") households.set(foundCode(said), household(said));
  for (const said of finds) {
    if (said.data.what !== "person") continue;
    const person = personOf(said);
    persons.set(person.code, person);
    const home = households.get(person.household);
    if (home) households.set(home.code, { ...home, head: home.head || person.name, persons: [...home.persons, person] });
  }
  return { households, persons };
}

function word(said: Said, name: string): string {
  const value = said.data[name];
  return typeof value === "string" ? value : "";
}

function household(said: Said): Household {
  return {
    code: foundCode(said),
    area: said.area,
    address: "",
    landmark: word(said, "landmark"),
    building: "",
    unit: "",
    floor: "",
    flat: "",
    group: "",
    head: word(said, "name"),
    persons: [],
  };
}

function personOf(said: Said): Person {
  const number = idNumber(word(said, "id_no"));
  const born = word(said, "birth_date").slice(0, 4) || (number.length === 18 ? number.slice(6, 10) : "");
  const name = word(said, "name");
  return {
    code: foundCode(said),
    household: word(said, "household"),
    area: said.area,
    name,
    phone: word(said, "phone"),
    tail: number.slice(-4),
    mark: "",
    born: Number(born) || 0,
    sex: word(said, "sex"),
    category: word(said, "category"),
    relation: "",
    tags: [],
    folded: normal(name),
  };
}

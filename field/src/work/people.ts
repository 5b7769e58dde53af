// What people, households and places are called on this phone, and what tells two of one name apart.
import { idNumber } from "../kit/fold";
import type { Kept } from "../store/outbox";
import type { Assignment, Household, Person, Reference } from "./assignment";
import { foundCode } from "./found";
import { fullNumber } from "./marks";
import { standing } from "./reached";

/** The person with this ID number of whom this phone told itself: the register has no mark of them yet. */
export function foundByNumber(number: string, own: Kept[]): string | undefined {
  const told = standing(own).map(({ said }) => said).filter((said) => said.kind === "registry.found" && said.data.what === "person");
  const found = told.find((said) => said.data.id_no && fullNumber(idNumber(String(said.data.id_no))) === number);
  return found && foundCode(found);
}

/** The name by which a person is called; the end of the code where no name is known. */
export function called(code: string, assignment: Assignment): string {
  return assignment.persons.get(code)?.name || `…${code.slice(-6)}`;
}

/** Where a household is found: by its address, else by its landmark. */
export function whereOf(home: Household | undefined): string {
  return home ? home.address || home.landmark : "";
}

/** What a household, person or place is called; its code where the phone does not know it. */
export function nameOf(assignment: Assignment, reference: Reference, code: string): string {
  if (reference === "place") return assignment.place(code)?.name || code;
  if (reference === "person") return assignment.persons.get(code)?.name || code;
  const home = assignment.households.get(code);
  return home ? [home.head, whereOf(home)].filter(Boolean).join(" · ") : code;
}

/** The whole years that a person born in a year may have by a day: the fewest and the most. A whole date of birth makes them one. */
export function ageOn(born: number | string, today: string): { least: number; most: number } | undefined {
  const year = Number(String(born).slice(0, 4));
  if (!year) return undefined;
  const most = Number(today.slice(0, 4)) - year;
  if (String(born).length < 10) return { least: most - 1, most };
  const age = String(born).slice(5, 10) > today.slice(5, 10) ? most - 1 : most;
  return { least: age, most: age };
}

/** What one has to know to tell two people of one name apart. */
export function detailOf(person: Person, assignment: Assignment): string {
  return [whereOf(assignment.households.get(person.household)), person.tail && `…${person.tail}`, person.born ? String(person.born) : ""]
    .filter(Boolean)
    .join(" · ");
}

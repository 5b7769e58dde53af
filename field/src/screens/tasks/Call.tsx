// Who is meant, where they live, and a link that calls them.
import { say, t } from "../../kit/text";
import type { Assignment } from "../../work/assignment";
import { called } from "../../work/people";

/** A name and an address; the end of the code where this phone knows no name. */
export function whoOf(assignment: Assignment, household: string, person: string): { name: string; where: string; phone: string } {
  const one = assignment.persons.get(person);
  const home = assignment.households.get(household || one?.household || "");
  const first = one ?? home?.persons.find((each) => each.phone) ?? undefined;
  const name = person ? called(person, assignment) : home?.head || `…${household.slice(-6)}`;
  return { name, where: home ? home.address || home.landmark : "", phone: first?.phone.split(";").find(Boolean) ?? "" };
}

export function Call(props: { name: string; phone: string }) {
  const { name, phone } = props;
  if (!phone) return null;
  return (
    <a class="button call" href={`tel:${phone}`} aria-label={say(t("Call {name}, {phone}", "拨打 {name} 电话 {phone}", { name, phone }))}>
      {say(t("Call", "拨打"))}
    </a>
  );
}

// Finding somebody on the phone: by characters of the name, the end of the ID or the telephone, the address; without a network.
import { normal } from "../kit/fold";
import type { Assignment, Reference } from "./assignment";

/** Codes that answer to the words, the best first: names that begin so, then names that hold it, then ends of numbers, then addresses. */
export function find(assignment: Assignment, words: string, most: number, reference: Reference = "person"): string[] {
  const wanted = normal(words);
  if (reference === "place")
    return assignment.places
      .filter((each) => !wanted || normal(each.name + each.code).includes(wanted))
      .slice(0, most)
      .map((each) => each.code);
  if (!wanted) return [];
  if (reference === "household") return households(assignment, wanted).slice(0, most);
  const ranked: string[][] = [[], [], []];
  for (const person of assignment.persons.values()) {
    const rank = rankOf(person.folded, person.tail, person.phone, wanted);
    if (rank !== undefined) ranked[rank]!.push(person.code);
  }
  return ranked.flat().slice(0, most);
}

function rankOf(name: string, tail: string, phone: string, wanted: string): number | undefined {
  if (name.startsWith(wanted)) return 0;
  if (name.includes(wanted)) return 1;
  if (wanted.length >= 2 && (tail.toLowerCase().endsWith(wanted) || (wanted.length >= 4 && phone.endsWith(wanted)))) return 2;
  return undefined;
}

function households(assignment: Assignment, wanted: string): string[] {
  const found: string[] = [];
  for (const home of assignment.households.values()) {
    const text = normal(home.address + home.landmark + home.code);
    if (text.includes(wanted) || home.persons.some((person) => rankOf(person.folded, person.tail, person.phone, wanted) !== undefined))
      found.push(home.code);
  }
  return found;
}

// How a door stands in a sweep, in words: never visited, visited without success, done, or not due.
import { type Text, t } from "../../kit/text";
import type { Tone } from "../../kit/tone";
import type { Reached } from "../reached";

export type State = "todo" | "absent" | "refused" | "met" | "moved" | "vacant" | "not_due";
export type Filter = "todo" | "tried" | "done" | "all";

export const STATES: Record<State, { word: Text; tone: Tone; filter: Filter }> = {
  todo: { word: t("Not visited", "未走访"), tone: "", filter: "todo" },
  absent: { word: t("Nobody home", "无人在家"), tone: "watch", filter: "tried" },
  refused: { word: t("Refused", "拒绝"), tone: "bad", filter: "tried" },
  met: { word: t("Met", "已见面"), tone: "good", filter: "done" },
  moved: { word: t("Moved away", "已搬走"), tone: "good", filter: "done" },
  vacant: { word: t("Vacant", "空户"), tone: "good", filter: "done" },
  not_due: { word: t("Not due", "不在本轮"), tone: "", filter: "all" },
};

export const FILTERS: Record<Filter, Text> = {
  todo: t("Not visited", "未走访"),
  tried: t("Tried", "走访未成"),
  done: t("Done", "已完成"),
  all: t("All", "全部"),
};

/** The state of a door; an outcome that this app does not know counts by whether the door was reached. */
export function stateOf(isDue: boolean, reached: Reached | undefined): State {
  if (reached) return reached.outcome in STATES ? (reached.outcome as State) : reached.reached ? "met" : "absent";
  return isDue ? "todo" : "not_due";
}

export function isShown(state: State, filter: Filter): boolean {
  return filter === "all" || STATES[state].filter === filter;
}

export interface Tally {
  due: number;
  todo: number; // never visited in this sweep
  tried: number; // visited, not done
  done: number;
  notDue: number;
  by: Map<State, number>;
}

/** The due doors by how they stand. Those that are not due are counted apart. */
export function tallied(states: Map<string, State>, due: Set<string>): Tally {
  const tally: Tally = { due: 0, todo: 0, tried: 0, done: 0, notDue: 0, by: new Map() };
  for (const [code, state] of states) {
    if (!due.has(code)) {
      tally.notDue += 1;
      continue;
    }
    tally.due += 1;
    tally[STATES[state].filter as "todo" | "tried" | "done"] += 1;
    tally.by.set(state, (tally.by.get(state) ?? 0) + 1);
  }
  return tally;
}

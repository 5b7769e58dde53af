// Saying what came of a visit, and going on to the next door by itself.
import { type Text, t } from "../../../kit/text";
import { go, here, instead } from "../../../parts/route";
import { saved, toast } from "../../../parts/toast";
import type { Kept, Saying } from "../../../store/outbox";
import type { Household } from "../../../work/assignment";
import { sayAll } from "../../../work/duty";
import { stepped } from "../../../work/sweep/order";
import { doorName } from "../../../work/sweep/sections";
import { STATES, type State } from "../../../work/sweep/states";
import { type Sweep, doorAfter } from "../../../work/sweep/sweep";
import { changeWalk } from "./walk";

export const VISITED = "doorknock.visited";

/** Where a visit leads: the door's screen, or what is left when no door is. `at` says when it opened, for a second tap meant for the door before. */
export function placeAfter(sweep: Sweep, code: string, again = ""): [screen: string, args: Record<string, string>] {
  const next = doorAfter(sweep, code, again);
  const common = { campaign: sweep.campaign.code, ...(again ? { again } : {}) };
  return next ? ["door", { ...common, household: next, by: "itself" }] : ["alldone", { campaign: sweep.campaign.code }];
}

/** Keeps the visits, all or none, and says so; undefined, with a word to the worker, where they could not be kept. */
export async function keepVisits(
  sweep: Sweep,
  homes: Household[],
  data: { outcome: State } & Record<string, unknown>,
  undone: () => void,
): Promise<Kept[] | undefined> {
  const sayings: Saying[] = homes.map((home) => ({ kind: VISITED, area: home.area, household: home.code, data }));
  try {
    const kept = await sayAll(sayings);
    saved(savedText(homes, data.outcome), kept, undone);
    void walkedTo(sweep, homes);
    return kept;
  } catch {
    toast(t("Not saved. Please try again.", "未能保存，请重试。"));
    return undefined;
  }
}

function savedText(homes: Household[], outcome: State): Text {
  const { en, zh } = STATES[outcome].word;
  const only = homes.length === 1 ? doorName(homes[0]!) : "";
  return only ? t(`${only}: ${en}`, `${only}：${zh}`) : t(`${homes.length} doors: ${en}`, `${homes.length} 户：${zh}`);
}

/** The order of the walk is a help and no record: where it cannot be kept, the visit stands all the same. */
async function walkedTo(sweep: Sweep, homes: Household[]): Promise<void> {
  const sections = () => sweep.sections.map((section) => section.homes.map((home) => home.code));
  const first = homes.filter((home) => !sweep.reach.has(home.code));
  await changeWalk((walk) => first.reduce((now, home) => stepped(now, sweep.campaign.code, home.code, sections), walk)).catch(
    () => undefined,
  );
}

/** Back at the door whose visit was undone; its place in the walk is forgotten. */
export function returnTo(sweep: Sweep, home: Household, again = ""): () => void {
  return () => {
    void changeWalk((walk) => ({ ...walk, walked: walk.walked.filter((code) => code !== home.code) })).catch(() => undefined);
    const args = { campaign: sweep.campaign.code, household: home.code, ...(again ? { again } : {}) };
    if (["door", "met", "alldone"].includes(here().screen)) instead("door", args);
    else go("door", args);
  };
}

// What the pack in force says of somebody at a gate, in words. The worker decides. Whether somebody has a phone is no input here:
// it cannot make the answer worse. Neither is a colour that was shown.
import { meant } from "../kit/clock";
import { NOTHING, type Text, t } from "../kit/text";
import type { Kept } from "../store/outbox";
import { standing } from "./reached";

export type Decision = "admitted" | "referred" | "turned_away";

/** What the pack has for a gate; undefined or empty where it has nothing: then nothing is asked. */
export interface GateRules {
  pack: string;
  fever_c: number | undefined;
  windows_h: number[]; // within which a test may be asked for
  within_h: number; // which of them this gate asks for; 0 for none
  validity_from: "report" | "sampling";
  exempt_age_under: number | undefined;
}

/** When somebody was last tested, as they can show or say: within so many hours, longer ago, never; or to the minute. */
export type Tested = { within_h: number } | { at: string } | "older" | "none";

export interface Seen {
  emergency?: boolean;
  temperature?: number | undefined; // °C
  tested?: Tested | undefined;
  age?: { least: number; most: number } | undefined;
  isExempt?: boolean; // the worker sees a small child
}

export interface Verdict {
  decision: Decision | undefined; // undefined while something is to be asked
  why: Text;
  reason: Text; // what the record says where somebody is not let through
}

/** What the worker has typed and chosen of the person at the gate. */
export interface Asked {
  degrees: string;
  tested: Tested | undefined;
  isExempt: boolean;
  noPhone: boolean;
  name: string;
  person: string; // a code, where one was read
  born: string | number;
}

export const NOBODY: Asked = { degrees: "", tested: undefined, isExempt: false, noPhone: false, name: "", person: "", born: 0 };

const HOUR = 3_600_000;

/** Care comes before fever, fever before the test. `now` in ms. */
export function verdictOf(seen: Seen, rules: GateRules, now: number): Verdict {
  if (seen.emergency) return verdict("admitted", t("Somebody in need of care always passes.", "急难就医一律放行。"));
  const { fever_c: fever } = rules;
  if (fever !== undefined && seen.temperature !== undefined && seen.temperature >= fever) {
    const values = { is: seen.temperature.toFixed(1), fever: fever.toFixed(1) };
    return verdict(
      "referred",
      t("{is} °C: fever is from {fever} °C on. Refer them to a fever clinic.", "体温 {is}℃，达到发热标准 {fever}℃，请转至发热门诊。", values),
      t("Fever: {is} °C, limit {fever} °C", "发热：{is}℃，标准 {fever}℃", values),
    );
  }
  if (fever !== undefined && seen.temperature === undefined) return verdict(undefined, t("Measure the temperature.", "请测量体温。"));
  const test = rules.within_h ? ofTest(seen, rules, now) : undefined;
  if (test && test.decision !== "admitted") return test;
  const values = { is: seen.temperature?.toFixed(1) ?? "", fever: fever?.toFixed(1) ?? "" };
  const cool = fever === undefined ? undefined : t("No fever ({is} °C, limit {fever} °C).", "体温正常（{is}℃，标准 {fever}℃）。", values);
  if (cool && test) return verdict("admitted", t(`${cool.en} ${test.why.en}`, `${cool.zh}${test.why.zh}`));
  return verdict("admitted", cool ?? test?.why ?? t("Nothing is asked of people at this gate.", "本卡点对人员无查验要求。"));
}

function ofTest(seen: Seen, rules: GateRules, now: number): Verdict {
  const { within_h: asked, exempt_age_under: under } = rules;
  if (under !== undefined && (seen.isExempt || (seen.age && seen.age.least < under)))
    return verdict("admitted", t("Under {under}: no test is asked for.", "不满 {under} 岁，免查核酸。", { under }));
  const { tested } = seen;
  if (tested === undefined) return verdict(undefined, t("Ask for the last test: on a phone, on paper, or by ID.", "请查验核酸：手机、纸质或凭证件均可。"));
  if (tested === "none") return away(t("No test. Asked for: within {asked} h.", "无核酸记录，要求 {asked} 小时内。", { asked }));
  if (tested === "older") return away(t("The test is older than {asked} h.", "核酸超过 {asked} 小时。", { asked }));
  const hours = hoursSince(tested, now);
  if (hours < 0) return verdict(undefined, t("This time is still to come. Correct it.", "该时间尚未到，请更正。"));
  const is = Math.ceil(hours);
  if (hours > asked)
    return away(
      "at" in tested
        ? t("The test is {is} h old. Asked for: within {asked} h.", "核酸已 {is} 小时，要求 {asked} 小时内。", { is, asked })
        : t("The test is within {is} h. Asked for: within {asked} h.", "核酸在 {is} 小时内，要求 {asked} 小时内。", { is, asked }),
    );
  return verdict(
    "admitted",
    t("Test within {is} h; asked for: within {asked} h.", "核酸 {is} 小时内，符合 {asked} 小时要求。", { is, asked }),
  );
}

/** The most hours that may have passed. */
function hoursSince(tested: { within_h: number } | { at: string }, now: number): number {
  return "within_h" in tested ? tested.within_h : (now - Date.parse(tested.at)) / HOUR;
}

function away(why: Text): Verdict {
  const care = t("Is it for care? Then press Emergency.", "如为就医，请按“急难就医”。");
  return verdict("turned_away", t(`${why.en} ${care.en}`, `${why.zh}${care.zh}`), why);
}

function verdict(decision: Decision | undefined, why: Text, reason: Text = NOTHING): Verdict {
  return { decision, why, reason };
}

/** What is to be asked next; nothing where the rules have all they ask for. */
export function wantedNext(seen: Seen, rules: GateRules, verdict: Verdict): "temperature" | "test" | "" {
  if (rules.fever_c !== undefined && seen.temperature === undefined) return "temperature";
  return rules.within_h && seen.tested === undefined && !verdict.decision ? "test" : "";
}

/** The data of the record. A name is kept only of somebody whom no code names. */
export function checkedData(decision: Decision, reason: string, asked: Asked): Record<string, unknown> {
  const { tested } = asked;
  const test = typeof tested === "object" ? ("at" in tested ? { test_at: tested.at } : { test_within_h: tested.within_h }) : {};
  const name = asked.person ? "" : asked.name.trim();
  return { decision, temperature: degrees(asked.degrees), ...test, ...(asked.noPhone ? { no_phone: true } : {}), name, reason };
}

/** When the shift at a post began: the last time that the worker signed in within 16 hours, else the day's beginning. ISO 8601 in, ms out. */
export function shiftStart(own: Kept[], member: string, dayStart: number, now: number): number {
  const signed = standing(own)
    .filter(({ said, row }) => said.kind === "workforce.signed_in" && row.member === member)
    .map(({ said }) => meant(said));
  const last = Math.max(0, ...signed);
  return now - last < 16 * HOUR ? last : dayStart;
}

/** How many came past a post since then, on this phone: by vehicle, and the persons; and of them, who was not let through. */
export function countsOf(own: Kept[], place: string, since: number): { vehicles: Map<string, number>; persons: number; refused: number } {
  const vehicles = new Map<string, number>();
  let persons = 0;
  let refused = 0;
  for (const { said } of standing(own.filter(({ said }) => meant(said) >= since || said.corrects))) {
    if (said.place !== place || (said.kind !== "checkpoints.vehicle_checked" && said.kind !== "checkpoints.person_checked")) continue;
    if (said.kind === "checkpoints.person_checked") persons += 1;
    else vehicles.set(String(said.data.vehicle), (vehicles.get(String(said.data.vehicle)) ?? 0) + 1);
    if (said.data.decision !== "admitted") refused += 1;
  }
  return { vehicles, persons, refused };
}

/** What is typed as a temperature: 365 and 36.5 alike; undefined until it can be one. */
export function degrees(text: string): number | undefined {
  const digits = text.normalize("NFKC").replace(/\D/g, "");
  if (digits.length !== 3) return undefined;
  const read = Number(digits) / 10;
  return read >= 34 && read <= 43 ? read : undefined;
}

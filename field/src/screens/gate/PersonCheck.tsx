// One person at a gate: what the pack asks for, its verdict in words, and the worker's decision.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { dayAt, now } from "../../kit/clock";
import { NOTHING, type Text, say, t } from "../../kit/text";
import { useDuty } from "../../parts/hooks";
import { Button } from "../../parts/parts";
import { act } from "../../parts/press";
import { signal } from "../../parts/signal";
import { Scanner, wedge } from "../../scan/Scanner";
import { type Decision, type GateRules, type Seen, type Tested, degrees, verdictOf } from "../../work/gate";
import { birthDate } from "../../work/marks";
import { meaningOf } from "../../work/meaning";
import { ageOn, called } from "../../work/people";
import { Answer } from "../sampling/Answer";
import type { Words } from "../sampling/words";
import { Keypad, Reason, Tests } from "./asking";

const TONES: Record<Decision, Words["tone"]> = { admitted: "good", referred: "watch", turned_away: "bad" };
const WORDS: Record<Decision, [sign: string, does: Text, done: Text]> = {
  admitted: ["✓", t("Admit", "放行"), t("Person admitted", "人员已放行")],
  referred: ["➜", t("Refer", "转交"), t("Person referred", "人员已转交")],
  turned_away: ["✕", t("Turn away", "劝返"), t("Person turned away", "人员已劝返")],
};
const DECISIONS: Decision[] = ["admitted", "referred", "turned_away"];

interface Asked {
  degrees: string;
  tested: Tested | undefined;
  isExempt: boolean;
  noPhone: boolean;
  name: string;
  person: string;
  born: string | number;
}

const NOBODY: Asked = { degrees: "", tested: undefined, isExempt: false, noPhone: false, name: "", person: "", born: 0 };

/** `first`: what was scanned before this opened. `onDone` makes the record; then the next person is asked for. */
export function PersonCheck(props: {
  rules: GateRules;
  first: string;
  onDone: (data: Record<string, unknown>, told: Text, about: { person?: string }) => Promise<void>;
}) {
  const { assignment, own } = useDuty();
  const { rules } = props;
  const [asked, set] = useState<Asked>(NOBODY);
  const [step, go] = useState<"" | "temperature" | "test">("");
  const [refusing, refuse] = useState<Decision | undefined>(undefined);
  const [strange, setStrange] = useState<{ text: Text; more: Text } | undefined>(undefined);
  const [camera, setCamera] = useState(false);
  const busy = useRef(false);
  const change = (part: Partial<Asked>) => set((before) => ({ ...before, ...part }));
  const scanned = async (text: string) => {
    const meaning = await meaningOf(text, assignment, own);
    if (meaning.is === "person") {
      const number = "number" in meaning ? meaning.number : undefined;
      change({
        person: meaning.code,
        name: called(meaning.code, assignment),
        born: (number && birthDate(number)) || assignment.persons.get(meaning.code)?.born || 0,
      });
      setStrange(undefined);
      signal("good");
    } else if (meaning.is === "nobody") {
      change({ person: "", born: birthDate(meaning.number) ?? 0 });
      setStrange({
        text: t("Nobody on this phone has this ID number.", "本机名单中无此证件号。"),
        more: t("Go on without: same rules. Enter the name.", "照常查验，标准不变，请填姓名。"),
      });
    } else {
      setStrange(
        "text" in meaning
          ? { text: meaning.text, more: t("Scan another code, or go on without: same rules.", "请换码再扫，或照常查验，标准不变。") }
          : { text: t("This is no person's code.", "这不是人员码。"), more: t("Go on without: same rules.", "照常查验，标准不变。") },
      );
      signal("watch");
    }
  };
  const latest = useRef(scanned);
  latest.current = scanned;
  useEffect(() => act(props.first ? latest.current(props.first) : undefined), []);
  useLayoutEffect(() => (camera ? undefined : wedge((text) => act(latest.current(text)))), [camera]);
  const temperature = degrees(asked.degrees);
  const age = ageOn(asked.born, dayAt(assignment.pack.offset));
  const seen: Seen = { temperature, tested: asked.tested, isExempt: asked.isExempt, ...(age ? { age } : {}) };
  const verdict = verdictOf(seen, rules, now());
  const wanted =
    step ||
    (rules.fever_c !== undefined && temperature === undefined
      ? "temperature"
      : rules.within_h && asked.tested === undefined && !verdict.decision
        ? "test"
        : "");
  const done = async (decision: Decision, reason = "") => {
    if (busy.current) return;
    busy.current = true;
    const tested = asked.tested;
    const test = typeof tested === "object" ? ("at" in tested ? { test_at: tested.at } : { test_within_h: tested.within_h }) : {};
    const data = {
      decision,
      temperature,
      ...test,
      ...(asked.noPhone ? { no_phone: true } : {}),
      name: asked.person ? "" : asked.name.trim(),
      reason,
    };
    await props.onDone(data, WORDS[decision][2], asked.person ? { person: asked.person } : {}).finally(() => (busy.current = false));
    set(NOBODY);
    go("");
    refuse(undefined);
    setStrange(undefined);
  };
  const card: Words =
    strange && !verdict.decision ? { tone: "watch", sign: "?", ...strange } : wordsOf(verdict.decision, verdict.why, asked.name);
  return (
    <>
      <Answer card={undefined} otherwise={card} clear={() => undefined} />
      {refusing ? (
        <Reason
          title={WORDS[refusing][1]}
          first={say(verdict.reason)}
          onReason={(reason) => act(done(refusing, reason))}
          close={() => refuse(undefined)}
        />
      ) : (
        <div class="counters decide">
          {DECISIONS.map((decision) => (
            <Button
              key={decision}
              kind={`${decision === verdict.decision ? "primary" : ""} ${decision}`}
              onPress={() => (decision === "admitted" ? act(done(decision)) : refuse(decision))}
            >
              {say(WORDS[decision][1])}
            </Button>
          ))}
        </div>
      )}
      {!refusing && wanted === "temperature" && (
        <Keypad typed={asked.degrees} type={(typed) => (change({ degrees: typed }), degrees(typed) !== undefined && go(""))} />
      )}
      {!refusing && wanted === "test" && <Tests rules={rules} onTested={(tested) => (change({ tested }), go(""))} />}
      <div class="choices" style={{ marginBottom: "12px" }}>
        {temperature !== undefined && wanted !== "temperature" && (
          <Button onPress={() => (change({ degrees: "" }), go("temperature"))}>{temperature.toFixed(1)} °C ✎</Button>
        )}
        {asked.tested !== undefined && wanted !== "test" && <Button onPress={() => go("test")}>{say(t("Test ✎", "核酸 ✎"))}</Button>}
        {rules.within_h > 0 && rules.exempt_age_under !== undefined && (
          <Button pressed={asked.isExempt} kind={asked.isExempt ? "chosen" : ""} onPress={() => change({ isExempt: !asked.isExempt })}>
            {say(t("Child under {n}", "不满 {n} 岁", { n: rules.exempt_age_under }))}
          </Button>
        )}
        <Button pressed={asked.noPhone} kind={asked.noPhone ? "chosen" : ""} onPress={() => change({ noPhone: !asked.noPhone })}>
          {say(t("No phone", "无手机"))}
        </Button>
        <Button pressed={camera} kind={camera ? "chosen" : ""} onPress={() => setCamera(!camera)}>
          {say(t("Scan a code or ID", "扫描编码或证件"))}
        </Button>
      </div>
      {asked.noPhone && (
        <p class="small quiet">
          {say(t("Same rules: a paper report or a look-up by ID counts the same.", "标准不变：纸质报告或凭证件查询同样有效。"))}
        </p>
      )}
      {camera && <Scanner small label={say(t("Code or ID number", "编码或证件号码"))} onCode={(text) => act(scanned(text))} />}
      <label class="field" style={{ marginTop: "12px" }}>
        <span>
          {say(t("Name", "姓名"))} <span class="help">{say(t("optional", "选填"))}</span>
        </span>
        <input
          name="name"
          value={asked.name}
          onInput={(event) => change({ name: event.currentTarget.value, person: "" })}
          autocomplete="off"
        />
      </label>
    </>
  );
}

function wordsOf(decision: Decision | undefined, why: Text, name: string): Words {
  if (!decision) return { tone: "", sign: "person", text: name ? t(`${name}: ${why.en}`, `${name}：${why.zh}`) : why, more: NOTHING };
  const [sign, does] = WORDS[decision];
  return { tone: TONES[decision], sign, text: name ? t(`${does.en}: ${name}`, `${does.zh}：${name}`) : does, more: why };
}

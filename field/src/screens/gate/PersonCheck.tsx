// One person at a gate: what the pack asks for, its verdict in words, and the worker's decision.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { dayAt, now } from "../../kit/clock";
import { NOTHING, type Text, say, t } from "../../kit/text";
import { Answer, type Words } from "../../parts/Answer";
import { useDuty } from "../../parts/hooks";
import { Button } from "../../parts/parts";
import { act } from "../../parts/press";
import { Scanner, wedge } from "../../scan/Scanner";
import { type Asked, type Decision, type GateRules, type Seen, checkedData, degrees, wantedNext, verdictOf } from "../../work/gate";
import { ageOn } from "../../work/people";
import { Keypad, Reason, Tests } from "./asking";
import { type Check, useCheck } from "./check";

const TONES: Record<Decision, Words["tone"]> = { admitted: "good", referred: "watch", turned_away: "bad" };
const WORDS: Record<Decision, [sign: string, does: Text, done: Text]> = {
  admitted: ["✓", t("Admit", "放行"), t("Person admitted", "人员已放行")],
  referred: ["➜", t("Refer", "转交"), t("Person referred", "人员已转交")],
  turned_away: ["✕", t("Turn away", "劝返"), t("Person turned away", "人员已劝返")],
};
const DECISIONS: Decision[] = ["admitted", "referred", "turned_away"];

type Step = "" | "temperature" | "test";

/** `first`: what was scanned before this opened. `onDone` makes the record; then the next person is asked for. */
export function PersonCheck(props: {
  rules: GateRules;
  first: string;
  onDone: (data: Record<string, unknown>, told: Text, about: { person?: string }) => Promise<void>;
}) {
  const { assignment } = useDuty();
  const { rules } = props;
  const check = useCheck();
  const { asked, change } = check;
  const [step, go] = useState<Step>("");
  const [refusing, refuse] = useState<Decision | undefined>(undefined);
  const [camera, setCamera] = useState(false);
  const busy = useRef(false);
  const latest = useRef(check.scanned);
  latest.current = check.scanned;
  useEffect(() => act(props.first ? latest.current(props.first) : undefined), []);
  useLayoutEffect(() => (camera ? undefined : wedge((text) => act(latest.current(text)))), [camera]);
  const temperature = degrees(asked.degrees);
  const age = ageOn(asked.born, dayAt(assignment.pack.offset));
  const seen: Seen = { temperature, tested: asked.tested, isExempt: asked.isExempt, ...(age ? { age } : {}) };
  const verdict = verdictOf(seen, rules, now());
  const wanted = step || wantedNext(seen, rules, verdict);
  const done = async (decision: Decision, reason = "") => {
    if (busy.current) return;
    busy.current = true;
    const about = asked.person ? { person: asked.person } : {};
    await props.onDone(checkedData(decision, reason, asked), WORDS[decision][2], about).finally(() => (busy.current = false));
    check.next();
    go("");
    refuse(undefined);
  };
  const stranger: Words | undefined = check.strange && { tone: "watch", sign: "?", ...check.strange };
  return (
    <>
      <Answer
        card={undefined}
        otherwise={(!verdict.decision && stranger) || wordsOf(verdict.decision, verdict.why, asked.name)}
        clear={() => undefined}
      />
      {refusing ? (
        <Reason
          title={WORDS[refusing][1]}
          first={say(verdict.reason)}
          onReason={(reason) => act(done(refusing, reason))}
          close={() => refuse(undefined)}
        />
      ) : (
        <Decide advised={verdict.decision} onDecision={(decision) => (decision === "admitted" ? act(done(decision)) : refuse(decision))} />
      )}
      {!refusing && wanted === "temperature" && (
        <Keypad typed={asked.degrees} type={(typed) => (change({ degrees: typed }), degrees(typed) !== undefined && go(""))} />
      )}
      {!refusing && wanted === "test" && <Tests rules={rules} onTested={(tested) => (change({ tested }), go(""))} />}
      <Facts check={check} rules={rules} wanted={wanted} go={go} camera={camera} setCamera={setCamera} />
    </>
  );
}

function Decide(props: { advised: Decision | undefined; onDecision: (decision: Decision) => void }) {
  return (
    <div class="counters decide">
      {DECISIONS.map((decision) => (
        <Button
          key={decision}
          kind={`${decision === props.advised ? "primary" : ""} ${decision}`}
          onPress={() => props.onDecision(decision)}
        >
          {say(WORDS[decision][1])}
        </Button>
      ))}
    </div>
  );
}

/** What is known already, to be put right, and what may be said besides. */
function Facts(props: {
  check: Check;
  rules: GateRules;
  wanted: Step;
  go: (step: Step) => void;
  camera: boolean;
  setCamera: (on: boolean) => void;
}) {
  const { rules, wanted, go, camera } = props;
  const { asked, change, scanned } = props.check;
  const temperature = degrees(asked.degrees);
  return (
    <>
      <div class="choices" style={{ marginBottom: "12px" }}>
        {temperature !== undefined && wanted !== "temperature" && (
          <Button onPress={() => (change({ degrees: "" }), go("temperature"))}>{temperature.toFixed(1)} °C ✎</Button>
        )}
        {asked.tested !== undefined && wanted !== "test" && <Button onPress={() => go("test")}>{say(t("Test ✎", "核酸 ✎"))}</Button>}
        {rules.within_h > 0 && rules.exempt_age_under !== undefined && (
          <Toggle on={asked.isExempt} flip={(isExempt) => change({ isExempt })}>
            {t("Child under {n}", "不满 {n} 岁", { n: rules.exempt_age_under })}
          </Toggle>
        )}
        <Toggle on={asked.noPhone} flip={(noPhone) => change({ noPhone })}>
          {t("No phone", "无手机")}
        </Toggle>
        <Toggle on={camera} flip={props.setCamera}>
          {t("Scan a code or ID", "扫描编码或证件")}
        </Toggle>
      </div>
      {asked.noPhone && (
        <p class="small quiet">
          {say(t("Same rules: a paper report or a look-up by ID counts the same.", "标准不变：纸质报告或凭证件查询同样有效。"))}
        </p>
      )}
      {camera && <Scanner small label={say(t("Code or ID number", "编码或证件号码"))} onCode={(text) => act(scanned(text))} />}
      <Name asked={asked} change={change} />
    </>
  );
}

function Toggle(props: { on: boolean; flip: (on: boolean) => void; children: Text }) {
  return (
    <Button pressed={props.on} kind={props.on ? "chosen" : ""} onPress={() => props.flip(!props.on)}>
      {say(props.children)}
    </Button>
  );
}

function Name(props: { asked: Asked; change: (part: Partial<Asked>) => void }) {
  return (
    <label class="field" style={{ marginTop: "12px" }}>
      <span>
        {say(t("Name", "姓名"))} <span class="help">{say(t("optional", "选填"))}</span>
      </span>
      <input
        name="name"
        value={props.asked.name}
        onInput={(event) => props.change({ name: event.currentTarget.value, person: "" })}
        autocomplete="off"
      />
    </label>
  );
}

function wordsOf(decision: Decision | undefined, why: Text, name: string): Words {
  if (!decision) return { tone: "", sign: "person", text: name ? t(`${name}: ${why.en}`, `${name}：${why.zh}`) : why, more: NOTHING };
  const [sign, does] = WORDS[decision];
  return { tone: TONES[decision], sign, text: name ? t(`${does.en}: ${name}`, `${does.zh}：${name}`) : does, more: why };
}

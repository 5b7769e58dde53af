// What is asked of a person at a gate: three digits, one choice, and a reason where somebody is not let through.
import { useState } from "preact/hooks";
import { local } from "../../kit/clock";
import { type Text, say, t } from "../../kit/text";
import { Button } from "../../parts/parts";
import { type GateRules, type Tested, degrees } from "../../work/gate";

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"];

/** Three taps: 3, 6, 5 is 36.5. A field takes what is typed as well. */
export function Keypad(props: { typed: string; type: (typed: string) => void }) {
  const digits = props.typed.replace(/\D/g, "").slice(0, 3);
  const press = (digit: string) => props.type((digits.length >= 3 ? "" : digits) + digit);
  const impossible = digits.length === 3 && degrees(digits) === undefined;
  return (
    <section class="asked card" data-asks="temperature">
      <div class="row">
        <label class="strong" for="degrees">
          {say(t("Temp. °C", "体温 ℃"))}
        </label>
        <input
          id="degrees"
          class="grow degrees"
          inputMode="decimal"
          aria-invalid={impossible}
          value={shown(digits)}
          onInput={(event) => props.type(event.currentTarget.value.normalize("NFKC").replace(/\D/g, "").slice(0, 3))}
          autocomplete="off"
        />
        <Button onPress={() => props.type(digits.slice(0, -1))} label={say(t("Delete one", "删一位"))}>
          ⌫
        </Button>
      </div>
      {impossible && (
        <p class="error" role="alert">
          {say(t("That can be no temperature. Measure again.", "体温数值有误，请重新测量。"))}
        </p>
      )}
      <div class="keys five">
        {DIGITS.map((digit) => (
          <Button key={digit} onPress={() => press(digit)}>
            {digit}
          </Button>
        ))}
      </div>
    </section>
  );
}

function shown(digits: string): string {
  return digits.length > 2 ? `${digits.slice(0, 2)}.${digits.slice(2)}` : digits;
}

/** The last test by the pack's windows, or to the minute. */
export function Tests(props: { rules: GateRules; onTested: (tested: Tested) => void }) {
  const { rules, onTested } = props;
  const [exact, setExact] = useState(false);
  const heading =
    rules.validity_from === "sampling"
      ? t("Hours since sampling", "最近核酸（自采样时间起）")
      : t("Hours since the report", "最近核酸（自报告时间起）");
  const longest = rules.windows_h.at(-1) ?? 0;
  return (
    <section class="asked card" data-asks="test">
      <h2>{say(heading)}</h2>
      <div class="choices">
        {rules.windows_h.map((hours) => (
          <Button key={hours} onPress={() => onTested({ within_h: hours })}>
            {say(t("within {hours} h", "{hours} 小时内", { hours }))}
          </Button>
        ))}
        <Button onPress={() => onTested("older")}>{say(t("over {longest} h", "超 {longest} 小时", { longest }))}</Button>
        <Button onPress={() => onTested("none")}>{say(t("none", "无"))}</Button>
        <Button pressed={exact} kind={exact ? "chosen" : ""} onPress={() => setExact(!exact)}>
          {say(t("Exact time", "具体时间"))}
        </Button>
      </div>
      {exact && (
        <label class="field" style={{ margin: "12px 0 0" }}>
          <span>{say(t("When", "时间"))}</span>
          <input
            type="datetime-local"
            onChange={(event) => event.currentTarget.value && onTested({ at: local(Date.parse(event.currentTarget.value)) })}
          />
        </label>
      )}
    </section>
  );
}

/** Nobody is refused without a reason; what the rule says stands there already. */
export function Reason(props: { title: Text; first: string; onReason: (reason: string) => void; close: () => void }) {
  const [reason, set] = useState(props.first);
  const [wrong, setWrong] = useState(false);
  const save = (event: Event) => {
    event.preventDefault();
    if (reason.trim()) props.onReason(reason.trim());
    else setWrong(true);
  };
  return (
    <form class="card" onSubmit={save}>
      <label class="field">
        <span>{say(t("Reason", "原因"))}</span>
        <input name="reason" value={reason} onInput={(event) => set(event.currentTarget.value)} aria-invalid={wrong} autocomplete="off" />
        {wrong && <p class="error">{say(t("Say why: it is shown to the office and to the person.", "请写明原因，供后台和本人查阅。"))}</p>}
      </label>
      <div class="pair">
        <Button onPress={props.close}>{say(t("Back", "返回"))}</Button>
        <button type="submit" class="button primary">
          {say(props.title)}
        </button>
      </div>
    </form>
  );
}

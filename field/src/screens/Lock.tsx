// Six digits: chosen after the enrolment and at a hand-over, asked for whenever the phone was locked.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { type Text, say, t } from "../kit/text";
import { Button, Notice, Page } from "../parts/parts";
import { useBusy } from "../parts/press";
import { forget, meta } from "../store/database";
import { forgetFinger, hasFinger, unlockByFinger } from "../store/finger";
import { begin, discard, isOpen, triesLeft, unlock, wrap } from "../store/vault";
import { soon } from "../sync/engine";
import { enrolAgain, isClosed, opened, takeCard } from "../work/duty";
import { Languages } from "./Enrol";

const LENGTH = 6;
const EASY = /^(\d)\1{5}$|^(?:012345|123456|234567|345678|456789|567890|654321|543210|987654)$/;

/** A keypad; calls back with six digits. */
export function Keypad(props: { onDigits: (digits: string) => void; busy: boolean; label: Text }) {
  const typed = useRef(""); // keys come faster than the screen is drawn
  const [digits, set] = useState("");
  const press = (key: string) => {
    if (props.busy) return;
    const next = key === "←" ? typed.current.slice(0, -1) : typed.current + key;
    typed.current = next.length === LENGTH ? "" : next;
    set(typed.current);
    if (next.length === LENGTH) props.onDigits(next);
  };
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (/^\d$/.test(event.key)) press(event.key);
      if (event.key === "Backspace") press("←");
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  });
  return (
    <div role="group" aria-label={say(props.label)}>
      <p class="center strong">{say(props.label)}</p>
      <div class="digits" role="status" aria-label={say(t("{n} of 6 digits", "已输入 {n}/6 位", { n: digits.length }))}>
        {Array.from({ length: LENGTH }, (_, place) => (
          <i key={place} class={place < digits.length ? "on" : ""} />
        ))}
      </div>
      <div class="keys">
        {["1", "2", "3", "4", "5", "6", "7", "8", "9", "", "0", "←"].map((key) =>
          key ? (
            <Button key={key} onPress={() => press(key)} disabled={props.busy} {...(key === "←" ? { label: say(t("Delete", "删除")) } : {})}>
              {key}
            </Button>
          ) : (
            <span key="gap" />
          ),
        )}
      </div>
    </div>
  );
}

const NOT_KEPT = t("The phone could not keep this. Free some space on it, then try again.", "本机无法保存，请清理空间后重试。");
const NOT_OPENED = t("The browser failed. Try again; if it comes again, close the page and open it anew.", "浏览器出错，请重试；若再次出现，请关闭页面后重新打开。");

/** Chooses six digits twice; then calls back. */
export function ChooseDigits(props: { onChosen: (digits: string) => Promise<void>; intro: Text }) {
  const [first, setFirst] = useState("");
  const [problem, setProblem] = useState<Text | undefined>(undefined);
  const [busy, during] = useBusy();
  const onDigits = async (digits: string) => {
    if (!first) {
      if (EASY.test(digits)) return setProblem(t("Too easy to guess. Choose other digits.", "过于简单，请换一组数字。"));
      setProblem(undefined);
      return setFirst(digits);
    }
    if (digits !== first) {
      setFirst("");
      return setProblem(t("The two were not the same. Begin again.", "两次输入不一致，请重新设置。"));
    }
    try {
      await during(() => props.onChosen(digits));
    } catch {
      setFirst("");
      setProblem(NOT_KEPT);
    }
  };
  return (
    <>
      <p class="card">{say(props.intro)}</p>
      {problem && <Notice tone="bad">{say(problem)}</Notice>}
      <Keypad
        key={first}
        onDigits={(digits) => void onDigits(digits)}
        busy={busy}
        label={first ? t("The same six digits again", "请再输入一次") : t("Choose six digits", "请设置六位数字")}
      />
    </>
  );
}

/** After the enrolment: the lock is made, and the first card put in. */
export function FirstDigits() {
  const chosen = async (digits: string) => {
    if (isOpen()) await wrap(digits);
    else await begin(digits);
    const card = await meta<string>("first_card");
    if (card) await takeCard(card);
    await forget("first_card");
    await forget("enrolling");
    await opened();
    soon(0);
  };
  return (
    <Page title={t("Your six digits", "设置解锁数字")} root aside={<Languages />}>
      <ChooseDigits
        onChosen={chosen}
        intro={t(
          "They open this phone's records. Only you should know them; do not use your birthday.",
          "用于打开本机登记，只限本人知道，请勿使用生日。",
        )}
      />
    </Page>
  );
}

export function Locked() {
  const [busy, during] = useBusy();
  const [problem, setProblem] = useState<Text | undefined>(undefined);
  const [closed, setClosed] = useState(false);
  const [finger, setFinger] = useState(false);
  useEffect(() => void isClosed().then(setClosed, () => setProblem(NOT_OPENED)), []);
  useEffect(() => void hasFinger().then(setFinger, () => undefined), []);
  const enter = async () => {
    await opened();
    soon(0);
  };
  const touch = async () => {
    if (await unlockByFinger()) return enter();
    setProblem(t("The fingerprint was not recognised. Type your six digits.", "指纹未识别，请输入六位数字。"));
  };
  const attempt = async (digits: string) => {
    const answer = await unlock(digits);
    if (answer === "open") return enter();
    const left = await triesLeft();
    setClosed(answer === "closed");
    if (answer === "closed") return setProblem(undefined);
    setProblem(t(`Wrong digits. ${left === 1 ? "1 try is" : `${left} tries are`} left.`, "数字不对，还可尝试 {left} 次。", { left }));
  };
  const pressed = (work: () => Promise<void>) => void during(work).catch(() => setProblem(NOT_OPENED));
  const anew = async () => {
    await forgetFinger();
    await discard();
    await enrolAgain();
  };
  return (
    <Page title={t("Closeknit is locked", "已锁定")} root aside={<Languages />}>
      {problem && <Notice tone="bad">{say(problem)}</Notice>}
      {closed ? (
        <Closed onEnrol={() => pressed(anew)} />
      ) : (
        <>
          <Keypad
            onDigits={(digits) => pressed(() => attempt(digits))}
            busy={busy}
            label={busy ? t("Opening …", "正在打开…") : t("Your six digits", "请输入六位数字")}
          />
          {finger && (
            <Button kind="wide" onPress={() => pressed(touch)} disabled={busy}>
              {say(t("Unlock by fingerprint", "指纹解锁"))}
            </Button>
          )}
        </>
      )}
    </Page>
  );
}

/** After five wrong tries. */
function Closed(props: { onEnrol: () => void }) {
  return (
    <div class="stack">
      <Notice tone="bad">
        {say(
          t(
            "Wrong five times. The clerk has to enrol this phone again. What is not yet sent stays on it and goes to the server sealed.",
            "连续输错五次，须由专干重新登记本机。未上传的登记仍加密保存，不会丢失。",
          ),
        )}
      </Notice>
      <Button kind="primary wide" onPress={props.onEnrol}>
        {say(t("Enrol again", "重新登记本机"))}
      </Button>
    </div>
  );
}

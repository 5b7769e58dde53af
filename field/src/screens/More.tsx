// The phone itself: hand-over, language, size of type, locking, updating.
import { useEffect, useState } from "preact/hooks";
import { type Text, recallLater, say, t } from "../kit/text";
import { useDuty, useSending } from "../parts/hooks";
import { Button, Notice, Page } from "../parts/parts";
import { act } from "../parts/press";
import { go, home } from "../parts/route";
import { toast } from "../parts/toast";
import { Scanner } from "../scan/Scanner";
import { checked } from "../scan/cards";
import type { Card } from "../store/phone";
import { addFinger, canFinger, forgetFinger, hasFinger } from "../store/finger";
import { wrap } from "../store/vault";
import { soon } from "../sync/engine";
import { lock, takeCard } from "../work/duty";
import { Languages } from "./Enrol";
import { ChooseDigits } from "./Lock";

export function More() {
  const { phone, card } = useDuty();
  const sending = useSending();
  const [large, setLarge] = useState(document.documentElement.dataset.size === "large");
  const size = () => {
    setLarge(!large);
    document.documentElement.dataset.size = large ? "" : "large";
    recallLater("size", large ? "" : "large");
  };
  return (
    <Page title={t("This phone", "本机")} aside={<Languages />}>
      <div class="stack">
        <Button kind="primary wide" onPress={() => go("handover")}>
          {say(t("Hand over to the next shift", "交接班"))}
        </Button>
        <Button kind="wide" onPress={() => go("sending")}>
          {say(t("Sending", "上传情况"))}
        </Button>
        <Button kind="wide" onPress={() => go("records")}>
          {say(t("Recorded on this phone", "本机登记"))}
        </Button>
        <Button kind="wide" onPress={size} pressed={large}>
          {say(large ? t("Ordinary type", "标准字号") : t("Large type", "大字版"))}
        </Button>
        <Finger device={phone?.device ?? ""} />
        <Button
          kind="wide"
          onPress={() => {
            home();
            act(lock());
          }}
        >
          {say(t("Lock now", "立即锁定"))}
        </Button>
      </div>
      <h2>{say(t("About", "关于"))}</h2>
      <dl class="card">
        <Line name={t("On duty", "当班")} value={card ? `${card.n} · ${card.m}` : "—"} />
        <Line name={t("Phone", "设备编号")} value={phone?.device ?? "—"} />
        <Line name={t("Version", "版本")} value={APP_VERSION} />
        <Line
          name={t("Opens without a network", "断网可打开")}
          value={say(navigator.serviceWorker?.controller ? t("yes", "是") : t("getting ready", "准备中"))}
        />
        <Line name={t("Arrived without a gap up to no.", "已连续到达至第")} value={String(sending?.heldTo ?? 0)} />
      </dl>
    </Page>
  );
}

/** Unlocking by fingerprint, switched on and off, where the phone has a reader. */
function Finger(props: { device: string }) {
  const [can, setCan] = useState(false);
  const [on, setOn] = useState(false);
  useEffect(() => {
    void canFinger().then(setCan);
    void hasFinger().then(setOn);
  }, []);
  if (!can) return null;
  const change = async () => {
    if (on) await forgetFinger();
    else if (!(await addFinger(props.device).catch(() => false))) {
      return toast(t("This phone's fingerprint cannot be used. The six digits go on working.", "本机指纹不可用，请继续使用六位数字。"));
    }
    setOn(!on);
  };
  return (
    <Button kind="wide" onPress={() => act(change())} pressed={on}>
      {say(on ? t("Stop unlocking by fingerprint", "停用指纹解锁") : t("Unlock by fingerprint", "启用指纹解锁"))}
    </Button>
  );
}

function Line(props: { name: Text; value: string }) {
  return (
    <div class="row spread">
      <dt class="quiet">{say(props.name)}</dt>
      <dd>{props.value}</dd>
    </div>
  );
}

/** The next worker scans a card, chooses six digits, and is on duty. What the last one recorded stays and is sent as theirs. */
export function HandOver() {
  const { phone } = useDuty();
  const [problem, setProblem] = useState<Text | undefined>(undefined);
  const [next, setNext] = useState<{ card: Card; text: string } | undefined>(undefined);
  const scanned = async (text: string) => {
    if (!phone) return;
    const verdict = await checked(text.trim(), phone.keys.signing);
    if ("bad" in verdict) return setProblem(verdict.bad);
    setProblem(undefined);
    setNext({ card: verdict.good, text: text.trim() });
  };
  const chosen = async (digits: string) => {
    if (!next) return;
    await wrap(digits);
    await forgetFinger();
    await takeCard(next.text);
    home();
    soon(0);
    toast(t("{name} is on duty now.", "{name} 已接班。", { name: next.card.n }));
  };
  return (
    <Page title={t("Hand over", "交接班")}>
      {problem && <Notice tone="bad">{say(problem)}</Notice>}
      {next ? (
        <ChooseDigits
          onChosen={chosen}
          intro={t("{name}: choose your own six digits for this shift.", "{name}：请设置本班使用的六位数字。", { name: next.card.n })}
        />
      ) : (
        <>
          <p class="card">{say(t("The next worker holds their card in front of the camera.", "请接班人员将工作卡对准相机。"))}</p>
          <Scanner onCode={(text) => act(scanned(text))} label={say(t("or type the card's text", "或输入卡上文字"))} />
        </>
      )}
    </Page>
  );
}
